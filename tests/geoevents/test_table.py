"""One row per geometry, nothing drawn that the text does not say."""

import json
from dataclasses import replace

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Gazetteer, Mention, Place, Resolution
from gazetteer.data import load_toml
from geoevents.article import Article
from geoevents.event import Document, EventPlace, EventTime
from geoevents.place_rows import display_names, names_json, route_rows
from geoevents.table import event_table, places_table, time_bounds


def rows_of(table, role):
    """Return the rows of a role."""
    return table[table["role"] == role]


def test_columns_are_those_of_the_data_file(document):
    """The table has the columns of event_table.toml, in order, then the geometry."""
    names = [column["name"] for column in load_toml("ontology", "event_table.toml")["column"]]
    assert list(event_table([document]).columns) == [*names, "geometry"]


def test_an_empty_table_has_the_same_types_as_a_full_one(document):
    """Nothing found still makes a typed table in EPSG:4326."""
    empty, full = event_table([]), event_table([document])
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.crs == full.crs == "EPSG:4326"


def test_a_flight_with_both_ends_is_a_route_and_two_points(document):
    """The route runs from origin to destination and is marked as inferred."""
    table = event_table([document])
    flight = table[table["event_id"] == "seed-1"]
    assert flight["role"].tolist() == ["route", "origin", "destination"]
    route = rows_of(flight, "route").iloc[0]
    assert list(route.geometry.coords) == [(49.892, 40.3777), (34.9358, 29.9403)]
    assert route["geometry_basis"] == "inferred"
    assert route["score"] == pytest.approx(0.8 * 0.9)
    assert route["place"] == "باكو – عوفدا"
    assert json.loads(route["place_names"])["en"] == "Baku – Ovda"


TRIPOLI = Place("geonames:2210247", "Tripoli", "capital", 32.88, 13.19,
                names={"ar": ("طرابلس",), "und": ("Aea", "Tripoli")})  # fmt: skip
KYIV = Place("geonames:703448", "Kyiv", "capital", 50.45, 30.52,
             names={"ru": ("Киев",), "de": ("Kyiw",), "und": ("Kyiv",)})  # fmt: skip
YUNIS = Place("geonames:281124", "Khān Yūnis", "city", 31.34, 34.3,
              names={"en": ("Khan Yunis",), "ar": ("خان يونس",)})  # fmt: skip
OVDA = Place("icao:LLOV", "Ovda", "airbase", 29.94, 34.94,
             names={"en": ("Ovda",), "ar": ("عوفدا",), "und": ("Ovda Airport",)})  # fmt: skip


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (TRIPOLI, {"und": "Tripoli", "ar": "طرابلس"}),
        (KYIV, {"und": "Kyiv", "ru": "Киев", "de": "Kyiw"}),
        (YUNIS, {"und": "Khān Yūnis", "en": "Khan Yunis", "ar": "خان يونس"}),
        (OVDA, {"en": "Ovda", "ar": "عوفدا"}),
        (replace(OVDA, names={}), {"und": "Ovda"}),
    ],
)
def test_a_row_always_has_the_gazetteer_s_own_name(place, names):
    """Under und, unless the English name is the same; a place without any other has it too."""
    assert display_names(place) == names
    assert json.loads(names_json(place)) == names


@pytest.mark.parametrize(
    ("ends", "names"),
    [
        ((TRIPOLI, OVDA), {"und": "Tripoli – Ovda", "ar": "طرابلس – عوفدا"}),
        ((OVDA, replace(OVDA, id="x", name="Aqaba", names={"en": ("Aqaba",)})),
         {"en": "Ovda – Aqaba"}),
        ((KYIV, YUNIS), {"und": "Kyiv – Khān Yūnis"}),
    ],
)  # fmt: skip
def test_a_route_has_the_gazetteer_s_own_names_of_its_ends(ends, names):
    """Names of one language join; the own ones always do."""
    places = [
        EventPlace(role, Resolution(Mention(0, 1, "x"), place, 0.5, (), uncertainty_km=1.0))
        for role, place in zip(("origin", "destination"), ends, strict=True)
    ]
    (route,) = route_rows(places)
    assert json.loads(route["place_names"]) == names


def test_places_of_a_post_are_named_without_signs_of_hashtags(document):
    """A map's label is read, "#عوفدا" is not."""
    flight = document.events[0]
    places = tuple(
        replace(
            place, resolution=replace(place.resolution, mention=replace(m, text=f"#قاعدة_{m.text}"))
        )
        for place in flight.places
        for m in [place.resolution.mention]
    )
    table = event_table([replace(document, events=(replace(flight, places=places),))])
    assert table["place"].tolist()[0] == "قاعدة باكو – قاعدة عوفدا"
    assert set(table["place"][1:]) == {"قاعدة باكو", "قاعدة عوفدا"}


