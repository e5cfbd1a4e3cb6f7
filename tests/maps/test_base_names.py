"""The names of seas and cities under the events are in the reader's language."""

import base64
import csv
import gzip
import itertools
import json
import unicodedata

import pytest

from maps import basemap, words
from maps.data import data_path

#: Bytes that the names of a page may have before they are packed.
MOST = 150_000


def rows() -> list[dict[str, str]]:
    """Return the table as it stands."""
    with data_path("maps", "place_labels.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shown(lang: str) -> dict[str, str]:
    """Return what the places are called in a page, by id."""
    texts = basemap.names(lang)["text"]
    return {row["id"]: text for row, text in zip(rows(), texts, strict=True)}


@pytest.mark.parametrize("lang", [*words.languages(), "de", "ar-EG"])
def test_a_page_gets_the_names_of_one_language_and_few_bytes(lang: str) -> None:
    """Names and countries together stay below the limit, packed and unpacked alike."""
    names = json.loads(gzip.decompress(base64.b64decode(basemap.packed_names(lang))))
    raw = json.dumps([names, basemap.labels(lang)], ensure_ascii=False, separators=(",", ":"))
    assert len(raw.encode()) < MOST
    assert len(basemap.packed_names(lang)) < MOST / 2
    assert names == basemap.names(lang)
    assert {len(column) for column in names.values()} == {len(rows())}
    assert all(text == text.strip() and text for text in names["text"])


@pytest.mark.parametrize(
    ("lang", "gulf", "baku", "sea"),
    [
        ("ar", "الخليج العربي", "باكو", "البحر الأبيض المتوسط"),
        ("en", "Persian Gulf", "Baku", "Mediterranean Sea"),
        ("fa", "خلیج فارس", "باکو", "دریای مدیترانه"),
        ("fr", "Golfe Persique", "Bakou", "Mer Méditerranée"),
        ("he", "המפרץ הפרסי", "באקו", "הים התיכון"),
        ("ru", "Персидский залив", "Баку", "Средиземное море"),
        ("tr", "Basra Körfezi", "Bakü", "Akdeniz"),
        ("de", "Persian Gulf", "Baku", "Mediterranean Sea"),
    ],
)
def test_each_language_has_its_own_names(lang: str, gulf: str, baku: str, sea: str) -> None:
    """What is called otherwise in another language stands as this one's own sources have it."""
    names = shown(lang)
    assert names["sea:persian-gulf"] == gulf
    assert names["geonames:587084"] == baku
    assert names["sea:mediterranean-sea"] == sea


@pytest.mark.parametrize(
    ("lang", "script"), [("ar", "ARABIC"), ("fa", "ARABIC"), ("he", "HEBREW"), ("ru", "CYRILLIC")]
)
def test_what_is_seen_first_is_in_the_letters_of_the_language(lang: str, script: str) -> None:
    """Up to the zoom of a region every name is; farther in the local one may stand."""
    columns = basemap.names(lang)
    texts = [
        text
        for text, zoom in zip(columns["text"], columns["zoom"], strict=True)
        if zoom < basemap.LOCAL_FROM
    ]
    own = [text for text in texts if unicodedata.name(text[0]).startswith(script)]
    assert len(own) > 300
    assert own == texts


def test_capitals_are_marked_and_more_cities_come_with_every_zoom() -> None:
    """Cairo is a capital, Aleppo a city, the Red Sea a water; most cities wait for a deep zoom."""
    looks = dict(zip([row["id"] for row in rows()], basemap.names("en")["look"], strict=True))
    kinds = {key: basemap.LOOKS[look] for key, look in looks.items()}
    assert kinds["geonames:360630"] == "capital"
    assert kinds["geonames:170063"] == "city"
    assert kinds["sea:red-sea"] == "water"
    zooms = [float(row["min_zoom"]) for row in rows() if row["kind"] in {"city", "capital"}]
    counts = [sum(zoom <= deepest for zoom in zooms) for deepest in range(2, 8)]
    assert counts[0] > 10
    assert all(more > 1.5 * fewer for fewer, more in itertools.pairwise(counts))


def test_names_of_one_zoom_leave_each_other_room() -> None:
    """No city stands on another: within a zoom they keep a label's height or width apart."""
    cities = [row for row in rows() if row["kind"] in {"city", "capital"}]
    for zoom in (3, 5):
        spots = [
            (float(row["lon"]), float(row["lat"]))
            for row in cities
            if float(row["min_zoom"]) <= zoom
        ]
        pixel = 360 / 256 / 2**zoom
        near = [
            (a, b)
            for i, a in enumerate(spots)
            for b in spots[:i]
            if abs(a[0] - b[0]) < 60 * pixel and abs(a[1] - b[1]) < 10 * pixel
        ]
        assert not near


def test_the_table_holds_no_control_or_direction_marks() -> None:
    """A name is plain text, composed."""
    for row in rows():
        for cell in row.values():
            assert unicodedata.is_normalized("NFC", cell)
            assert not any(unicodedata.category(sign) == "Cc" for sign in cell)
