"""How does a page carry scripts, styles and pictures in itself, and load nothing else?"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from maps.data import asset, asset_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Third-party files under ``assets/``; each folder holds its licence.
LEAFLET = "leaflet/leaflet-1.9.4.js"
LEAFLET_STYLES = "leaflet/leaflet-1.9.4.css"

_PICTURE = re.compile(r"url\(images/([\w-]+\.png)\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@cache
def library(name: str) -> str:
    """Return a third-party script without its link to a source map, which is no part of a page.

    Parameters
    ----------
    name
        Path below ``assets/``, such as :data:`LEAFLET`.
    """
    return _SOURCE_MAP.sub("", asset(name))


@cache
def own_scripts(*names: str) -> str:
    """Return scripts of ``assets/js/`` as one, in the order in which they build on each other."""
    return "\n".join(asset("js", name) for name in names)


def leaflet_styles(picture: Callable[[str], str]) -> str:
    """Return Leaflet's style sheet.

    Parameters
    ----------
    picture
        What CSS is to show for a picture of a name, as ``url(...)`` or ``none``.

    Examples
    --------
    >>> "images/" in leaflet_styles(lambda name: f"url({picture_address(name)})")
    False
    """
    return _PICTURE.sub(lambda found: picture(found[1]), asset(LEAFLET_STYLES))


@cache
def picture_address(name: str) -> str:
    """Return one of Leaflet's pictures as an address that holds it, ``data:image/png;base64,…``."""
    return "data:image/png;base64," + _base64(asset_bytes("leaflet", name))


def policy(
    *scripts: str,
    styles: str | None = None,
    script_sources: Iterable[str] = (),
    style_sources: Iterable[str] = (),
    image_sources: Iterable[str] = (),
) -> str:
    """Return a content security policy under which only these scripts run and nothing else loads.

    Parameters
    ----------
    *scripts
        The page's scripts.
    styles
        The page's only style, or None where styles are set inline, as Leaflet does to position.
    script_sources, style_sources, image_sources
        Addresses from which the page may load, none by default.

    Examples
    --------
    >>> policy("one()", "two()").count("'sha256-")
    2
    >>> "unsafe-inline" in policy("one()", styles="body { margin: 0 }")
    False
    >>> "img-src data: https://tiles.example.org;" in policy(
    ...     "one()", image_sources=["https://tiles.example.org"]
    ... )
    True
    """
    style = "'unsafe-inline'" if styles is None else _hash(styles)
    sources = {
        "script-src": [*map(_hash, scripts), *script_sources],
        "style-src": [style, *style_sources],
        "img-src": ["data:", *image_sources],
    }
    allowed = "".join(f"{kind} {' '.join(names)}; " for kind, names in sources.items())
    return f"default-src 'none'; {allowed}base-uri 'none'; form-action 'none'"


def _hash(source: str) -> str:
    return f"'sha256-{_base64(hashlib.sha256(source.encode()).digest())}'"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
