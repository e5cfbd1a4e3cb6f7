"""Which places does a text mention once the places of its events are corrected?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geoevents.columns import PLACE_COLUMNS, frame
from geoevents.place_rows import names_json, point

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geopandas import GeoDataFrame

    from gazetteer import Place
    from geoevents.corrections.correction import Correction


def correct_places(
    places: GeoDataFrame, corrections: Sequence[Correction], *, done: Collection[int]
) -> GeoDataFrame:
    """Return the table of places mentioned, as the corrected events have them.

    Parameters
    ----------
    places
        As :func:`geoevents.places_table` returns it; it does not say where in the texts a place
        is named, so that mentions can only be counted.
    corrections
        As :func:`geoevents.corrections.locate` returns them.
    done
        Positions of those that were applied to the events of the same texts.

    Returns
    -------
    geopandas.GeoDataFrame
        A place that is not named any more is gone, a place that was chosen is there.
    """
    import geopandas as gpd
    import pandas as pd

    applied = [corrections[number] for number in sorted(done)]
    if not applied or "place_id" not in places.columns:
        return places
    # One mention may stand for several events.
    mentions = {
        (c.old_place_id, c.subject.doc_id, c.subject.evidence, c.subject.span) for c in applied
    }
    fewer = Counter(place_id for place_id, *_ in mentions)
    counts = places["count"] if "count" in places.columns else pd.Series(1, index=places.index)
    left = counts.fillna(1) - places["place_id"].map(fewer).fillna(0)
    kept = places[left > 0].copy()
    if "count" in kept.columns:
        kept["count"] = left[left > 0].astype(places["count"].dtype)
    held = set(kept["place_id"])
    chosen = {one.place.id: one.place for one in applied if one.place is not None}
    new = [_row(place) for place in chosen.values() if place.id not in held]
    if not new:
        return kept
    fresh = frame(new, PLACE_COLUMNS)
    if kept.empty:
        return fresh
    columns = list(dict.fromkeys((*kept.columns, *fresh.columns)))
    joined = pd.concat([kept, fresh.to_crs(kept.crs)], ignore_index=True)[columns]
    return gpd.GeoDataFrame(joined, geometry=kept.geometry.name, crs=kept.crs)


def _row(place: Place) -> dict[str, object]:
    return {
        "name": place.name,
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geometry_basis": "stated",
        "uncertainty_km": place.uncertainty_km,
        "score": 1.0,
        "count": 1,
        "place_names": names_json(place),
        "geometry": point(place),
    }
