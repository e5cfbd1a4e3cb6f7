"""The command ``gazetteer reverse``: what is at this point?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Session
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer import Claim, Place, Surroundings
    from gazetteer.viewpoints import Viewpoint

Row = tuple[object, ...]

_COLUMNS = ("", "name", "kind", "in", "km", "id")
_DEGREE_DIGITS = 6  # 0.1 m

Lat = Annotated[float, typer.Argument(metavar="LAT", help="Latitude, degrees.", show_default=False)]
Lon = Annotated[
    float, typer.Argument(metavar="LON", help="Longitude, degrees.", show_default=False)
]
Day = Annotated[
    Any,
    typer.Option(
        "--at",
        parser=options.day,
        metavar="YYYY-MM-DD",
        help="Whose claims: those of this day [default: today's].",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]


@with_shared_options
def reverse(
    lat: Lat,
    lon: Lon,
    *,
    at: Day = None,
    as_json: Json = False,
    session: Session,
) -> None:
    """Tell what is at a point: the nearest settlement, areas and regions around it, disputes."""
    from gazetteer.errors import BadQueryError
    from gazetteer.filters import checked_point
    from gazetteer.viewpoints import Viewpoint
    from geoevents.cli.tables import print_table
    from geoevents.writers import write_lines

    try:
        checked_point(lat, lon)
    except BadQueryError as error:
        raise typer.BadParameter(str(error)) from None
    viewpoint = Viewpoint.parse(session.viewpoint)
    with session.begin() as (terminal, _):
        gazetteer = session.open(terminal)
        around = gazetteer.reverse(lat, lon)
        regions = gazetteer.regions_at(lat, lon, at=at)
        claims = gazetteer.disputes_at(lat, lon, at=at)
        if as_json:
            near = around.nearest
            line = {
                "lat": lat,
                "lon": lon,
                "nearest": near and _place_line(near.place) | {"distance_km": near.distance_km},
                "areas": [_place_line(area) for area in around.areas],
                "regions": [_place_line(region) for region in regions],
                "disputes": [_claim_line(claim, viewpoint) for claim in claims],
            }
            write_lines(options.STDOUT, [line])
            return
        print_table(_COLUMNS, _rows(around, regions))
        for claim in claims:
            typer.echo(_sentence(claim, viewpoint))


def _place_line(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "place_country": place.country,
        "lat": round(place.lat, _DEGREE_DIGITS),
        "lon": round(place.lon, _DEGREE_DIGITS),
    }


def _claim_line(claim: Claim, viewpoint: Viewpoint) -> dict[str, Any]:
    return {
        **claim.properties,
        "viewpoint": str(viewpoint),
        "owner": claim.owner(viewpoint),
    }


def _rows(around: Surroundings, regions: Sequence[Place]) -> Iterator[Row]:
    if around.nearest is not None:
        yield _row("nearest", around.nearest.place, around.nearest.distance_km)
    yield from (_row("inside", area) for area in around.areas)
    yield from (_row("region", region) for region in regions if region not in around.areas)


def _row(relation: str, place: Place, km: float | None = None) -> Row:
    distance = None if km is None else f"{km:.1f}"
    return relation, place.name, place.kind, place.country, distance, place.id


def _sentence(claim: Claim, viewpoint: Viewpoint) -> str:
    owner = claim.owner(viewpoint)
    parts = {
        "held by": ", ".join(claim.administered_by),
        "claimed by": ", ".join(claim.claimed_by),
        "since": claim.since,
        "until": claim.until,
        f"seen from {viewpoint}:": owner,
    }
    told = "; ".join(f"{word} {value}" for word, value in parts.items() if value)
    return f"disputed: {claim.label} ({claim.place_id}): {told}"
