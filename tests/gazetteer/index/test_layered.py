"""The user's own places and fixes lie over what is held, and win."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, UnknownPlaceError
from gazetteer.errors import OverlayBrokenError, OverlayMissingError
from gazetteer.filters import in_box
from gazetteer.index.layered import LayeredStore
from gazetteer.index.space import distances_km
from gazetteer.opening import UnknownInOverlayWarning
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.sources.overlay_file import default_overlay_path, write_overlay

LY, LB = "geonames:2210247", "geonames:266826"
HELD = (
    {"id": "iso:LY", "kind": "country", "at": (27, 17), "country": "LY", "names": {"en": ["Libya"]},
     "radius_km": 700},
    {"id": "iso:LB", "kind": "country", "at": (34, 36), "country": "LB",
     "names": {"en": ["Lebanon"]}, "radius_km": 80},
    {"id": LY, "kind": "capital", "at": (32.88, 13.19), "country": "LY", "population": 1_150_000,
     "names": {"en": ["Tripoli"], "ar": ["طرابلس"]}},
    {"id": LB, "kind": "city", "at": (34.43, 35.84), "country": "LB", "population": 229_000,
     "names": {"en": ["Tripoli"], "ar": ["طرابلس"]}},
    {"id": "geonames:3", "kind": "village", "at": (10, 10), "country": "NG",
     "names": {"en": ["Fika"]}, "details": {"valid_to": "1999"}},
    {"id": "region:x", "kind": "region", "at": (11, 11), "names": {"en": ["Xland"]},
     "details": {"area": "iso:LY"}},
)  # fmt: skip
AREAS = [("iso:LY", shapely.box(9, 19, 25, 33)), ("iso:LB", shapely.box(35, 33, 36.7, 34.7))]
MILL = UserPlace("user:mill", "Old Mill", "mill", "LY", 30.0, 20.0, population=5)
CAMP = UserPlace("user:camp", "مخيم الصخرة", "camp", "ZZ", -5.0, 179.9)


@pytest.fixture(scope="module")
def held(small):
    """Return a gazetteer without anything of the user's."""
    return small(*HELD, areas=AREAS)


@pytest.fixture
def over(held):
    """Return a function: the gazetteer under some places and fixes of the user's."""

    def over(*items):
        overlay = Overlay(
            tuple(item for item in items if isinstance(item, UserPlace)),
            tuple(item for item in items if isinstance(item, Fix)),
        )
        return Gazetteer(LayeredStore(held._store, overlay))

    return over


def ids(found):
    """Return the ids of matches."""
    return [match.place.id for match in found]


# Own places


def test_an_own_place_is_found_by_all_its_names(over):
    """In any spelling; it comes first even where a held place bears the name."""
    other = UserPlace(
        "user:t", "Tripoli", "farm", "LB", 1.0, 1.0, names={"fr": ("Tripoli-les-Bains",)}
    )
    gazetteer = over(MILL, other)
    assert ids(gazetteer.search("OLD-MILL")) == ["user:mill"]
    assert ids(gazetteer.search("tripoli les bains")) == ["user:t"]
    found = gazetteer.search("Tripoli")
    assert ids(found) == ["user:t", LY, LB]
    assert found[0].score > 0.99
    assert sum(match.score for match in found) <= 1.001


def test_an_own_place_comes_back_as_it_was_written(over):
    """Kinds and countries that nothing else has included."""
    own = replace(CAMP, names={"en": ("Rock Camp",), "ar": ("مخيم الصخرة",)}, valid_from="2012-05")
    camp = over(MILL, own).get("user:camp")
    assert (camp.name, camp.kind, camp.country) == ("مخيم الصخرة", "camp", "ZZ")
    assert (camp.lat, camp.lon, camp.admin1, camp.uncertainty_km) == (-5.0, 179.9, None, 1.0)
    assert camp.names == {"en": ("Rock Camp",), "ar": ("مخيم الصخرة",)}
    assert (camp.valid_from, camp.valid_to, camp.source) == ("2012-05", None, "user")
    assert over(MILL, own).get("user:mill").population == 5


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"kind": "mill"}, ["user:mill"]),
        ({"kind": "camp"}, []),
        ({"country": "LY"}, ["user:mill"]),
        ({"country": "ZZ"}, []),
        ({"box": (19, 29, 21, 31)}, ["user:mill"]),
        ({"box": (0, 0, 1, 1)}, []),
        ({"at": "2020-01-01"}, ["user:mill"]),
        ({"at": "1990-01-01"}, []),
    ],
)
def test_filters_know_own_places(over, options, expected):
    """Their kinds, countries, points and times."""
    mill = replace(MILL, valid_from="1994", valid_to="2021")
    assert ids(over(mill, CAMP).search("Old Mill", **options)) == expected


