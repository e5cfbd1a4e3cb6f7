"""What may a page load from the network, because its maker asked for it by name?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geoevents.cli.terminal import Terminal

TilesOption = Annotated[
    str | None,
    typer.Option(
        "--tiles",
        metavar="NAME",
        help="Lay tiles of the network under the events: of a provider that xyzservices knows, "
        "such as OpenTopoMap, or of an address with {z}, {x} and {y} "
        "[default: countries that lie in the page].",
        show_default=False,
    ),
]
Cdn = Annotated[
    bool,
    typer.Option(
        "--cdn",
        help="Let the page load Leaflet from a content delivery network; without the network there "
        "is no map.",
    ),
]


@dataclass(frozen=True, slots=True)
class Network:
    """What a page loads when it is opened.

    Attributes
    ----------
    tiles
        Name or address of the tiles under the events.
    cdn
        Whether the page loads its libraries.
    """

    tiles: str | None
    cdn: bool

    def check(self) -> None:
        """Raise what would end the work late, before it begins."""
        from geoevents.errors import DrawingError
        from maps import MapError
        from maps.tiles import find

        try:
            if self.tiles:
                find(self.tiles)
        except MapError as error:
            raise DrawingError(str(error)) from error

    def say(self, terminal: Terminal) -> None:
        """Say whom the page asks, and where it cannot."""
        from maps.libraries import CDN
        from maps.tiles import find

        tiles = find(self.tiles) if self.tiles else None
        origins = [*((CDN,) if self.cdn else ()), *(tiles.origins if tiles else ())]
        if origins:
            terminal.note(f"Whoever opens the page asks {', '.join(origins)} for parts of it.")
        if tiles and tiles.turns_disks_away:
            terminal.note(
                f"The tiles {tiles.name!r} do not show on a page opened from a disk: "
                "put it on a web server, or name other tiles."
            )
