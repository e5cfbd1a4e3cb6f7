"""Places and names of full GeoNames files join the held ones, and none is there twice."""

from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest

from gazetteer import Gazetteer, UnknownPlaceError
from gazetteer.errors import SourceError
from gazetteer.index import layout
from gazetteer.index.build import build_index
from gazetteer.index.world import World
from gazetteer.sources import delimited

# What is held: a country, a division, its capital, an air base, a sea, a river, another town.
HELD = (
    {"id": "iso:AZ", "kind": "country", "at": (40.5, 47.5), "country": "AZ", "radius_km": 250,
     "names": {"en": ["Azerbaijan"]}, "equivalents": "geonames:587116 gn_a1:AZ."},
    {"id": "iso:AZ-BA", "kind": "admin1", "at": (40.4, 49.8), "country": "AZ",
     "names": {"en": ["Baku City"]}, "equivalents": "gn_a1:AZ.09"},
    {"id": "geonames:587084", "kind": "capital", "at": (40.378, 49.892), "country": "AZ",
     "admin1": "iso:AZ-BA", "population": 1_000_000,
     "names": {"en": ["Baku"], "und": ["Bakou", "Bacu"], "und-Arab": ["باكو"]}},
    {"id": "icao:LLOV", "kind": "airbase", "at": (29.94, 34.94), "country": "IL",
     "names": {"en": ["Ovda Air Base"]}, "codes": ["LLOV"], "equivalents": "iata:VDA"},
    {"id": "sea:caspian", "kind": "sea", "at": (41.5, 50.5), "radius_km": 500,
     "names": {"en": ["Caspian Sea"]}},
    {"id": "ne:river", "kind": "river", "at": (40.0, 48.0), "radius_km": 100,
     "names": {"en": ["Kura"], "ru": ["Кура"]}},
    {"id": "geonames:2867714", "kind": "city", "at": (48.14, 11.58), "country": "DE",
     "names": {"en": ["Munich"]}, "population": 1_500_000},
)  # fmt: skip


def place(number, name, at, feature, *, country="AZ", admin1="", population=0, alternates=""):
    """Return a line of ``allCountries.txt``."""
    klass, _, code = feature.partition(".")
    fields = [
        *(number, name, name, alternates, *at, klass, code, country, "", admin1),
        *("", "", "", population, "", "", "Asia/Baku", "2024-01-01"),
    ]
    return "\t".join(map(str, fields))


def name(number, lang, text, flags=("", "", "", "")):
    """Return a line of ``alternateNamesV2.txt``; flags: preferred, short, colloquial, historic."""
    return "\t".join(["7", str(number), lang, text, *flags, "", ""])


PLACES = [
    place(587116, "Republic of Azerbaijan", (40.5, 47.5), "A.PCLI"),
    place(587084, "Baku", (40.37767, 49.89201), "P.PPLC", admin1="09", population=1_116_513),
    place(1, "Xırdalan", (40.45, 49.75), "P.PPL", admin1="09", population=103_000,
          alternates="khirdalan,Хырдалан,https://a.az"),
    place(2, "Ovda", (29.95, 34.93), "S.AIRB", country="IL"),
    place(3, "Caspian Sea", (42.0, 50.0), "H.SEA", country=""),
    place(4, "Kura", (40.3, 48.5), "H.STM"),
    place(5, "Kura", (-10.0, 20.0), "H.STM", country="AO"),
    place(6, "Chemnitz", (50.83, 12.92), "P.PPL", country="DE", admin1="13", population=240_000),
    place(7, "Alat", (39.94, 49.4), "P.PPL", admin1="00", population=900),
    place(8, "Mount Babadag", (41.0, 48.3), "T.MT"),
    place(9, "Munich", (48.1, 11.6), "A.ADM3", country="DE"),
    place(10, "Far Field", (29.0, 20.0), "S.AIRF", country="LY"),
]  # fmt: skip
NAMES = [
    name(587084, "fr", "Bakou", ("1", "", "", "")),
    name(587084, "ar", "باكو"),
    name(587084, "", "Baku"),
    name(587084, "en", "Baku"),
    name(587084, "en", "City of Winds", ("", "", "1", "")),
    name(587084, "", "bakww"),
    name(587084, "link", "https://en.wikipedia.org/wiki/Baku"),
    name(587084, "wkdt", "Q9248"),
    name(587084, "post", "1000"),
    name(1, "ru", "Хырдалан"),
    name(1, "az", "Xırdalan şəhəri", ("1", "", "", "")),
    name(1, "", "khirdalan"),
    name(1, "wkdt", "Q844756"),
    name(1, "wkdt", "none"),
    name(2, "icao", "LLOV"),
    name(2, "he", "עובדה"),
    name(2, "wkdt", "Q1"),
    name(4, "az", "Kür"),
    name(6, "de", "Karl-Marx-Stadt", ("", "", "", "1")),
    name(6, "unlc", "DECHE"),
    name(8, "abbr", "MB"),
    name(10, "icao", "LLOV"),
    name(999, "en", "Nowhere"),
    name(587116, "wkdt", "Q227"),
]  # fmt: skip


