"""Do divisions get the code and the names that are their own?"""

from __future__ import annotations

import csv

import shapely

from tools.gazetteer_data.corrections import TABLE, corrected
from tools.gazetteer_data.division_codes import SAME_NAME, division_codes, likeness
from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.natural_earth import Feature
from tools.gazetteer_data.regions import Division, compose
from tools.gazetteer_data.strays import without_strays


def _unit(name, code, *, x=0, **more):
    return Feature(
        {"name": name, "name_en": name, "gn_name": name, "iso_3166_2": code, **more},
        shapely.box(x, 0, x + 1, 1),
    )


def test_spellings_of_one_name_are_alike_and_other_names_are_not():
    """Generic words and diacritics do not count."""
    assert likeness("Lacin Rayonu", "Lachin District") > SAME_NAME
    assert likeness("Lankaran", "Lachin") < SAME_NAME


def test_a_shifted_list_of_codes_falls_into_place():
    """As in northern Uganda: each code's name is the next district's."""
    units = [_unit("Koboko", "UG-316"), _unit("Amuru", "UG-319")]
    english = {"UG-316": "Amuru", "UG-319": "Koboko"}
    assert division_codes(units, ["Koboko", "Amuru"], english) == ["UG-319", "UG-316"]


def test_a_renamed_division_keeps_the_code_that_nobody_else_claims():
    """Gagauzia is called after its capital in the source; its code is right."""
    assert division_codes([_unit("Comrat", "MD-GA")], ["Comrat"], {"MD-GA": "Gagauzia"}) == [
        "MD-GA"
    ]


def test_a_made_up_code_is_none():
    """Natural Earth marks codes of its own with a tilde."""
    assert division_codes([_unit("Nord", "NC-X03~")], ["Nord"], {}) == [""]


def test_every_correction_says_why_and_by_what():
    """A table that cannot be checked is not readable."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert rows
    assert all(row["reason"] and row["source"] for row in rows)
    keys = [(row["adm1_code"], row["field"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_correction_replaces_its_field_and_leaves_the_others():
    """Lachin loses the code of Lankaran and keeps its GeoNames id."""
    feature = _unit("Lankaran", "AZ-LAN", adm1_code="AZE-1735", gn_id=147626)
    fixed = corrected(feature)
    assert fixed.text("iso_3166_2") == "AZ-LAC"
    assert fixed.text("gn_id") == "147626"


def _division(name, code, *names, x=0, **translations):
    feature = _unit(name, code, x=x, admin="Nowhere", **translations)
    place = Place(
        id=f"iso:{code}",
        kind="admin1",
        country=code[:2],
        lat=0.5,
        lon=x + 0.5,
        names=(Name(name, "en", "official"), *(Name(*each, "official") for each in names)),
        source="Natural Earth",
        area=feature.geometry,
    )
    return Division(feature, place)


def test_a_neighbours_name_is_taken_off_where_the_source_has_another():
    """Paktia and Paktika carried each other's Arabic names."""
    paktia = _division("Paktia", "AF-PIA", ("بكتيا", "ar"), ("بكتيكا", "ar"), name_ar="بكتيا")
    paktika = _division("Paktika", "AF-PKA", ("بكتيكا", "ar"), name_ar="بكتيكا")
    tidy = without_strays([paktia, paktika])
    assert [name.text for name in tidy[0].place.names] == ["Paktia", "بكتيا"]
    assert tidy[1] == paktika


def test_a_region_is_the_union_of_its_divisions():
    """Two provinces make a region: they point to it, and no seam is left."""
    parts = [_division("West", "XA-W"), _division("East", "XA-E", x=1)]
    places = compose(
        parts, {"XA-R": ["XA-W", "XA-E"]}, {"XA-R": [Name("Region", "en", "official")]}
    )
    west, east, region = places
    assert west.parent == east.parent == region.id == "iso:XA-R"
    assert region.area.equals(shapely.box(0, 0, 2, 1))


def test_a_region_of_which_most_is_missing_is_not_made():
    """Half a region's polygon would be a wrong one."""
    parts = [_division("West", "XA-W"), _division("East", "XA-E", x=1)]
    codes = ["XA-W", "XA-E", "XA-N", "XA-S"]
    names = {"XA-R": [Name("Region", "en", "official")]}
    assert len(compose(parts, {"XA-R": codes}, names)) == 2