def test_a_flight_with_one_end_gets_no_route(document):
    """No route is made up for the end that the text leaves out."""
    flight = document.events[0]
    landing = replace(flight, places=flight.places[1:])
    table = event_table([replace(document, events=(landing,))])
    assert table["role"].tolist() == ["destination"]


def test_an_inferred_place_is_not_drawn(document):
    """A place carried over from elsewhere makes neither a point nor a route."""
    flight = document.events[0]
    landing = replace(flight, places=(), inferred_places=flight.places)
    table = event_table([replace(document, events=(landing,))])
    assert table.geometry.isna().all()
    assert table["role"].isna().all()


def test_several_origins_and_destinations_make_no_route(document):
    """Where the text does not say which end belongs to which, no line is drawn."""
    flight = document.events[0]
    karabakh = document.events[1].places[0].resolution
    places = (
        *flight.places,
        EventPlace("origin", karabakh),
        EventPlace("destination", replace(karabakh, place=replace(karabakh.place, id="x:1"))),
    )
    table = event_table([replace(document, events=(replace(flight, places=places),))])
    assert rows_of(table, "route").empty
    assert len(table) == 4


def test_an_event_without_a_stated_place_is_a_row_without_geometry(document):
    """An event with nothing but context keeps a row of its own, and the context beside it."""
    table = event_table([document])
    accusation = table[table["event_id"] == "seed-3"]
    assert accusation["role"].isna().tolist() == [True, False]
    assert accusation.geometry.isna().tolist() == [True, False]
    assert accusation["role"].tolist()[1] == "context"


def test_spans_point_into_the_evidence(document):
    """Trigger and place are found in the sentence by their offsets."""
    row = rows_of(event_table([document]), "destination").iloc[0]
    evidence = row["evidence"]
    assert evidence[row["trigger_start"] : row["trigger_end"]] == "وصلت"
    assert evidence[row["place_start"] : row["place_end"]] == "عوفدا"


def test_a_place_of_another_sentence_has_no_span(document):
    """Offsets are null where the place does not stand in the evidence."""
    clash, flight = document.events[1], document.events[0]
    moved = replace(clash, places=(EventPlace("location", flight.places[0].resolution),))
    row = event_table([replace(document, events=(moved,))]).iloc[0]
    assert pd.isna(row["place_start"])
    assert row["place"] == "باكو"


def test_values_are_readable_in_a_gis(document):
    """People, money, counts, names and codes come out as plain cells."""
    table = event_table([document])
    row = rows_of(table, "destination").iloc[0]
    assert (row["actors"], row["targets"]) == ("طائرتا شحن", "الجيش")
    assert (row["money"], row["count"]) == ("5000000000 USD", 2)
    assert json.loads(row["place_names"]) == {"ar": "عوفدا", "en": "Ovda"}
    runner_up = json.loads(row["alternatives"])[0]
    assert (runner_up["place_id"], runner_up["kind"]) == ("region:nagorno-karabakh", "disputed")
    clash = table[table["event_id"] == "seed-2"].iloc[0]
    assert json.loads(clash["casualties"]) == [{"kind": "killed", "count": None, "text": "عشرات"}]
    assert clash["viewpoint"] == "neutral"
    assert clash["family"] == "violence"
    assert clash["cameo"]


def test_half_characters_in_a_text_do_not_spoil_the_table(document):
    """What no format can hold is replaced, and no offset moves."""
    text = document.article.text.replace("شحن", "\ud83dحن", 1)
    broken = replace(document, article=replace(document.article, text=text))
    row = event_table([broken]).iloc[0]
    assert "\ufffdحن" in row["evidence"]
    assert row["evidence"][row["trigger_start"] : row["trigger_end"]] == "وصلت"


def test_an_unresolved_place_is_named_but_not_drawn(document):
    """Words that no place could be found for keep their row, with neither id nor geometry."""
    clash = document.events[1]
    lost = replace(clash.places[0].resolution, place=None)
    moved = replace(clash, places=(EventPlace("location", lost),))
    row = event_table([replace(document, events=(moved,))]).iloc[0]
    assert row["place"] == "قره باغ"
    assert pd.isna(row["place_id"])
    assert row.geometry is None


