"""A table with a column of names becomes a layer, row for row."""

from __future__ import annotations

import json

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import BadQueryError
from gazetteer.frames import ADDED_COLUMNS, geocode_frame

BAKU, PARIS, PARIS_TEXAS = "geonames:587084", "geonames:2988507", "geonames:4717560"
TRIPOLI_LEBANON, TRIPOLI_LIBYA = "geonames:266826", "geonames:2210247"


class Counted:
    """A gazetteer that counts the names it is asked for."""

    def __init__(self, gazetteer) -> None:
        self._gazetteer = gazetteer
        self.searched = []

    def search(self, name, **options):
        """Search, and remember the name."""
        self.searched.append(name)
        return self._gazetteer.search(name, **options)

    def __getattr__(self, name):
        return getattr(self._gazetteer, name)


def located(gazetteer, table, column="name", **options):
    """Return the ids that a table's names get, None where there are none."""
    layer = geocode_frame(table, column, gazetteer=gazetteer, **options)
    return [None if pd.isna(value) else value for value in layer["place_id"]]


def test_rows_index_and_columns_stay(gazetteer):
    """Also an index with repetitions; the table itself is not changed."""
    table = pd.DataFrame(
        {"n": [1, 2, 3], "name": ["Baku", "باكو", "xyzzyqq"]}, index=["b", "a", "a"]
    )
    before = table.copy(deep=True)
    layer = geocode_frame(table, "name", gazetteer=gazetteer)
    assert isinstance(layer, geopandas.GeoDataFrame)
    assert layer.crs == "EPSG:4326"
    assert layer.geometry.name == "geometry"
    assert layer.columns.tolist() == ["n", "name", *ADDED_COLUMNS]
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(pd.DataFrame(layer[["n", "name"]]), before)


def test_a_row_holds_what_search_finds(gazetteer):
    """The best place, how sure it is, and the runners-up."""
    matches = gazetteer.search("Tripoli", limit=4)
    row = geocode_frame(pd.DataFrame({"name": ["Tripoli"]}), "name", gazetteer=gazetteer).iloc[0]
    best = matches[0]
    assert row["place_id"] == best.place.id == TRIPOLI_LIBYA
    assert (row["place_name"], row["place_kind"], row["place_country"]) == (
        best.place.name,
        best.place.kind,
        best.place.country,
    )
    assert (row["match"], row["score"]) == (best.match, best.score)
    assert row["uncertainty_km"] == best.place.uncertainty_km
    assert (row.geometry.x, row.geometry.y) == (best.place.lon, best.place.lat)
    runners_up = json.loads(row["alternatives"])
    assert [one["place_id"] for one in runners_up] == [match.place.id for match in matches[1:]]
    assert set(runners_up[0]) == {"place_id", "name", "country", "lat", "lon", "score"}


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, "", "   ", "xyzzyqq"])
def test_what_names_nothing_is_a_row_without_geometry(gazetteer, missing):
    """Every added cell is missing, and the row is there."""
    layer = geocode_frame(pd.DataFrame({"name": ["Baku", missing]}), "name", gazetteer=gazetteer)
    assert layer.geometry.isna().tolist() == [False, True]
    assert layer.loc[1, list(ADDED_COLUMNS)].isna().all()
    assert layer.loc[0, "place_id"] == BAKU


def test_the_same_name_is_looked_up_once(gazetteer):
    """The same name with other options is another question."""
    counted = Counted(gazetteer)
    table = pd.DataFrame(
        {
            "name": ["Tripoli", "Baku", "Tripoli", "Tripoli", " Baku "],
            "in": ["LB", None, "LB", "LY", None],
        }
    )
    assert located(counted, table, country="in") == [
        TRIPOLI_LEBANON,
        BAKU,
        TRIPOLI_LEBANON,
        TRIPOLI_LIBYA,
        BAKU,
    ]
    assert sorted(counted.searched) == ["Baku", "Tripoli", "Tripoli"]


