"""Which tiles of the network lie under the events, when somebody asks for them by name?"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import xyzservices
import xyzservices.providers

from maps.errors import BadTilesError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Of an address of tiles, what the page fills in itself.
_FILLED = re.compile(r"\{(\w+)\}")
_COORDINATES = frozenset({"x", "y", "z"})
_PAGE_FILLS = frozenset({"s", "r"}) | _COORDINATES
#: Subdomains that Leaflet takes where a provider names none.
_SUBDOMAINS = "abc"
#: What may stand in a host's name, and so in the page's policy.
_SUBDOMAIN = re.compile(r"[A-Za-z0-9.-]+")
#: Providers that turn pages away which do not say where they lie, as pages on a disk cannot.
_NEEDS_REFERRER = frozenset({"tile.openstreetmap.org"})


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles of a provider.

    Attributes
    ----------
    name
        What they were asked for by.
    url
        Address with ``{z}``, ``{x}``, ``{y}``, and where needed ``{s}`` and ``{r}``, left open.
    attribution
        What the provider wants said: pieces of text, each with an http(s) address or None.
    subdomains
        What may stand for ``{s}``.
    min_zoom, max_zoom
        Zoom levels at which there are tiles.
    """

    name: str
    url: str
    attribution: tuple[tuple[str, str | None], ...]
    subdomains: tuple[str, ...]
    min_zoom: int
    max_zoom: int

    @property
    def origins(self) -> tuple[str, ...]:
        """Where tiles come from, such as ``https://a.tile.example.org``."""
        addresses = {self.url.replace("{s}", name) for name in self.subdomains}
        parts = map(urlsplit, sorted(addresses))
        return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))

    @property
    def turns_disks_away(self) -> bool:
        """Whether the provider refuses pages that are opened from a disk."""
        return any(urlsplit(origin).netloc in _NEEDS_REFERRER for origin in self.origins)

    def as_json(self) -> dict[str, Any]:
        """Return what the page needs to know."""
        return {
            "url": self.url,
            "attribution": [list(piece) for piece in self.attribution],
            "subdomains": list(self.subdomains),
            "min_zoom": self.min_zoom,
            "max_zoom": self.max_zoom,
        }


def find(asked: str | Mapping[str, Any]) -> Tiles:
    """Return the tiles of a name, an address or a provider.

    Parameters
    ----------
    asked
        A provider's name as xyzservices has it (``"OpenTopoMap"``, ``"Esri.WorldImagery"``, in any
        case and with or without dots), an address with ``{z}``, ``{x}`` and ``{y}``, or a
        :class:`xyzservices.TileProvider`. Nothing is asked of the network.

    Raises
    ------
    BadTilesError
        If there is no such provider, if it needs a key, or if the address is none of tiles.

    Examples
    --------
    >>> find("opentopomap").origins[0]
    'https://a.tile.opentopomap.org'
    >>> find("https://tiles.example.org/{z}/{x}/{y}.png").attribution
    (('tiles.example.org', None),)
    """
    if isinstance(asked, str):
        provider = _from_address(asked) if "{" in asked else _by_name(asked)
    else:
        provider = _own(**asked)
    name = str(asked) if isinstance(asked, str) else str(provider["name"])
    if provider.requires_token():
        raise BadTilesError(name, "needs a key", "give its address with the key in it")
    url = str(asked) if provider.url == asked else _address(provider)
    subdomains = tuple(map(str, provider.get("subdomains", _SUBDOMAINS)))
    _check_address(name, url)
    for subdomain in subdomains:
        if not _SUBDOMAIN.fullmatch(subdomain):
            raise BadTilesError(
                name, f"has {subdomain!r:.40} for a subdomain", "give a host's name"
            )
    return Tiles(
        name=name,
        url=url,
        attribution=_pieces(provider, url),
        subdomains=subdomains,
        min_zoom=int(provider.get("min_zoom", 0)),
        max_zoom=int(provider.get("max_zoom", 18)),
    )


def _by_name(name: str) -> xyzservices.TileProvider:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return xyzservices.providers.query_name(name)
    except ValueError as error:
        known = "such as OpenTopoMap or Esri.WorldImagery, or an address with {z}, {x} and {y}"
        raise BadTilesError(name, "is no provider of xyzservices", f"name one, {known}") from error


def _from_address(url: str) -> xyzservices.TileProvider:
    return _own(url=url)


def _own(*, url: str = "", **known: Any) -> xyzservices.TileProvider:
    """Return a provider of one's own, credited to its host where it does not say to whom."""
    host = urlsplit(url).netloc.replace("{s}.", "")
    return xyzservices.TileProvider({"name": url, "attribution": host, **known, "url": url})


def _address(provider: xyzservices.TileProvider) -> str:
    """Return a provider's address with what it knows itself filled in."""
    with warnings.catch_warnings():
        # What a provider has to say is said by the errors.
        warnings.simplefilter("ignore")
        try:
            return str(provider.build_url(fill_subdomain=False, scale_factor="{r}"))
        except KeyError as error:
            why = f"does not say what {error} is"
            name = str(provider.get("name"))
            raise BadTilesError(name, why, "give its whole address") from error


def _check_address(name: str, url: str) -> None:
    open_parts = set(_FILLED.findall(url))
    parts = urlsplit(url)
    hosted = re.fullmatch(r"(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?", parts.netloc)
    if parts.scheme not in {"http", "https"} or not hosted or re.search(r"[\s;,'\"]", url):
        raise BadTilesError(
            name, "has no http(s) address", "give one such as https://…/{z}/{x}/{y}.png"
        )
    if not open_parts >= _COORDINATES or open_parts - _PAGE_FILLS:
        odd = sorted(open_parts - _PAGE_FILLS) or sorted(_COORDINATES - open_parts)
        raise BadTilesError(
            name,
            f"cannot be filled in ({', '.join(odd)})",
            "leave {z}, {x} and {y} open, and no more",
        )


class _Links(HTMLParser):
    """The text and the links of a provider's attribution, which is written in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str | None]] = []
        self._address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            address = dict(attrs).get("href") or ""
            self._address = address if address.startswith(("http://", "https://")) else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._address = None

    def handle_data(self, data: str) -> None:
        self.pieces.append((data, self._address))


def _pieces(provider: Mapping[str, Any], url: str) -> tuple[tuple[str, str | None], ...]:
    written = provider.get("html_attribution") or provider.get("attribution")
    reader = _Links()
    reader.feed(str(written or urlsplit(url).netloc))
    reader.close()
    return tuple(reader.pieces)
