"""Do the libraries of a page lie in it, or does it load them from the network?"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from maps import inline
from maps.data import asset_bytes

#: Where the very files that the package carries lie for anybody to load.
CDN = "https://cdn.jsdelivr.net/npm/"
_LEAFLET = f"{CDN}leaflet@1.9.4/dist/"
_ADDRESSES = {
    inline.LEAFLET: f"{_LEAFLET}leaflet.js",
    inline.LEAFLET_STYLES: f"{_LEAFLET}leaflet.css",
}
_PICTURES = f"{_LEAFLET}images/"


@dataclass(frozen=True, slots=True)
class Libraries:
    """Leaflet, as a page has it.

    Attributes
    ----------
    markup
        Elements for the page's head.
    scripts
        Scripts that stand in it, whose hashes its policy names.
    script_sources, style_sources, image_sources
        Addresses that its policy must allow.
    """

    markup: str
    scripts: tuple[str, ...] = ()
    script_sources: tuple[str, ...] = ()
    style_sources: tuple[str, ...] = ()
    image_sources: tuple[str, ...] = ()


@cache
def embedded() -> Libraries:
    """Return the libraries as part of the page, which then needs no network."""
    icons = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    options = ",".join(
        f'{option}:"{inline.picture_address(name)}"' for option, name in icons.items()
    )
    script = "\n".join(
        (
            inline.library(inline.LEAFLET),
            # Leaflet looks for its pictures beside its style sheet, which here is no file.
            f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({{{options}}});',
        )
    )
    styles = inline.leaflet_styles(lambda name: f"url({inline.picture_address(name)})")
    return Libraries(f"<style>{styles}</style>\n<script>{script}</script>", (script,))


@cache
def linked() -> Libraries:
    """Return the libraries as links to a content delivery network, checked by their hashes.

    The browser runs a file only if it is, to the byte, the one that the package carries.
    """
    scripts = (inline.LEAFLET,)
    styles = f'<link rel="stylesheet" href="{_ADDRESSES[inline.LEAFLET_STYLES]}" {{}}>'
    markup = [
        styles.format(_checked(inline.LEAFLET_STYLES)),
        *(f'<script src="{_ADDRESSES[name]}" {_checked(name)}></script>' for name in scripts),
    ]
    return Libraries(
        "\n".join(markup),
        script_sources=tuple(_ADDRESSES[name] for name in scripts),
        style_sources=(_ADDRESSES[inline.LEAFLET_STYLES],),
        image_sources=(_PICTURES,),
    )


def _checked(name: str) -> str:
    """Return the attributes that let a browser take a file only if it is the package's own."""
    digest = base64.b64encode(hashlib.sha384(asset_bytes(name)).digest()).decode("ascii")
    return f'integrity="sha384-{digest}" crossorigin="anonymous"'
