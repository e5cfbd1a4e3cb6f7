"""Do the curated sites hold together? Checks the table against itself and its sources.

The structure is always checked. Points and agreements are computed anew from the packages they
were copied from when ``GEOEVENTS_SOURCES`` names the folder that holds them, unpacked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from tests.gazetteer.curated_tables import (
    DATE,
    GEOD,
    Packages,
    Row,
    packages_folder,
    read_cells,
    read_lines,
    spelled,
    stray_letters,
    untidy,
)

COLUMNS = [
    "id", "kind", "country", "lat", "lon", "uncertainty_km", "point_from", "valid_from",
    "valid_to", "viewpoint", "checked", "note", "en", "ar", "he", "ru", "fa", "tr", "fr", "uk",
    "zh", "other",
]  # fmt: skip
LANGUAGES = COLUMNS[COLUMNS.index("en") : -1]
KINDS = frozenset({
    "airbase", "airport", "naval_base", "military", "nuclear", "port", "crossing", "camp",
    "dam", "power_plant", "terminal", "prison", "launch_site", "oilfield",
})  # fmt: skip
ID = re.compile(r"icao:[A-Z]{4}|ourairports:[A-Z0-9-]+|site:[a-z0-9]+(-[a-z0-9]+)*")
SOURCE_ID = re.compile(r"icao:[A-Z0-9]{4}|ourairports:[A-Z0-9-]+|geonames:\d+")
BORROWED = re.compile(r"point of .+?; the site lies (about (\d+) km|in or beside)")
# Bare, these are words of the language (fact, yards, numerous, conscience, country) or a
# surname: the site is meant only where its generic word stands beside the name.
ORDINARY_WORDS = frozenset({
    "עובדה", "חצרים", "רמון", "גלילות", "العديد", "الضمير", "بلد", "الشعيرات", "حرير", "التقدم",
    "Andrews", "Dover", "Edwards", "Vandenberg", "Суда", "Куру", "Украинка", "Белая",
    "Северный", "قنديل", "النقب", "القاع", "الشيب", "الراعي", "الحمام", "جزل", "الشاعر", "التيم",
    "الورد", "ظهر", "آمال", "الوفاء", "السرير", "الشمال", "كوبر", "بدر", "جو", "الحوت", "المصنع",
    "الأقطان", "الصناعة", "الهدى", "الدامون", "نفحة", "שבורה", "סופה", "תמר", "כריש", "דמון",
    "אשל", "ניצן", "Бурган", "Матросы", "Кресты", "Сосна", "Изоляция",
})  # fmt: skip
UNVERIFIED_KM = 15.0
SAME_FIELD_KM = 5.0
SAME_TOWN_KM = 25.0
# Two shapes of one number must not differ by more than the rounding to 4 decimals.
ROUNDING_DEGREES = 0.00006

# country south west north east, in degrees: the extent of Natural Earth's 10m country polygon,
# rounded outwards; FR and NL without what lies overseas, GF by its towns. CN reaches down to the
# reefs it holds in the South China Sea, CY to the British bases on the island, AZ and KW out to
# oil platforms and islets off their coasts.
BOXES = """
AE 22.6 51.5 26.1 56.4; AF 29.3 60.4 38.5 74.9; AL 39.6 19.2 42.7 21.1; AM 38.8 43.4 41.3 46.7
AU -54.8 96.8 -9.2 159.2; AZ 38.3 44.7 41.9 50.9; BD 20.7 88 26.7 92.7; BE 49.4 2.5 51.6 6.5
BG 41.2 22.3 44.3 28.7; BH 25.5 50.3 26.3 50.9; BY 51.2 23.1 56.2 32.8; CF 2.2 14.3 11.1 27.5
CN 9.5 73.6 53.6 134.8; CU 19.8 -85 23.3 -74.1; CY 34.5 32.2 35.7 34.6; DE 47.2 5.8 55.1 15.1
DJ 10.9 41.7 12.8 43.5; DZ 18.9 -8.7 37.1 12; EE 57.5 21.8 59.7 28.2; EG 21.9 24.6 31.7 36.9
EH 20.7 -17.2 27.7 -8.6; ER 12.3 36.4 18.1 43.2; ES 27.6 -18.2 43.8 4.4; ET 3.4 32.9 14.9 48
FR 41.3 -5.2 51.2 9.6; GB 49.9 -13.7 60.9 1.8; GE 41 39.9 43.6 46.7; GF 3.3 -54.7 6.1 -51.5
GL 59.7 -73.1 83.7 -11.3; GR 34.8 19.6 41.8 28.3; GU 13.2 144.6 13.7 145; IL 29.4 34.2 33.3 35.7
IN 6.7 68.1 35.7 97.4; IO -7.5 71.2 -5.2 72.5; IQ 29 38.7 37.4 48.6; IR 25 44 39.8 63.4
IS 63.3 -24.6 66.6 -13.5; IT 35.4 6.6 47.1 18.6; JO 29.1 34.9 33.4 39.3; JP 24.2 122.9 45.6 154
KE -4.7 33.8 5.1 41.9; KG 39.1 69.2 43.3 80.3; KH 10.4 102.3 14.8 107.7
KP 37.6 124.2 43.1 130.7; KR 33.1 124.6 38.7 131; KW 28.5 46.5 30.1 48.8; KZ 40.5 46.4 55.5 87.4
LB 33 35 34.7 36.7; LK 5.9 79.6 9.9 81.9; LT 53.8 20.9 56.5 26.9; LY 19.4 9.2 33.2 25.2
MA 27.6 -13.2 36 -1; ME 41.8 18.4 43.6 20.4; ML 10.1 -12.3 25 4.3; NE 11.6 0.1 23.6 16
NL 50.7 3.3 53.6 7.3; OM 16.6 51.9 26.4 59.9; PH 4.6 116.9 21.2 126.7; PK 23.6 60.8 37.1 77.1
PL 48.9 14.1 54.9 24.2; PR 17.9 -68 18.6 -65.2; PS 31.2 34.2 32.6 35.6; PT 30 -31.3 42.2 -6.2
QA 24.5 50.7 26.2 51.7; RO 43.6 20.2 48.3 29.7; RU 41.1 -180 81.9 180; SA 16.3 34.5 32.2 55.7
SD 8.6 21.8 22.3 38.7; SO -1.7 40.9 12 51.5; SY 32.3 35.7 37.4 42.4; TD 7.4 13.4 23.5 24
TJ 36.6 67.3 41.1 75.2; TN 30.2 7.4 37.4 11.6; TR 35.8 25.6 42.1 44.9; TW 21.9 118.2 25.3 122.1
UA 44.3 22.1 52.4 40.2; US 18.9 -179.2 71.5 179.8; UZ 37.1 55.9 45.6 73.2
VN 8.5 102.1 23.4 109.5; XK 41.8 20 43.3 21.8; YE 12.1 42.5 19 54.6
AO -18.1 11.6 -4.3 24.1; AT 46.3 9.5 49.1 17.2; BA 42.5 15.7 45.3 19.7; BF 9.3 -5.6 15.1 2.4
BJ 6.2 0.7 12.4 3.9; BR -33.8 -74.1 5.3 -28.8; CD -13.5 12.2 5.4 31.3; CM 1.6 8.5 13.1 16.3
CO -4.3 -81.8 13.6 -66.8; CZ 48.5 12 51.1 18.9; DO 17.5 -72.1 20 -68.3; EC -5.1 -92.1 1.7 -75.2
FI 59.8 20.6 70.1 31.6; GH 4.7 -3.3 11.2 1.2; HR 42.4 13.5 46.6 19.5; HU 45.7 16 48.6 22.9
LA 13.9 100 22.5 107.7; LV 55.6 20.9 58.1 28.3; MD 45.4 26.6 48.5 30.2; MH 4.5 165.2 14.7 172.1
MK 40.8 20.4 42.4 23.1; MM 9.7 92.1 28.6 101.2; MR 14.7 -17.1 27.3 -4.8; MT 35.8 14.1 36.1 14.6
MY 0.8 99.6 7.4 119.3; MZ -26.9 30.2 -10.4 40.9; NA -29 11.7 -16.9 25.3; NG 4.2 2.6 13.9 14.7
NO -54.5 -9.2 80.8 33.7; NZ -52.7 -178 -8.5 178.9; PA 7.2 -83.1 9.7 -77.1
PE -18.4 -81.4 0 -68.6; PF -27.7 -154.6 -7.9 -134.9; PG -11.7 140.8 -1.3 156
RS 42.2 18.8 46.2 23; RW -2.9 28.8 -1 30.9; SE 55.3 11.1 69.1 24.2; SG 1.2 103.6 1.5 104.1
SI 45.4 13.3 46.9 16.6; SK 47.7 16.8 49.7 22.6; SN 12.3 -17.6 16.7 -11.3; SS 3.4 24.1 12.3 36
SV 13.1 -90.2 14.5 -87.6; TH 5.6 97.3 20.5 105.7; TM 35.1 52.4 42.8 66.7; TZ -11.8 29.3 -0.9 40.5
UG -1.5 29.5 4.3 35.1; VE 0.6 -73.4 15.8 -59.8; ZA -47 16.4 -22.1 38; ZM -18.1 21.9 -8.1 33.7
AR -55.1 -73.6 -21.7 -53.6; CA 41.6 -141.1 83.2 -52.6; CH 45.8 5.9 47.9 10.5
CI 4.3 -8.7 10.8 -2.5; DK 54.5 8 57.8 15.2; HK 22.1 113.8 22.6 114.5; ID -11 95 6 141
IE 51.4 -10.5 55.4 -5.9; MV -0.7 72.6 7.2 73.8; MX 14.5 -118.4 32.8 -86.7; NP 26.3 80 30.5 88.2
"""


@dataclass(frozen=True)
class Site(Row):
    """One line of the table."""

    @property
    def lat_lon(self) -> tuple[float, float]:
        """Latitude and longitude in degrees (EPSG:4326)."""
        return float(self.cells["lat"]), float(self.cells["lon"])


@cache
def sites() -> tuple[Site, ...]:
    """Return every row of the table."""
    return tuple(map(Site, read_cells("sites")))


def boxes() -> dict[str, tuple[float, float, float, float]]:
    """Return south, west, north and east of each country, in degrees."""
    parts = [entry.split() for entry in BOXES.replace("\n", ";").split(";") if entry.strip()]
    return {
        country: (float(south), float(west), float(north), float(east))
        for country, south, west, north, east in parts
    }


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the geodesic distance in km between two (lat, lon) points."""
    metres = GEOD.inv(one[1], one[0], other[1], other[0])[2]
    return float(metres) / 1000.0


