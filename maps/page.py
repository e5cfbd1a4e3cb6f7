"""How do the map's parts become one HTML file?"""

from __future__ import annotations

import html
import warnings
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from maps import basemap, inline, libraries, words
from maps.data import asset
from maps.errors import ForeignElementsWarning
from maps.island import whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.libraries import Libraries
    from maps.payload import Payload
    from maps.style import Style
    from maps.tiles import Tiles

#: The page's own scripts, in the order in which they build on each other.
SCRIPTS = (
    "text.js", "words.js", "dates.js", "formats.js", "state.js", "unpack.js", "derived.js",
    "abbreviations.js", "store.js", "filter.js", "fold.js", "search.js", "theme.js", "symbols.js",
    "plane.js", "canvas.js", "pointer.js", "controls.js", "basemap.js", "popup.js", "fan.js",
    "clusters.js", "marks.js", "legend.js", "shapes.js", "bundles.js", "classes.js",
    "choropleth.js", "places.js", "points.js", "base_labels.js", "labels.js", "list.js",
    "calendar.js", "active.js", "searchbox.js", "filters.js", "slider.js",
    "histogram.js", "timeline.js", "sheets.js", "view.js", "calendars.js", "permalink.js",
    "print.js", "corrections.js", "correct.js", "coarsen.js", "main.js",
)  # fmt: skip
#: The page's own style sheets.
STYLES = (
    "base.css", "points.css", "list.css", "legend.css", "shapes.css", "controls.css",
    "filters.css", "timeline.css", "sheets.css", "print.css", "correct.css", "languages.css",
)  # fmt: skip
#: branca writes this element into every head; the page has its own.
_BRANCA_META = "meta_http"
#: What the scripts of folium's own elements call on, beside Leaflet.
_FOLIUM_CALLS = ("$(", "AwesomeMarkers", "bootstrap")


class Page(Figure):
    """The page around an event map: a branca figure with a layout of its own.

    Unlike branca's, it never passes text through a template engine or a script: what stands in the
    event table goes into the page in data elements, escaped or packed.

    Parameters
    ----------
    title
        Title of the document.
    lang
        BCP 47 tag of the page.
    payload
        What the data elements hold.
    own
        Name of the map's own script, to tell it from those that were added.
    style
        Colours of the families.
    tiles
        Tiles of the network that lie under the events, if any.
    cdn
        Whether the page loads its libraries from the network.
    """

    def __init__(
        self,
        *,
        title: str | None,
        lang: str,
        payload: Payload,
        own: str,
        style: Style,
        tiles: Tiles | None = None,
        cdn: bool = False,
    ) -> None:
        super().__init__()
        self._style = style
        self._title = title
        self._lang = lang
        self._payload = payload
        self._own = own
        self._tiles = tiles
        self._libraries = libraries.linked() if cdn else libraries.embedded()

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
        application = inline.own_scripts(*SCRIPTS)
        return Template(asset("page.html")).substitute(
            lang=html.escape(whole_characters(self._lang)),
            dir=words.direction(self._lang),
            policy="" if foreign else _policy(self._libraries, self._tiles, application, scripts),
            title=html.escape(
                whole_characters(self._title or words.load(self._lang).of("ui", "map"))
            ),
            styles="\n".join((_styles(), *_family_colours(self._style))),
            libraries=self._libraries.markup,
            head=_joined(self.header, kwargs),
            body=_joined(self.html, kwargs),
            island=self._payload.head,
            events=self._payload.core,
            abbreviations=self._payload.abbreviations,
            details="\n".join(self._payload.details),
            basemap="" if self._tiles else basemap.topology(),
            names="" if self._tiles else basemap.packed_names(self._lang),
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
    return "\n".join(asset("css", name) for name in STYLES)


def _family_colours(style: Style) -> Iterator[str]:
    """Yield the rules that give each family's elements its colour, by theme."""
    families = style.families.values()
    yield f":root {{ {' '.join(f'--f-{one.id}: {one.light};' for one in families)} }}"
    dark = " ".join(f"--f-{one.id}: {one.dark};" for one in families)
    yield f':root[data-theme="dark"] {{ {dark} }}'
    yield from (f".f-{one.id} {{ --c: var(--f-{one.id}); }}" for one in families)


def _policy(libraries: Libraries, tiles: Tiles | None, *scripts: str) -> str:
    """Return the meta element of a policy that lets run and load only what the page is made of."""
    policy = inline.policy(
        *libraries.scripts,
        *scripts,
        script_sources=libraries.script_sources,
        style_sources=libraries.style_sources,
        image_sources=(*libraries.image_sources, *(tiles.origins if tiles else ())),
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