def test_articles_of_one_id_keep_their_events_apart(document):
    """Two pages called index do not share event ids."""
    table = event_table([document, document])
    per_event = table.groupby("event_id").size()
    assert len(per_event) == 6
    assert per_event["seed-1"] == per_event["seed-1~2"] == 3


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        ("2020-09-29", None, "day", ("2020-09-29 00:00:00", "2020-09-29 23:59:59")),
        ("2020-02", None, "month", ("2020-02-01 00:00:00", "2020-02-29 23:59:59")),
        ("2018", "2020", "year", ("2018-01-01 00:00:00", "2020-12-31 23:59:59")),
        ("2018", None, "open", ("2018-01-01 00:00:00", "None")),
        (None, None, None, ("None", "None")),
    ],
)
def test_times_cover_the_stated_period(start, end, precision, expected):
    """A time begins with the first and ends with the last second of what is stated."""
    assert tuple(map(str, time_bounds(start, end, precision))) == expected


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_cut_date_has_bounds_in_order(day, length):
    """Whatever the precision, the period holds the day it was cut from."""
    first, last = time_bounds(day.isoformat()[:length], None, "day")
    assert first.date() <= day <= last.date()


def test_times_are_real_datetimes(document):
    """A GIS sees dates, not strings, and an open end stays empty."""
    event = replace(document.events[0], time=EventTime("منذ 2018", "2018", None, "open"))
    table = event_table([replace(document, events=(event,))])
    assert str(table["start_time"].dtype).startswith("datetime64")
    assert table["end_time"].isna().all()


def test_places_are_counted_once_each(document):
    """One row per place, most often mentioned first, with its best score."""
    places = places_table([document])
    assert places["name"].tolist() == ["Baku", "Ovda", "Nagorno-Karabakh"]
    assert places["count"].tolist() == [2, 1, 1]
    assert places["score"].tolist() == [0.9, 0.9, 0.9]
    assert (places.geometry.x == places["lon"]).all()


def test_demonyms_are_no_places(document):
    """People named by their country put nothing on the map."""
    demonym = replace(document.places[0].mention, form="demonym")
    people = replace(document.places[0], mention=demonym)
    assert places_table([Document(Article("x"), (people,))]).empty


@pytest.fixture(scope="module")
def gazetteer():
    """Open the embedded gazetteer."""
    return Gazetteer.open()


def located(document, gazetteer, place_id, role):
    """Return the row of an event at a place of the gazetteer."""
    event = document.events[1]
    resolution = replace(event.places[0].resolution, place=gazetteer.get(place_id))
    moved = replace(event, places=(EventPlace(role, resolution),))
    table = event_table([replace(document, events=(moved,))], gazetteer)
    return table[table["role"] == role].iloc[0]


@pytest.mark.parametrize(
    ("place_id", "dimension"),
    [
        ("region:nagorno-karabakh", 2),
        ("iso:AZ", 2),
        ("border@iso:AZ+iso:IR", 1),
        ("geonames:587084", 0),
    ],
)
def test_a_location_keeps_its_area_or_line(document, gazetteer, place_id, dimension):
    """Areas are polygons, borders lines, towns points."""
    row = located(document, gazetteer, place_id, "location")
    assert shapely.get_dimensions(row.geometry) == dimension
    assert row["place_id"] == place_id


def test_context_is_a_point_also_where_it_is_a_country(document, gazetteer):
    """What is only mentioned with an event covers no area."""
    assert located(document, gazetteer, "iso:AZ", "context").geometry.geom_type == "Point"


def test_a_long_outline_is_simplified_and_stays_true(document, gazetteer):
    """A country's outline has a fraction of its vertices and all but the same area."""
    full = gazetteer.geometry("iso:CA")
    drawn = located(document, gazetteer, "iso:CA", "location").geometry
    assert shapely.get_num_coordinates(drawn) < shapely.get_num_coordinates(full) / 4
    assert drawn.symmetric_difference(full).area < 0.02 * full.area
    assert drawn.is_valid


@pytest.mark.parametrize(
    ("viewpoint", "day", "dispute"),
    [
        ("neutral", "2024-05-14", "Abkhazia"),
        ("RU", "2024-05-14", "Abkhazia"),
        ("GE", "2024-05-14", None),
        ("neutral", "1985-05-14", None),
    ],
)
def test_disputed_ground_is_told_beside_the_country(document, viewpoint, day, dispute):
    """As the viewpoint sees it, and as it was on the event's day; the ISO code stays."""
    gazetteer = Gazetteer.open(viewpoint=viewpoint, overlay=False)
    (sukhumi,) = [r for r in gazetteer.geoparse("They met in Sukhumi.", lang="en") if r.place]
    visit = replace(
        document.events[1],
        places=(EventPlace("location", sukhumi),),
        time=EventTime(start=day, precision="day"),
    )
    (row,) = event_table([replace(document, events=(visit,))], gazetteer).to_dict("records")
    assert row["country"] == "GE"
    assert (None if pd.isna(row["dispute"]) else row["dispute"]) == dispute