def words(text: str) -> str:
    """Return the words of a name without case and accents, a blank at each side."""
    letters = unicodedata.normalize("NFD", text.lower())
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    tokens = re.findall(r"\w+", plain.replace("ı", "i").replace("ł", "l"))
    return f" {' '.join(tokens)} "


class Sources(Packages):
    """The packages the points were copied from, and the names that they give."""

    def field_names(self, code: str) -> str:
        """Return an airfield's name and municipality as :func:`words` of both sources."""
        ours, other = self.ourairports.get(code, {}), self.airportsdata.get(code, {})
        texts = ours.get("name", ""), ours.get("municipality", ""), other.get("name", "")
        return "".join(map(words, texts))

    def town_names(self, code: str) -> list[str]:
        """Return a town's names, each as :func:`words`."""
        town = self.geonames[code]
        return [words(name) for name in (town["name"], *town["alternatenames"])]


@pytest.fixture(scope="module")
def sources() -> Sources:
    """Return the unpacked packages, where they are at hand."""
    return Sources(packages_folder())


def test_the_table_has_the_documented_columns_and_no_ragged_line() -> None:
    """Every line has exactly the columns the table's readers expect."""
    header, *lines = read_lines("sites")
    assert header == COLUMNS
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []
    assert len(lines) >= 1500