@pytest.fixture
def files(tmp_path):
    """Return a function: the world of some lines, with what is told of faulty ones."""

    def files(places=PLACES, names=NAMES, *, packed=False):
        paths, problems = {}, []
        for stem, lines in (("allCountries", places), ("alternateNamesV2", names)):
            text = None if lines is None else "".join(f"{line}\n" for line in lines)
            path = tmp_path / f"{stem}.{'zip' if packed else 'txt'}"
            paths[stem] = None if text is None else path
            if text is not None and packed:
                with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr(f"{stem}.txt", text)
            elif text is not None:
                path.write_text(text, encoding="utf-8")
        world = World(
            paths["allCountries"], paths["alternateNamesV2"], tmp_path / "work", problems.append
        )
        return world, problems

    return files


@pytest.fixture
def built(files, draft, tmp_path):
    """Return a function: a gazetteer of the held places and some lines, and the problems."""

    def built(*args, held=HELD, **options):
        world, problems = files(*args, **options)
        folder = build_index(tmp_path / "index", draft=draft(*held), world=world)
        return Gazetteer.open(folder), problems

    return built


@pytest.fixture
def world(built):
    """Return the gazetteer of all lines above."""
    gazetteer, problems = built()
    assert problems == []
    return gazetteer


def ids(gazetteer, name, **options):
    """Return the ids of the places of a name."""
    return {match.place.id for match in gazetteer.search(name, fuzzy=False, **options)}


# Places


def test_a_place_with_a_held_number_is_the_held_one(world):
    """Its own id or an equivalent; what is held of it stays as it is."""
    baku = world.get("geonames:587084")
    assert (baku.name, baku.lat, baku.population, baku.source) == (
        "Baku",
        40.378,
        1_000_000,
        "test",
    )
    assert world.get("geonames:587116").id == "iso:AZ"
    assert ids(world, "Baku") == {"geonames:587084"}
    assert world.info()["places"] == len(HELD) + 7


def test_a_new_place_has_what_the_file_says(world):
    """Kind by feature and inhabitants, point, country, division, radius of its kind."""
    new = world.get("geonames:1")
    assert (new.name, new.kind, new.lat, new.lon) == ("Xırdalan", "city", 40.45, 49.75)
    assert (new.country, new.admin1, new.population) == ("AZ", "iso:AZ-BA", 103_000)
    assert (new.uncertainty_km, new.source) == (10, "GeoNames")
    assert world.get("geonames:8").kind == "mountain"


@pytest.mark.parametrize("number", [7, 8, 6])
def test_a_place_without_a_division_gets_none(world, number):
    """No code, ``00``, or one that is not held; a held place that claims "AZ." is no division."""
    assert world.get(f"geonames:{number}").admin1 is None


def test_an_airfield_is_the_held_one_of_its_code_that_is_near(world):
    """A field with the same code a continent away is another."""
    assert world.get("geonames:2").id == "icao:LLOV"
    assert ids(world, "עובדה") == ids(world, "LLOV") - {"geonames:10"} == {"icao:LLOV"}
    assert world.get("geonames:10").id == "geonames:10"


def test_a_natural_feature_is_the_held_one_of_its_name_and_sort_that_is_near(world):
    """The sea, the river; not the Kura in Angola, and no town for a river."""
    assert world.get("geonames:3").id == "sea:caspian"
    assert world.get("geonames:4").id == "ne:river"
    assert ids(world, "Kura") == {"ne:river", "geonames:5"}
    assert ids(world, "Kür") == {"ne:river"}
    assert world.get("geonames:9").kind != "city"


def test_wikidata_ids_lead_to_their_places(world):
    """Held, merged and new ones; what is no number leads nowhere."""
    found = {q: world.get(f"wikidata:{q}").id for q in ("Q9248", "Q844756", "Q1", "Q227")}
    assert found == {
        "Q9248": "geonames:587084", "Q844756": "geonames:1", "Q1": "icao:LLOV", "Q227": "iso:AZ",
    }  # fmt: skip
    assert world.get("geonames:1").equivalents == ("wikidata:Q844756",)
    for unknown in ("wikidata:Q2", "wikidata:none", "wikidata:Q"):
        with pytest.raises(UnknownPlaceError):
            world.get(unknown)


