"""How does a command tell events without their exact places?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.coarsen import Grain
    from geoevents.ontology import Ontology

_OPTION = "--coarsen"


def _grain(value: str) -> str:
    """Return how coarse, checked, or end with a usage error."""
    from geoevents.coarsen import parse_grain

    try:
        grain = parse_grain(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    return grain if isinstance(grain, str) else f"{grain:g}"


Coarsen = Annotated[
    str | None,
    typer.Option(
        _OPTION,
        parser=_grain,
        metavar="KM|adm1",
        help="Tell no place more closely than to a cell of so many kilometres, or to its "
        "first-level division; sentences, names and sources are left out.",
        show_default=False,
    ),
]


class Coarsener:
    """How coarsely a run tells its places, or that it tells them as they are.

    Parameters
    ----------
    words
        The option's value, or None.
    """

    def __init__(self, words: str | None) -> None:
        from geoevents.coarsen import parse_grain

        self.grain: Grain | None = None if words is None else parse_grain(words)

    def __bool__(self) -> bool:
        """Whether places are to be told coarsely."""
        return self.grain is not None

    def refuse(self, what: str, why: str) -> None:
        """Raise where an output would tell the places after all.

        Raises
        ------
        OptionError
            If places are to be told coarsely.
        """
        from geoevents.errors import OptionError

        if self.grain is not None:
            grain = self.grain if isinstance(self.grain, str) else f"{self.grain:g}"
            raise OptionError(_OPTION, grain, f"it does not go with {what}, {why}")

    def table(
        self, events: GeoDataFrame, gazetteer: Gazetteer, ontology: Ontology | None
    ) -> GeoDataFrame:
        """Return the events as they may be told."""
        from geoevents.coarsen import coarsen

        if self.grain is None:
            return events
        return coarsen(events, self.grain, gazetteer=gazetteer, ontology=ontology)

    def drawn(
        self, events: GeoDataFrame, gazetteer: Gazetteer, ontology: Ontology | None
    ) -> GeoDataFrame:
        """Return the events as a map may draw them: areas in place of pins."""
        from geoevents.coarsen import as_areas

        if self.grain is None:
            return events
        told = self.table(events, gazetteer, ontology)
        return as_areas(told, self.grain, gazetteer=gazetteer)