def test_an_own_place_without_a_kind_is_a_place(over):
    """As one that was drawn in a GIS."""
    drawn = replace(MILL, kind="")
    assert over(drawn).get("user:mill").kind == "place"
    assert ids(over(drawn).search("Old Mill", kind="place")) == ["user:mill"]


def test_misspelt_own_names_are_found(over):
    """In their script, and from another one."""
    gazetteer = over(UserPlace("user:q", "Qasr Mirdas", "village", "LY", 30.0, 20.0), CAMP)
    (slip,) = gazetteer.search("Qasr Mirdass")
    assert (slip.place.id, slip.name) == ("user:q", "Qasr Mirdas")
    assert 0.9 < slip.match < 1
    assert ids(gazetteer.search("قصر مرداس")) == ["user:q"]
    assert ids(gazetteer.search("Qasr Mirdass", fuzzy=False)) == []
    assert ids(gazetteer.search("Qasr Mirdass", country="ZZ")) == []


def test_own_places_are_read_in_texts(over):
    """Several of them, beside held ones."""
    village = UserPlace("user:v", "Umm Khashab", "village", "LY", 31.0, 15.0)
    third = UserPlace("user:w", "Wadi Zarqun", "valley", "LY", 31.5, 15.5)
    gazetteer = over(MILL, village, third)
    text = "They met in Umm Khashab, Libya. Troops went from Wadi Zarqun to Tripoli."
    found = {
        r.mention.text: r.place.id for r in gazetteer.geoparse(text) if r.mention.form == "name"
    }
    assert found["Umm Khashab"] == "user:v"
    assert found["Wadi Zarqun"] == "user:w"
    assert found["Libya"] == "iso:LY"


# Fixes


def test_a_fix_decides_what_a_name_means(over):
    """A name that is held, and one that is not; in search and in texts."""
    gazetteer = over(Fix("Tripoli", LB), Fix("El-Mina", LB))
    assert gazetteer.search("Tripoli")[0].place.id == LB
    assert gazetteer.search("Tripoli")[0].score > 0.99
    assert gazetteer.search("TRIPOLI", limit=1)[0].match == 1
    assert ids(gazetteer.search("el mina")) == [LB]
    (name,) = [r for r in gazetteer.geoparse("He flew to Tripoli.") if r.mention.text == "Tripoli"]
    assert name.place.id == LB


def test_a_fix_adds_no_name_to_the_place(over, held):
    """It says what a name means, and not what the place is called."""
    assert over(Fix("El-Mina", LB)).get(LB) == held.get(LB)


@pytest.mark.parametrize(
    ("fix", "options", "first"),
    [
        (Fix("Tripoli", LB, country="LB"), {}, LY),
        (Fix("Tripoli", LB, country="LB"), {"country": ["LB", "LY"]}, LB),
        (Fix("Tripoli", LB, country="LB"), {"country": "LY"}, LY),
        (Fix("Tripoli", LB, lang="fr"), {"lang": "en"}, LY),
        (Fix("Tripoli", LB, lang="fr"), {"lang": "fr"}, LB),
        (Fix("Tripoli", LB, country="LB", lang="fr"), {"lang": "fr"}, LY),
        (Fix("Tripoli", LB, country="LB", lang="fr"), {"lang": "fr", "country": ["LB", "LY"]}, LB),
    ],
)
def test_a_conditional_fix_holds_where_its_conditions_do(over, fix, options, first):
    """A country that is asked for, and a language."""
    assert over(fix).search("Tripoli", **options)[0].place.id == first


