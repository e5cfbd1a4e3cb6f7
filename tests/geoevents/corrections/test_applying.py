"""What corrections do to documents, and the same to event tables."""

import geopandas as gpd
import pytest
from shapely import LineString, Point

from gazetteer import Place
from geoevents.corrections import (
    Correction,
    Offsets,
    Subject,
    correct_documents,
    correct_places,
    correct_table,
)
from geoevents.readers import read_event_table
from geoevents.table import event_table, places_table
from geoevents.writers import write_geojson

NEVATIM = Place(
    "icao:LLNV", "Nevatim", "airbase", 31.2083, 35.0123, country="IL", uncertainty_km=3.0,
    names={"en": ("Nevatim",)},
)  # fmt: skip
COLUMNS = [
    "event_id", "role", "place", "place_id", "country", "score", "uncertainty_km",
    "geometry_basis", "place_names", "alternatives",
]  # fmt: skip


def subject(document, number, position, **other):
    """Return what tells a place of a document's event."""
    event = document.events[number]
    stated = event.places[position]
    base, span = event.sentence.start, stated.resolution.span
    told = Subject(
        doc_id=document.article.id,
        type=event.type,
        evidence=document.article.text[base : event.sentence.end],
        trigger=Offsets(event.trigger.start - base, event.trigger.end - base),
        role=stated.role,
        text=stated.resolution.mention.text,
        span=Offsets(span.start - base, span.end - base),
    )
    return told._replace(**other)


def moved(document, **other):
    """Say that the flight went to Nevatim, not to Ovda."""
    return Correction(
        "c.json, correction 1",
        subject(document, 0, 1, **other),
        "place",
        None,
        "icao:LLOV",
        NEVATIM,
    )


def wrong(document, number=1, position=0, *, old="region:nagorno-karabakh"):
    """Say that the clash was not in Nagorno-Karabakh."""
    return Correction(
        "c.json, correction 2", subject(document, number, position), "wrong", None, old
    )


def rows(table):
    """Return rows as plain tuples, geometry as text."""
    plain = table[COLUMNS].astype(object).where(table[COLUMNS].notna(), None)
    shapes = [None if one is None else one.wkt for one in table.geometry]
    return [(*row, shape) for row, shape in zip(plain.to_numpy().tolist(), shapes, strict=True)]


def test_a_place_is_replaced(document):
    """Id, score, basis and uncertainty are those of the right place; the old one is told."""
    (changed,), outcome = correct_documents([document], [moved(document)])
    resolution = changed.events[0].places[1].resolution
    assert (resolution.place, resolution.score) == (NEVATIM, 1.0)
    assert (resolution.geometry_basis, resolution.uncertainty_km) == ("stated", 3.0)
    assert resolution.alternatives[0].place.id == "icao:LLOV"
    assert outcome.done == {0}
    assert changed.places[0].place == NEVATIM  # the mention in the text means it too


def test_the_route_follows_its_end(document):
    """It is drawn from the ends as they are now."""
    (changed,), _ = correct_documents([document], [moved(document)])
    route = event_table([changed]).iloc[0]
    assert route["role"] == "route"
    assert route["geometry"].coords[-1] == (NEVATIM.lon, NEVATIM.lat)


def test_a_wrong_place_is_never_drawn(document):
    """Its event stays, as one whose place is not known."""
    (changed,), _ = correct_documents([document], [wrong(document)])
    table = event_table([changed])
    clash = table[table["event_id"] == "seed-2"].iloc[0]
    assert clash["geometry"] is None
    assert clash["place"] == "قره باغ"
    assert "region:nagorno-karabakh" not in set(places_table([changed])["place_id"])


def test_a_table_is_corrected_as_its_documents_are(document):
    """The same rows come out, whichever is corrected."""
    known = [moved(document), wrong(document)]
    documents, _ = correct_documents([document], known)
    table, outcome = correct_table(event_table([document]), known)
    assert outcome.done == {0, 1}
    assert rows(table) == rows(event_table(documents))


def test_a_route_in_a_file_follows_its_end(document, tmp_path):
    """As the file has it, whoever reads it: a geodesic that is known by its ends only."""
    files = {name: tmp_path / f"{name}.geojson" for name in ("old", "new")}
    write_geojson(files["old"], event_table([document]), stamp={})
    for read in (read_event_table, gpd.read_file):
        table, _ = correct_table(read(files["old"]), [moved(document)])
        lines = table[table["role"] == "route"].geometry.tolist()
        assert [line.coords[-1] for line in lines] == [(NEVATIM.lon, NEVATIM.lat)]
        assert len(table) == len(event_table([document]))
    files["new"].unlink(missing_ok=True)
    write_geojson(files["new"], table, stamp={})
    again, outcome = correct_table(read_event_table(files["new"]), [moved(document)])
    assert outcome.done == {0}
    assert [len(line.coords) for line in again[again["role"] == "route"].geometry] == [2]


