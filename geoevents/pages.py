"""How does a page of results stand in one file, safe whatever the text in it says?

Templates are filled with our own scripts and styles alone. What comes from outside travels in one
escaped JSON island that the page's script shows through ``textContent``.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from geoevents.readers.text import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASSETS = Path(__file__).parent / "assets"


def filled(
    template: str,
    *,
    title: str,
    styles: str,
    scripts: Mapping[str, str],
    content: Mapping[str, Any],
    parts: Mapping[str, str] | None = None,
    inline_styles: bool = False,
) -> str:
    """Return a page under a policy by which only its own scripts run and nothing is loaded.

    Parameters
    ----------
    template
        The page, with ``$title``, ``$policy``, ``$styles`` and ``$island``, and one name for each
        script and part.
    title
        Title of the page, as text.
    styles
        The page's own style; what pages have in common comes before it.
    scripts
        Its scripts by their names in the template.
    content
        What the island holds.
    parts
        More parts of our own making, by their names in the template.
    inline_styles
        Allow style attributes, which a library sets.
    """
    from maps.inline import policy
    from maps.island import island

    style = f"{_common_styles()}\n{styles}"
    return Template(template).substitute(
        title=html.escape(without_surrogates(title)),
        policy=policy(*scripts.values(), styles=None if inline_styles else style),
        styles=style,
        island=island(content),
        **scripts,
        **(parts or {}),
    )


@cache
def _common_styles() -> str:
    return (_ASSETS / "page.css").read_text(encoding="utf-8")