@pytest.mark.parametrize("order", [1, -1])
def test_two_fixes_of_one_name_hold_each_in_its_language(over, order):
    """In whatever order they were made: to two places, or twice to one."""
    to_both = [Fix("Tripoli", LB, lang="fr"), Fix("Tripoli", LY, lang="it")][::order]
    assert over(*to_both).search("Tripoli", lang="fr")[0].place.id == LB
    assert over(*to_both).search("Tripoli", lang="it")[0].place.id == LY
    to_one = [Fix("Tripoli", LB, lang="fr"), Fix("Tripoli", LB, lang="it")][::order]
    for lang in ("fr", "it"):
        found = over(*to_one).search("Tripoli", lang=lang)
        assert ids(found) == [LB, LY]
    assert over(*to_one).search("Tripoli", lang="en")[0].place.id == LY


def test_a_country_spoken_of_makes_a_conditional_fix_hold(over):
    """In a text it is the text that speaks of countries."""
    gazetteer = over(Fix("Tripoli", LB, country="LB"))

    def tripoli(text):
        (found,) = [r for r in gazetteer.geoparse(text) if r.mention.text == "Tripoli"]
        return found.place.id

    assert tripoli("He flew to Tripoli.") == LY
    assert tripoli("In Lebanon he flew to Tripoli.") == LB


def test_a_fix_may_lead_to_an_own_place(over):
    """Of the same file."""
    assert ids(over(MILL, Fix("The Wheel", "user:mill")).search("the wheel")) == ["user:mill"]


def test_a_spelling_that_is_there_twice_is_one_name(over):
    """An own place with names that fold alike is found once."""
    mill = replace(MILL, names={"en": ("Old Mill", "OLD MILL"), "fr": ("Old-Mill",)})
    (found,) = over(mill, Fix("old mill", "user:mill")).search("Old Mill")
    assert found.score == 1


# Held places that the user changed


def test_what_the_user_says_of_a_held_place_wins(over, held):
    """Name, kind, country, people, radius, time; the rest stays."""
    said = UserPlace("geonames:3", "Fika Town", "town", "CM", population=30_000, uncertainty_km=7.5,
                     names={"ha": ("Fika ta Arewa",)}, valid_to="2030")  # fmt: skip
    gazetteer = over(said)
    changed, before = gazetteer.get("geonames:3"), held.get("geonames:3")
    assert (changed.name, changed.kind, changed.country) == ("Fika Town", "town", "CM")
    assert (changed.population, changed.uncertainty_km, changed.valid_to) == (30_000, 7.5, "2030")
    assert (changed.lat, changed.lon) == (before.lat, before.lon)
    assert changed.names == {"en": ("Fika",), "ha": ("Fika ta Arewa",), "und": ("Fika Town",)}
    for name in ("Fika", "Fika Town", "fika ta arewa"):
        assert ids(gazetteer.search(name, kind="town", country="CM", at="2010-01-01")) == [
            "geonames:3"
        ]
    assert held.get("geonames:3") == before


def test_names_alone_leave_the_place_as_it_is(over, held):
    """Only the names come to those it has."""
    changed = over(UserPlace(LB, names={"en": ("Trablous",)})).get(LB)
    before = held.get(LB)
    assert changed == replace(
        before, names={"en": ("Tripoli", "Trablous"), "ar": ("طرابلس",)}, source="user"
    )