def test_the_route_goes_where_an_end_is_wrong(document):
    """A line to nowhere is none."""
    table, _ = correct_table(event_table([document]), [wrong(document, 0, 1, old="icao:LLOV")])
    assert "route" not in set(table["role"].dropna())


def test_the_table_that_was_given_stays(document):
    """A corrected table is another one."""
    table = event_table([document])
    before = table.copy()
    correct_table(table, [moved(document), wrong(document)])
    assert table.equals(before)


def test_corrections_twice_are_as_once(document):
    """The second time the place is right already."""
    once, _ = correct_table(event_table([document]), [moved(document)])
    twice, outcome = correct_table(once, [moved(document)])
    assert outcome.done == {0}
    assert rows(twice) == rows(once)


def test_places_mentioned_follow(document):
    """A table of places beside the events loses the old place and has the new one."""
    places = places_table([document])
    changed = correct_places(places, [moved(document), wrong(document)], done={0, 1})
    assert set(changed["place_id"]) == {"geonames:587084", "icao:LLNV"}


def test_a_stated_track_stays(document):
    """It is not known by its ends."""
    table = event_table([document])
    track = LineString([(49.9, 40.4), (42, 35), (34.9, 29.9)])
    shapes = [track, *table.geometry[1:]]
    table = table.set_geometry(gpd.GeoSeries(shapes, index=table.index, crs=table.crs))
    changed, _ = correct_table(table, [moved(document)])
    assert changed.geometry[0].equals(track)


@pytest.mark.parametrize(
    "other",
    [
        {"doc_id": "gone"},
        {"type": "movement.voyage"},
        {"role": "origin"},
        {"text": "باكو"},
    ],
)
def test_what_fits_nothing_is_told(document, other):
    """Nothing changes, and one sentence says so."""
    known = [moved(document, **other)]
    table, outcome = correct_table(event_table([document]), known)
    assert rows(table) == rows(event_table([document]))
    (sentence,) = outcome.sentences(known)
    assert sentence.startswith("c.json, correction 1 (")
    assert sentence.endswith("fits no event here, so it changed nothing.")


def test_a_sentence_that_is_cut_elsewhere_is_found(document):
    """Where only one place of the article is so called in that role of that event."""
    words = subject(document, 0, 1)
    longer = words._replace(
        evidence="قبل. " + words.evidence,
        trigger=Offsets(words.trigger.start + 5, words.trigger.end + 5),
        span=Offsets(words.span.start + 5, words.span.end + 5),
    )
    known = [Correction("c", longer, "place", None, "icao:LLOV", NEVATIM)]
    _, outcome = correct_table(event_table([document]), known)
    assert outcome.done == {0}


def test_a_place_that_the_event_has_no_more_is_not_wrong(document):
    """Only the place that was seen to be wrong is taken away."""
    known = [wrong(document, old="geonames:1")]
    table, outcome = correct_table(event_table([document]), known)
    assert rows(table) == rows(event_table([document]))
    assert "no longer has" in outcome.sentences(known)[0]


def bare(**columns):
    """Return a table from outside: types and points alone, in another CRS."""
    points = gpd.GeoSeries([Point(10, 50), Point(11, 51)], crs="EPSG:4326").to_crs("EPSG:3857")
    return gpd.GeoDataFrame({"type": ["unrest.protest"] * 2, **columns}, geometry=points)


def test_a_table_from_outside_is_corrected_by_the_event_id():
    """It has no sentence, and gets the columns that the new place needs."""
    told = Subject(None, "unrest.protest", None, Offsets(), "location", None, Offsets())
    known = [Correction("c", told, "place", "b", None, NEVATIM)]
    table, outcome = correct_table(bare(event_id=["a", "b"]), known)
    assert outcome.done == {0}
    assert table["place_id"].tolist()[1] == "icao:LLNV"
    assert table["place_id"].isna().tolist() == [True, False]
    assert table.crs == "EPSG:3857"
    moved_to = table.to_crs("EPSG:4326").geometry[1]
    assert (moved_to.x, moved_to.y) == pytest.approx((NEVATIM.lon, NEVATIM.lat))


def test_events_that_nothing_tells_apart_stay():
    """Rather than all of them being moved."""
    told = Subject(None, "unrest.protest", None, Offsets(), "location", None, Offsets())
    known = [Correction("c", told, "place", None, None, NEVATIM)]
    table, outcome = correct_table(bare(), known)
    assert table.equals(bare())
    assert "several events that nothing tells apart" in outcome.sentences(known)[0]