def test_places_are_found_by_where_they_are(world):
    """The grid holds the new ones too."""
    assert world.nearest(40.46, 49.74)[0].place.id == "geonames:1"
    assert [p.id for p in world.within((49.6, 40.4, 49.8, 40.5), kind="city")] == ["geonames:1"]


# Names


def test_a_tagged_name_takes_the_place_of_an_untagged_one(world):
    """Held without a language, it has one now; the same name twice is one."""
    names = world.get("geonames:587084").names
    assert names["fr"] == ("Bakou",)
    assert names["ar"] == ("باكو",)
    assert names["en"] == ("Baku", "City of Winds")
    assert names["und"] == ("Bacu",)
    assert "und-Arab" not in names


def test_machine_romanisations_links_and_postal_codes_are_no_names(world):
    """Nor codes that no news writes."""
    for text in ("bakww", "khirdalan", "https://a.az", "1000", "DECHE", "Q9248"):
        assert ids(world, text) == set()


def test_names_keep_their_kinds(world):
    """Historic and colloquial ones stand behind the others; abbreviations are codes."""
    store = world._store
    kinds = {
        store.name(i): store.name_kind(i)
        for number in (587084, 6, 8, 2)
        for row in [store.row(f"geonames:{number}")]
        for i in range(store._first_name[row], store._first_name[row + 1])
    }
    assert kinds["Karl-Marx-Stadt"] == "historical"
    assert kinds["City of Winds"] == "colloquial"
    assert kinds["MB"] == kinds["LLOV"] == "code"
    assert kinds["Bakou"] == kinds["Chemnitz"] == "alternate"
    assert ids(world, "MB") == {"geonames:8"}
    assert ids(world, "mb") == set()


def test_the_name_for_display_is_that_of_the_places_file(world):
    """Then preferred ones, then the others, then those that were borne once."""
    assert world.get("geonames:6").name == "Chemnitz"
    assert world.get("geonames:1").name == "Xırdalan"
    assert world.get("geonames:1").name_in("az") == "Xırdalan şəhəri"
    assert ids(world, "Karl-Marx-Stadt") == {"geonames:6"}


def test_names_of_places_that_are_not_there_are_left_out(world):
    """Their place is in no file."""
    assert ids(world, "Nowhere") == set()


def test_without_a_file_of_names_those_of_the_places_are_taken(built):
    """Untagged, and without machine romanisations and addresses."""
    gazetteer, problems = built(PLACES, None)
    assert gazetteer.get("geonames:1").names == {"und": ("Xırdalan", "Хырдалан")}
    assert ids(gazetteer, "Хырдалан") == {"geonames:1"}
    assert problems == []
    assert gazetteer.info()["places"] == len(HELD) + 8  # no codes: the air base is there twice


# Faults


def test_a_faulty_line_is_told_and_left_out(built):
    """Its file, its number and why; the others are read."""
    broken = [*PLACES[:2], "1\tshort", place("x", "No Number", (1, 1), "P.PPL"),
              place(11, "High", (91, 1), "P.PPL"), *PLACES[2:]]  # fmt: skip
    gazetteer, problems = built(broken, [*NAMES, "7\t1\tru", name(1, "de", "")])
    told = {(problem.path.stem, problem.line) for problem in problems}
    assert told == {
        ("allCountries", 3), ("allCountries", 4), ("allCountries", 5),
        ("alternateNamesV2", len(NAMES) + 1), ("alternateNamesV2", len(NAMES) + 2),
    }  # fmt: skip
    assert all(problem.why for problem in problems)
    assert gazetteer.get("geonames:1").name == "Xırdalan"
    assert ids(gazetteer, "High") == set()


def test_a_number_that_is_there_twice_is_one_place(built):
    """The first line counts; the names are of both."""
    again = place(1, "Second Name", (10.0, 10.0), "P.PPL", country="DE")
    gazetteer, _ = built([*PLACES, again])
    assert gazetteer.get("geonames:1").lat == 40.45
    assert gazetteer.info()["places"] == len(HELD) + 7


def test_a_damaged_file_leaves_no_index(files, draft, tmp_path):
    """A zip that is cut short is one error, and what is left is only what was read whole."""
    world, _ = files(packed=True)
    packed = world.alternate_names.read_bytes()
    world.alternate_names.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceError):
        build_index(tmp_path / "index", draft=draft(*HELD), world=world)
    assert not (tmp_path / "index").exists()
    assert (tmp_path / "work" / "places" / "done.json").exists()