def test_a_moved_place_is_where_it_was_moved_to(over):
    """For its point, the nearest, boxes, polygons and what is at a point; not where it was."""
    gazetteer = over(UserPlace(LB, lat=-40.0, lon=-70.0))
    assert (gazetteer.get(LB).lat, gazetteer.get(LB).lon) == (-40.0, -70.0)
    assert gazetteer.nearest(-40, -71)[0].place.id == LB
    assert gazetteer.nearest(34.43, 35.84, kind="city", limit=5)[0].distance_km > 10_000
    assert [p.id for p in gazetteer.within((-71, -41, -69, -39))] == [LB]
    assert [p.id for p in gazetteer.within(shapely.Point(-70, -40).buffer(1))] == [LB]
    assert LB not in [p.id for p in gazetteer.within((35, 34, 36, 35))]
    assert gazetteer.reverse(-40, -70.5).nearest.place.id == LB
    assert gazetteer.reverse(34.43, 35.84).nearest.place.id == LY
    assert ids(gazetteer.search("Tripoli", box=(-71, -41, -69, -39))) == [LB]
    assert ids(gazetteer.search("Tripoli", near=(-40, -70)))[0] == LB


@settings(max_examples=30, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 9), st.booleans())
def test_the_nearest_are_those_of_a_full_search(held, lat, lon, limit, masked):
    """Own, moved and held places together."""
    overlay = Overlay((MILL, CAMP, UserPlace(LB, lat=-40.0, lon=-70.0)))
    store = LayeredStore(held._store, overlay)
    every = distances_km(lat, lon, np.asarray(store.lat_e5) / 1e5, np.asarray(store.lon_e5) / 1e5)
    accepted = np.arange(len(store)) % 2 == 0 if masked else None
    rows, km = store.space.nearest(lat, lon, limit=limit, accepted=accepted)
    counted = every[accepted] if masked else every
    assert np.array_equal(km, np.sort(counted)[:limit])
    assert np.array_equal(every[rows], km)
    box = (min(lon, 0.0), min(lat, 0.0), max(lon, 0.0), max(lat, 0.0))
    inside = in_box(np.asarray(store.lat_e5) / 1e5, np.asarray(store.lon_e5) / 1e5, box)
    assert sorted(store.space.within(*box).tolist()) == np.flatnonzero(inside).tolist()


# Shapes


def test_an_own_area_is_an_outline(over):
    """It contains points, and stands in the place of a held or composed one."""
    square = shapely.box(19, 29, 21, 31)
    own = replace(MILL, geometry=square)
    gazetteer = over(own, UserPlace("iso:LB", lat=30.0, lon=20.0, geometry=square),
                     UserPlace("region:x", lat=30.0, lon=20.0, geometry=square))  # fmt: skip
    for place_id in ("user:mill", "iso:LB", "region:x"):
        assert shapely.equals(gazetteer.geometry(place_id), square)
    at = {area.id for area in gazetteer.reverse(30, 20).areas}
    assert at == {"user:mill", "iso:LB", "region:x", "iso:LY"}
    assert gazetteer.reverse(34, 36).areas == ()
    assert 100 < gazetteer.get("user:mill").uncertainty_km < 140


def test_an_own_line_is_a_shape_and_contains_nothing(over):
    """A pipeline is drawn as it was, and no point lies in it."""
    line = shapely.LineString([(20, 30), (22, 32)])
    gazetteer = over(replace(MILL, geometry=line))
    assert shapely.equals(gazetteer.geometry("user:mill"), line)
    assert {area.id for area in gazetteer.reverse(30, 20).areas} == {"iso:LY"}
    assert not gazetteer._store.has_area(gazetteer._store.row("user:mill"))


# What is not held