def test_ids_are_well_formed_and_unique() -> None:
    """An id names an airfield of the gazetteer or is a slug of our own, and stands once."""
    counts = Counter(site.id for site in sites())
    assert [key for key in counts if not ID.fullmatch(key)] == []
    assert [key for key, count in counts.items() if count > 1] == []


def test_rows_are_sorted_by_country_kind_and_id() -> None:
    """Rows stand in one order, so that two edits do not shuffle the file."""
    keys = [(site.cells["country"], site.cells["kind"], site.id) for site in sites()]
    assert keys == sorted(keys)


def test_text_is_composed_and_free_of_stray_blanks() -> None:
    """Cells are NFC, without blanks at their ends and without empty variants."""
    for site in sites():
        assert untidy(site, LANGUAGES) == [], site.id


def test_kinds_are_known() -> None:
    """A kind is one of those the map and the resolver know."""
    assert {site.cells["kind"] for site in sites()} <= KINDS


def test_every_site_has_an_english_name() -> None:
    """The display name falls back on English, so English is never empty."""
    assert [site.id for site in sites() if not site.names("en")] == []


def test_no_name_is_given_twice() -> None:
    """A name stands once in its cell and belongs to one site only."""
    for site in sites():
        for lang in LANGUAGES:
            assert len(set(site.names(lang))) == len(site.names(lang)), (site.id, lang)
    owners: dict[str, set[str]] = {}
    for site, _, name in spelled(sites(), LANGUAGES):
        owners.setdefault(name.casefold(), set()).add(site.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_names_are_written_in_their_language_s_script() -> None:
    """Letters of another script, or of another language of the same script, are a slip."""
    for site, lang, name in spelled(sites(), LANGUAGES):
        assert stray_letters(name, lang, has_codes=True) == "", (site.id, lang, name)


def test_ordinary_words_never_stand_bare() -> None:
    """A base called as a common word or a surname is named with its generic word only."""
    names = spelled(sites(), LANGUAGES)
    assert [(site.id, name) for site, _, name in names if name in ORDINARY_WORDS] == []


def test_points_lie_in_the_country_named() -> None:
    """A point outside its country's extent was copied from the wrong source row."""
    extents = boxes()
    for site in sites():
        lat, lon = site.lat_lon
        south, west, north, east = extents[site.cells["country"]]
        assert south <= lat <= north, (site.id, lat)
        assert west <= lon <= east, (site.id, lon)


def test_what_could_not_be_checked_says_so_and_is_uncertain() -> None:
    """An unverified point carries a radius of at least 15 km."""
    for site in sites():
        assert site.uncertainty_km > 0, site.id
        if site.cells["checked"] == "unverified":
            assert site.uncertainty_km >= UNVERIFIED_KM, site.id


def test_a_point_is_checked_against_another_source_than_its_own() -> None:
    """The check names an id of a source that the point does not come from."""
    for site in sites():
        point_from, checked = site.cells["point_from"], site.cells["checked"]
        assert SOURCE_ID.fullmatch(point_from), (site.id, point_from)
        if checked != "unverified":
            assert SOURCE_ID.fullmatch(checked), (site.id, checked)
            assert checked.partition(":")[0] != point_from.partition(":")[0], site.id


def test_a_town_s_point_for_a_site_says_how_far_the_site_is() -> None:
    """Where no source holds the site, the note tells its offset from the point taken instead."""
    for site in sites():
        borrowed = BORROWED.match(site.cells["note"])
        if site.cells["point_from"].startswith("geonames:") and not borrowed:
            assert site.cells["kind"] == "camp", site.id
        if borrowed:
            assert site.uncertainty_km >= float(borrowed[2] or 0), site.id


def test_dates_are_iso_and_in_order() -> None:
    """A span of validity begins before it ends."""
    for site in sites():
        begin, end = site.cells["valid_from"], site.cells["valid_to"]
        assert all(DATE.fullmatch(date) for date in (begin, end) if date), site.id
        assert not (begin and end) or begin < end, site.id


@pytest.mark.parametrize(
    ("site_id", "lang", "name"),
    [
        ("icao:LLOV", "ar", "عوفدا"),
        ("icao:LLOV", "he", "בסיס עובדה"),
        ("icao:LLOV", "ru", "Увда"),
        ("icao:OSLK", "ar", "حميميم"),
        ("icao:LTAG", "ar", "إنجرليك"),
        ("icao:ORAA", "fa", "عین الاسد"),
        ("icao:OTBH", "ar", "قاعدة العديد الجوية"),
        ("site:natanz-nuclear-facility", "ar", "نطنز"),
        ("site:fordow-enrichment-plant", "he", "פורדו"),
        ("site:dimona-nuclear-centre", "ar", "مفاعل ديمونا"),
        ("site:bushehr-nuclear-power-plant", "ru", "АЭС Бушер"),
        ("site:rafah-crossing", "ar", "معبر رفح"),
        ("site:zaporizhzhia-nuclear-power-plant", "uk", "Запорізька АЕС"),
        ("site:grand-ethiopian-renaissance-dam", "ar", "سد النهضة"),
        ("site:rafah-crossing", "ar", "معبر رفح البري"),
        ("site:jarabulus-crossing", "ar", "معبر جرابلس"),
        ("site:bazargan-crossing", "fa", "مرز بازرگان"),
        ("site:leviathan-gas-field", "he", "מאגר לוויתן"),
        ("site:port-sudan-port", "fr", "port de Port-Soudan"),
        ("site:rajai-shahr-prison", "fa", "زندان رجایی شهر"),
        ("site:kapikule-crossing", "tr", "Kapıkule Sınır Kapısı"),
        ("site:ghwayran-prison", "ar", "سجن غويران"),
        ("site:paks-nuclear-plant", "ru", "АЭС Пакш"),
        ("site:auschwitz", "he", "אושוויץ"),
    ],
)
def test_names_the_news_uses_are_held(site_id: str, lang: str, name: str) -> None:
    """Sites in the news every week are found by the name their readers see."""
    (site,) = [site for site in sites() if site.id == site_id]
    assert name in site.names(lang)


def test_points_are_those_of_the_source_they_name(sources: Sources) -> None:
    """No coordinate was typed by hand: each is its source's, to four decimals."""
    for site in sites():
        lat, lon = sources.lat_lon(site.cells["point_from"])
        assert site.lat_lon == pytest.approx((lat, lon), abs=ROUNDING_DEGREES), site.id


def test_two_sources_of_an_airfield_agree_within_5_km(sources: Sources) -> None:
    """An airfield checked against the other airfield list lies at the same spot in both."""
    for site in sites():
        point_from, checked = site.cells["point_from"], site.cells["checked"]
        if point_from.startswith("icao:") and checked.startswith("ourairports:"):
            row = sources.ourairports[checked.partition(":")[2]]
            assert point_from.partition(":")[2] in {row["ident"], row["gps_code"]}, site.id
            assert km_between(site.lat_lon, sources.lat_lon(checked)) <= SAME_FIELD_KM, site.id


def test_a_point_checked_against_a_town_lies_at_the_town_it_is_named_for(sources: Sources) -> None:
    """An airfield and a town that confirm each other share a name and lie within 25 km."""
    for site in sites():
        pair = {site.cells["point_from"], site.cells["checked"]}
        towns = [key for key in pair if key.startswith("geonames:")]
        if len(towns) != 1 or "unverified" in pair:
            continue
        (field,) = pair - set(towns)
        assert km_between(site.lat_lon, sources.lat_lon(site.cells["checked"])) <= SAME_TOWN_KM
        held = sources.field_names(field.partition(":")[2])
        town = sources.town_names(towns[0].partition(":")[2])
        assert any(name in held for name in town), (site.id, held, town[:5])