# The build


def test_zipped_and_plain_files_make_the_same_index(files, draft, tmp_path):
    """Byte by byte, but for the names of the files in the manifest."""
    made = []
    for packed in (False, True):
        world, _ = files(packed=packed)
        folder = build_index(tmp_path / f"index-{packed}", draft=draft(*HELD), world=world)
        made.append({p.name: p.read_bytes() for p in folder.iterdir() if p.name != layout.MANIFEST})
        world.forget()
    assert made[0] == made[1]


def test_the_manifest_names_the_files(files, draft, tmp_path):
    """So that an index says what it was made of."""
    world, _ = files()
    folder = build_index(tmp_path / "index", draft=draft(*HELD), world=world)
    manifest = json.loads((folder / layout.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["world"] == {
        "places": "allCountries.txt", "alternate_names": "alternateNamesV2.txt",
    }  # fmt: skip
    assert manifest["counts"]["places"] == len(HELD) + 7


def test_an_interrupted_build_goes_on_with_the_file_that_was_not_finished(files, draft, tmp_path):
    """What was read whole is not read again; the index is as if nothing had happened."""
    world, _ = files()
    whole = build_index(tmp_path / "whole", draft=draft(*HELD), world=world)
    world.forget()
    assert not world.work.exists()

    def stop(_share, what):
        if what.startswith("reading names"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path / "index", draft=draft(*HELD), world=world, on_progress=stop)
    assert not (tmp_path / "index").exists()
    told = []
    folder = build_index(
        tmp_path / "index", draft=draft(*HELD), world=world, on_progress=lambda _, w: told.append(w)
    )
    assert not [what for what in told if what.startswith("reading places:")]
    assert [what for what in told if what.startswith("reading names:")]
    for path in whole.iterdir():
        assert (folder / path.name).read_bytes() == path.read_bytes()


def test_what_was_left_out_is_told_again_when_a_build_goes_on(files, draft, tmp_path):
    """Lines of a file that is not read again count as before."""
    world, problems = files([*PLACES, "1\tshort"])
    build_index(tmp_path / "first", draft=draft(*HELD), world=world)
    first = list(problems)
    assert [(problem.path.stem, problem.line) for problem in first] == [
        ("allCountries", len(PLACES) + 1)
    ]
    problems.clear()
    build_index(tmp_path / "second", draft=draft(*HELD), world=world)
    assert problems == first


def test_a_file_that_has_changed_is_read_anew(files, draft, tmp_path):
    """Its size or its time is another; so is the use that is made of it."""
    world, _ = files()
    build_index(tmp_path / "first", draft=draft(*HELD), world=world)
    world, _ = files([*PLACES, place(12, "Newtown", (40, 48), "P.PPL")])
    found = Gazetteer.open(build_index(tmp_path / "second", draft=draft(*HELD), world=world))
    assert ids(found, "Newtown") == {"geonames:12"}
    world, _ = files(
        [*PLACES, place(12, "Newtown", (40, 48), "P.PPL", alternates="Neustadt")], None
    )
    found = Gazetteer.open(build_index(tmp_path / "third", draft=draft(*HELD), world=world))
    assert ids(found, "Neustadt") == {"geonames:12"}


def test_columns_of_chunks_are_one(files, draft, tmp_path, monkeypatch):
    """How much is read at a time changes nothing."""
    made = []
    for block_bytes in (delimited.BLOCK_BYTES, 300):
        monkeypatch.setattr(delimited, "BLOCK_BYTES", block_bytes)
        world, _ = files()
        folder = build_index(tmp_path / str(block_bytes), draft=draft(*HELD), world=world)
        world.forget()
        store = Gazetteer.open(folder)._store
        made.append([store.place(row) for row in range(len(store))])
    assert made[0] == made[1]


def test_kinds_that_nothing_has_are_not_kinds(world):
    """A search for them is refused as for any other word."""
    kinds = world.info()["kinds"]
    assert all(kinds.values())
    assert "" not in kinds


def test_every_name_finds_its_place(world):
    """Held and read ones."""
    store = world._store
    for row in range(len(store)):
        for texts in store.names_of(row).values():
            for text in texts:
                assert store.place_id(row) in ids(world, text)


def test_held_columns_stay_in_front(world):
    """Rows of held places are those of the draft: areas and divisions keep their meaning."""
    store = world._store
    assert [store.place_id(row) for row in range(len(HELD))] == [held["id"] for held in HELD]
    assert np.array_equal(store.admin1[:3], [-1, -1, 1])