def test_unknown_ids_are_passed_over_with_one_warning(held, tmp_path):
    """Of places and fixes; the rest of the file counts, and the file keeps them."""
    path = tmp_path / "own.geojson"
    overlay = Overlay(
        (MILL, UserPlace("geonames:404", names={"en": ("Gone",)})),
        (Fix("Nowhere", "geonames:405"), Fix("Never", "geonames:404"), Fix("Mill", "user:mill")),
    )
    write_overlay(path, overlay)
    before = path.read_bytes()
    with pytest.warns(UnknownInOverlayWarning) as caught:
        gazetteer = Gazetteer.open(held._store.folder, overlay=path)
    (warning,) = caught
    assert str(warning.message).count("geonames:404") == 1
    assert "geonames:405" in str(warning.message)
    assert str(path) in str(warning.message)
    assert ids(gazetteer.search("Mill")) == ["user:mill"]
    assert ids(gazetteer.search("Nowhere")) == ids(gazetteer.search("Gone")) == []
    with pytest.raises(UnknownPlaceError):
        gazetteer.get("geonames:404")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "items",
    [
        [Fix("Nowhere", "geonames:405")],
        [UserPlace("geonames:404", "Gone")],
        [UserPlace(LB, lat=1.0, lon=1.0)],
        [replace(MILL, name="—")],
        [replace(MILL, name="北京")],
    ],
    ids=["unknown fix", "unknown place", "no names", "nothing to fold", "no sounds"],
)
def test_an_overlay_may_hold_next_to_nothing(over, items):
    """No name that can be searched, or none that has a sound."""
    gazetteer = over(*items)
    assert set(ids(gazetteer.search("Tripoli"))) == {LY, LB}
    assert gazetteer.search("Trippoli")[0].place.id == LY
    assert gazetteer.geoparse("He flew to Tripoli.")[0].place.id == LY
    assert gazetteer.info()["places"] >= len(HELD)


def test_without_an_overlay_nothing_changes(held, tmp_path, monkeypatch):
    """No file at the usual place, an empty one, or none wanted."""
    path = tmp_path / "own.geojson"
    monkeypatch.setenv("GEOEVENTS_PLACES", str(path))
    folder = held._store.folder
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ids(Gazetteer.open(folder).search("Tripoli"))[0] == LY
        write_overlay(path, Overlay())
        assert ids(Gazetteer.open(folder).search("Tripoli"))[0] == LY
        write_overlay(path, Overlay(fixes=(Fix("Tripoli", LB),)))
        assert ids(Gazetteer.open(folder).search("Tripoli"))[0] == LB
        assert ids(Gazetteer.open(folder, overlay=False).search("Tripoli"))[0] == LY


def test_columns_read_alike_however_they_are_asked(held):
    """One row, some, or all at once."""
    overlay = Overlay((MILL, CAMP, UserPlace(LB, "Trablous", "town", "SY", 5.0, 6.0, population=7)))
    store = LayeredStore(held._store, overlay)
    for name in (
        "kind",
        "country",
        "lat_e5",
        "lon_e5",
        "population",
        "admin1",
        "prominence",
        "scripts",
    ):
        column = getattr(store, name)
        whole = np.asarray(column).tolist()
        assert len(column) == len(store) == len(whole)
        assert [int(column[row]) for row in range(len(store))] == whole
        some = [7, 3, 3, 0, 6]
        assert column[some].tolist() == column[np.array(some)].tolist() == [whole[i] for i in some]
        assert column[[]].tolist() == []


def test_the_shipped_gazetteer_carries_an_overlay(gazetteer):
    """Over 400,000 places as over six: a fix, an own place, a moved one."""
    overlay = Overlay(
        (MILL, UserPlace("geonames:587084", lat=0.5, lon=0.5)), (Fix("Tripoli", "geonames:266826"),)
    )
    over = Gazetteer(LayeredStore(gazetteer._store, overlay))
    assert over.search("Tripoli")[0].place.id == "geonames:266826"
    assert over.search("Old Mill")[0].place.id == "user:mill"
    assert over.nearest(0.5, 0.5)[0].place.id == "geonames:587084"
    assert over.search("Baku")[0].place.name == "Baku"
    assert over.search("Qarabag")[0].place == gazetteer.search("Qarabag")[0].place
    assert over.geometry("border@iso:AZ+iso:IR").equals(gazetteer.geometry("border@iso:AZ+iso:IR"))


def test_a_file_that_is_asked_for_must_be_there(held, tmp_path):
    """Only the usual one may be missing; a broken one is named and left as it is."""
    folder = held._store.folder
    with pytest.raises(OverlayMissingError, match="none"):
        Gazetteer.open(folder, overlay=tmp_path / "none.geojson")
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(OverlayBrokenError, match="broken"):
        Gazetteer.open(folder, overlay=broken)
    assert broken.read_text(encoding="utf-8") == "{"


def test_no_test_reads_the_places_of_whoever_runs_it():
    """The usual file is another one here."""
    assert not default_overlay_path().exists()