@pytest.mark.parametrize(
    ("country", "ids"),
    [
        (None, [TRIPOLI_LIBYA] * 3),
        ("LB", [TRIPOLI_LEBANON] * 3),
        ("in", [TRIPOLI_LEBANON, TRIPOLI_LIBYA, TRIPOLI_LIBYA]),
    ],
)
def test_country_is_a_code_or_a_column(gazetteer, country, ids):
    """A row without a country has no limit."""
    table = pd.DataFrame({"name": ["Tripoli"] * 3, "in": ["lb", "LY", None]})
    assert located(gazetteer, table, country=country) == ids


@pytest.mark.parametrize("kind", ["admin1", "kind"])
def test_kind_is_a_kind_or_a_column(gazetteer, kind):
    """One for all rows, or each its own."""
    table = pd.DataFrame({"name": ["Georgia", "Georgia"], "kind": ["admin1", "country"]})
    second = "iso:GE" if kind == "kind" else "iso:US-GA"
    assert located(gazetteer, table, kind=kind) == ["iso:US-GA", second]


@pytest.mark.parametrize("lang", ["ar", "language"])
def test_lang_is_a_code_or_a_column(gazetteer, lang):
    """Handed to the search as it is."""
    table = pd.DataFrame({"name": ["باكو", "London"], "language": ["ar", "en-GB"]})
    assert located(gazetteer, table, lang=lang)[0] == BAKU
    expected = [
        gazetteer.search(name, lang=code, limit=1)[0].place.id
        for name, code in zip(table["name"], table.get(lang, ["ar", "ar"]), strict=True)
    ]
    assert located(gazetteer, table, lang=lang) == expected


def test_context_is_a_column_of_texts(gazetteer):
    """It steers the choice; a row without one goes by the name alone."""
    table = pd.DataFrame(
        {"name": ["Paris"] * 3, "text": ["He drove from Dallas, Texas to Paris.", None, ""]}
    )
    assert located(gazetteer, table, context="text") == [PARIS_TEXAS, PARIS, PARIS]


def test_min_score_leaves_weak_places_out(gazetteer):
    """As rows without geometry."""
    score = gazetteer.search("Paris", limit=1)[0].score
    table = pd.DataFrame({"name": ["Paris"]})
    assert located(gazetteer, table, min_score=score) == [PARIS]
    assert located(gazetteer, table, min_score=score + 0.01) == [None]


def test_outlines_instead_of_points(gazetteer):
    """Where one is held; a town stays a point."""
    table = pd.DataFrame({"name": ["Azerbaijan", "Baku", None]})
    points = geocode_frame(table, "name", gazetteer=gazetteer)
    outlines = geocode_frame(table, "name", gazetteer=gazetteer, geometry="outline")
    assert points.geom_type.tolist()[:2] == ["Point", "Point"]
    assert shapely.equals(outlines.geometry[0], gazetteer.geometry("iso:AZ"))
    assert outlines.geometry[1] == points.geometry[1]
    assert outlines.geometry.isna().tolist() == [False, False, True]
    assert outlines.drop(columns="geometry").equals(points.drop(columns="geometry"))


def test_a_prefix_lets_a_table_have_two_places(gazetteer):
    """Origin and destination: the last geometry is the active one, the first stays."""
    table = pd.DataFrame({"from": ["Baku"], "to": ["Tripoli"]})
    first = geocode_frame(table, "from", gazetteer=gazetteer)
    both = geocode_frame(first, "to", gazetteer=gazetteer, prefix="to_")
    assert both["place_id"].tolist() == [BAKU]
    assert both["to_place_id"].tolist() == [TRIPOLI_LIBYA]
    assert both.geometry.name == "to_geometry"
    assert both["geometry"].iloc[0].x == 49.89201


