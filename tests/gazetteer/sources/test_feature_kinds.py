"""Kinds of GeoNames' features agree with those of the shipped places."""

from __future__ import annotations

import re

import numpy as np
import pytest

from gazetteer.data import load_toml
from gazetteer.sources.columns import decode_labels, decode_text, read_table
from gazetteer.sources.delimited import Labels
from gazetteer.sources.feature_kinds import kind_of, kinds_of
from tools.gazetteer_data.geonames import kind_of as shipped_kind_of

SHIPPED = ["PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLX", "PPL", "PPLQ", "PPLG", "STLMT"]


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("population", [0, 4_999, 5_000, 99_999, 100_000, 10_000_000])
def test_settlements_have_the_kinds_of_the_shipped_gazetteer(code, population):
    """One rule for the small and the full world."""
    assert kind_of(f"P.{code}", population) == shipped_kind_of(code, population)


def test_every_shipped_place_of_geonames_has_its_kind():
    """As built from the feature code and the population that are shipped with it."""
    from gazetteer.data import data_path

    table = read_table(data_path("gazetteer", "places.npz"))
    codes = decode_labels(table["feature_code"], table["feature_codes"])
    kinds = decode_labels(table["kind"], table["kinds"])
    ids = decode_text(table["id"])
    known = [i for i, code in enumerate(codes) if code and ids[i].startswith("geonames:")]
    assert len(known) > 190_000
    features = Labels(np.arange(len(known)), [f"P.{codes[i]}" for i in known])
    found = kinds_of(features, table["population"][known].astype(np.int64)).to_list()
    assert found == [kinds[i] for i in known]


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        ("A.PCLI", "country"),
        ("A.ADM1", "admin1"),
        ("A.ADM2", "admin2"),
        ("S.AIRP", "airport"),
        ("S.AIRB", "airbase"),
        ("L.NVB", "naval_base"),
        ("H.STRT", "strait"),
        ("H.RSV", "reservoir"),
        ("H.WAD", "valley"),
        ("T.MTS", "mountains"),
        ("L.PRT", "port"),
        ("L.MILB", "military"),
        ("S.DAM", "dam"),
        ("S.CMPRF", "camp"),
        ("L.OILF", "oilfield"),
        ("S.NOSUCH", "site"),
        ("H.", "water"),
        ("X.NEW", "place"),
        ("", "place"),
    ],
)
def test_other_features_have_kinds_of_their_own(feature, kind):
    """A code that is not listed has the kind of its class."""
    assert kind_of(feature) == kind
    assert kind_of(feature, 10_000_000) == kind


def test_no_feature_has_two_kinds():
    """The table is a function, its codes look like GeoNames', its kinds like ours."""
    table = load_toml("sources", "feature_kinds.toml")
    features = [feature for features in table.values() for feature in features]
    assert len(features) == len(set(features))
    assert all(re.fullmatch(r"[AHLPRSTUV]\.[A-Z]{0,5}\d?H?", feature) for feature in features)
    assert all(re.fullmatch(r"[a-z_]+\d?", kind) for kind in table)
