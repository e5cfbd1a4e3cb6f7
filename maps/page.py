"""How do the map's parts become one HTML file?"""

from __future__ import annotations

import html
import warnings
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from maps import basemap, inline, words
from maps.data import asset
from maps.errors import ForeignElementsWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.style import Style

#: The page's own scripts, in the order in which they build on each other.
SCRIPTS = (
    "text.js", "state.js", "symbols.js", "basemap.js", "labels.js", "popup.js", "shapes.js",
    "points.js", "places.js", "legend.js", "list.js", "main.js",
)  # fmt: skip
#: branca writes this element into every head; the page has its own.
_BRANCA_META = "meta_http"
#: What the scripts of folium's own elements call on, beside Leaflet.
_FOLIUM_CALLS = ("$(", "AwesomeMarkers", "bootstrap")


class Page(Figure):
    """The page around an event map: a branca figure with a layout of its own.

    Unlike branca's, it never passes text through a template engine or a script: what stands in the
    event table goes into the page as one escaped JSON island.

    Parameters
    ----------
    title
        Title of the document.
    lang
        BCP 47 tag of the page.
    island
        Escaped JSON.
    own
        Name of the map's own script, to tell it from those that were added.
    style
        Colours of the families.
    """

    def __init__(
        self, *, title: str | None, lang: str, island: str, own: str, style: Style
    ) -> None:
        super().__init__()
        self._style = style
        self._title = title
        self._lang = lang
        self._island = island
        self._own = own

    def _foreign_scripts(self) -> str:
        """Return the scripts of elements that were added to the map."""
        added = (child for name, child in _children(self.script) if name != self._own)
        return "\n".join(str(child.render()) for child in added)

    def _is_foreign(self) -> bool:
        """Tell whether elements were added that are not the map's own."""
        return bool(
            self._foreign_scripts()
            or _children(self.html)
            or any(name != _BRANCA_META for name, _ in _children(self.header))
        )

    def _serve_foreign(self) -> None:
        """Warn of elements that were added, and link the libraries that folium's own ones need."""
        warnings.warn(
            "Elements were added to the map: its page may load files from the network and run "
            "their scripts; only the map's own layers are offline and safe with any text.",
            ForeignElementsWarning,
            stacklevel=3,
        )
        scripts = self._foreign_scripts()
        if any(call in scripts for call in _FOLIUM_CALLS):
            for name, url in reversed(folium.Map.default_js):
                if name != "leaflet":
                    self.header.add_child(JavascriptLink(url), name=name, index=0)
            for name, url in folium.Map.default_css:
                if name != "leaflet_css":
                    self.header.add_child(CssLink(url), name=name, index=0)

    def render(self, **kwargs: Any) -> str:
        """Return the page."""
        for _, child in _children(self):
            child.render(**kwargs)
        foreign = self._is_foreign()
        if foreign:
            self._serve_foreign()
        scripts = "\n".join(str(child.render()) for _, child in _children(self.script))
        libraries, application = _libraries(), inline.own_scripts(*SCRIPTS)
        return Template(asset("page.html")).substitute(
            lang=html.escape(self._lang),
            dir=words.direction(self._lang),
            policy="" if foreign else _policy(libraries, application, scripts),
            title=html.escape(self._title or words.load(self._lang).of("ui", "map")),
            styles="\n".join((_styles(), *_family_colours(self._style))),
            libraries=libraries,
            head=_joined(self.header, kwargs),
            body=_joined(self.html, kwargs),
            island=self._island,
            basemap=basemap.topology(),
            application=application,
            scripts=scripts,
        )


def _children(element: Element) -> list[tuple[str, Element]]:
    """Return an element's children by name."""
    return list(element._children.items())  # noqa: SLF001  branca has no public way


def _joined(element: Element, kwargs: dict[str, Any]) -> str:
    added = (child for name, child in _children(element) if name != _BRANCA_META)
    return "\n".join(str(child.render(**kwargs)) for child in added)


@cache
def _styles() -> str:
    leaflet = inline.leaflet_styles(lambda name: f"url({inline.picture_address(name)})")
    return f"{leaflet}\n{asset('page.css')}"


def _family_colours(style: Style) -> Iterator[str]:
    """Yield the rules that give each family's elements its colour, by colour scheme."""
    families = style.families.values()
    yield from (f".f-{family.id} {{ --c: {family.light}; }}" for family in families)
    dark = " ".join(f".f-{family.id} {{ --c: {family.dark}; }}" for family in families)
    yield f"@media (prefers-color-scheme: dark) {{ {dark} }}"


@cache
def _libraries() -> str:
    sources = [inline.library(inline.LEAFLET), inline.library(inline.SUPERCLUSTER)]
    icons = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    options = ",".join(
        f'{option}:"{inline.picture_address(name)}"' for option, name in icons.items()
    )
    # Leaflet looks for its pictures beside its style sheet, which here is no file.
    sources.append(f'L.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({{{options}}});')
    return "\n".join(sources)


def _policy(*scripts: str) -> str:
    """Return the meta element of a policy under which only these scripts run and nothing loads."""
    return f'<meta http-equiv="Content-Security-Policy" content="{inline.policy(*scripts)}">'