@pytest.mark.parametrize("taken", ["score", "geometry", "place_id"])
def test_no_column_is_overwritten(gazetteer, taken):
    """The error names it and the way out."""
    table = pd.DataFrame({"name": ["Baku"], taken: [1]})
    with pytest.raises(BadQueryError, match=rf"'{taken}' already.*prefix"):
        geocode_frame(table, "name", gazetteer=gazetteer)
    layer = geocode_frame(table, "name", gazetteer=gazetteer, prefix="place_of_")
    assert layer[taken].tolist() == [1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"column": "nmae"}, "no column 'nmae'; the columns are 'name', 'in', 'n'"),
        ({"column": "n"}, r"Row 0 of the column 'n' holds 5 \(int\)"),
        ({"country": "coutnry"}, "country is 'coutnry'.*a column or an ISO 3166-1"),
        ({"country": "name"}, "The column 'name' holds 'Baku' for country"),
        ({"country": "n"}, r"Row 0 of the column 'n' holds 5 \(int\): values of country"),
        ({"country": "XX"}, "XX"),
        ({"country": 5}, "country is 5"),
        ({"lang": "language"}, "lang is 'language'.*a column or a language code"),
        ({"kind": "planet"}, "planet"),
        ({"kind": "Big City"}, "kind is 'Big City'"),
        ({"context": "Texas"}, "context is 'Texas'.*a column"),
        ({"min_score": 2}, "min_score"),
        ({"min_score": float("nan")}, "min_score"),
        ({"geometry": "hull"}, "point or outline"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(gazetteer, options, said):
    """One sentence that says which and what would do."""
    table = pd.DataFrame({"name": ["Baku"], "in": [None], "n": [5]})
    arguments = {"column": "name", **options}
    with pytest.raises(BadQueryError, match=said) as error:
        geocode_frame(table, gazetteer=gazetteer, **arguments)
    assert isinstance(error.value, ValueError)


def test_a_column_that_is_there_twice_is_refused(gazetteer):
    """It cannot be told which is meant."""
    table = pd.DataFrame([["Baku", "Paris"]], columns=["name", "name"])
    with pytest.raises(BadQueryError, match="2 times"):
        geocode_frame(table, "name", gazetteer=gazetteer)


@pytest.mark.parametrize("dtype", [object, "string", "category"])
def test_texts_come_in_any_dtype(gazetteer, dtype):
    """As pandas holds them."""
    table = pd.DataFrame({"name": pd.Series(["Baku", None, "Baku"], dtype=dtype)})
    assert located(gazetteer, table) == [BAKU, None, BAKU]


@pytest.mark.parametrize("rows", [[], [None, None]])
def test_a_table_without_any_name_is_a_layer_too(gazetteer, rows):
    """With the same columns and dtypes as any other."""
    full = geocode_frame(pd.DataFrame({"name": ["Tripoli"]}), "name", gazetteer=gazetteer)
    table = pd.DataFrame({"name": pd.Series(rows, dtype=object)})
    layer = geocode_frame(table, "name", gazetteer=gazetteer)
    assert len(layer) == len(rows)
    assert layer.crs == "EPSG:4326"
    added = list(ADDED_COLUMNS)
    assert layer.dtypes[added].tolist() == full.dtypes[added].tolist()


@pytest.mark.parametrize("extension", ["gpkg", "geojson"])
def test_the_layer_can_be_written(gazetteer, tmp_path, extension):
    """As it is, with rows that have no place."""
    table = pd.DataFrame({"name": ["Baku", None, "xyzzyqq"]})
    path = tmp_path / f"places.{extension}"
    geocode_frame(table, "name", gazetteer=gazetteer).to_file(path)
    again = geopandas.read_file(path)
    assert again["place_id"].fillna("-").tolist() == [BAKU, "-", "-"]
    assert again.geometry.isna().tolist() == [False, True, True]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.none() | st.sampled_from(["Baku", "باكو", "Tripoli"]) | st.text(max_size=8), max_size=8
    )
)
def test_each_row_is_what_it_would_be_alone(gazetteer, names):
    """Whatever stands in the other rows."""
    table = pd.DataFrame({"name": pd.Series(names, dtype=object)})
    alone = [located(gazetteer, table.iloc[[n]])[0] for n in range(len(names))]
    assert located(gazetteer, table) == alone
