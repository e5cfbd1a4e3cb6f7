"""A table of events is checked before it is drawn, and a complaint says what to do."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon

from maps import errors, table


def frame(**columns: object) -> gpd.GeoDataFrame:
    """One visit to Baku with further cells."""
    cells = {"type": ["diplomacy.visit"], **{name: [cell] for name, cell in columns.items()}}
    return gpd.GeoDataFrame(cells, geometry=[Point(49.87, 40.41)], crs="EPSG:4326")


def test_geometry_and_type_are_enough() -> None:
    """Every other column may be missing."""
    (row,) = table.read(frame()).rows()
    assert (row.type, row.family, row.role, row.basis) == (
        "diplomacy.visit", "diplomacy", "location", "stated",
    )  # fmt: skip


def test_a_missing_column_is_named() -> None:
    """The error names the missing column and those there are."""
    with pytest.raises(errors.MissingColumnError, match=r"'type'.*'kind'") as caught:
        table.read(frame().rename(columns={"type": "kind"}))
    assert isinstance(caught.value, KeyError)
    assert not str(caught.value).startswith('"')


def test_a_plain_table_lacks_geometry() -> None:
    """A DataFrame without geometry is refused by the name of the column."""
    with pytest.raises(errors.MissingColumnError, match="geometry"):
        table.read(pd.DataFrame({"type": ["diplomacy.visit"]}))


def test_something_that_is_no_table_is_refused() -> None:
    """A path is not read by the map: the error says to read it first."""
    with pytest.raises(errors.NotATableError, match="read it with geopandas"):
        table.read("events.geojson")  # type: ignore[arg-type]


def test_geometry_without_a_crs_is_refused() -> None:
    """Coordinates of unknown meaning are not guessed at."""
    with pytest.raises(errors.MissingCrsError, match="set_crs"):
        table.read(frame().set_crs(None, allow_override=True))


def test_another_crs_is_reprojected() -> None:
    """Web Mercator gives the same place."""
    (row,) = table.read(frame().to_crs(3857)).rows()
    assert row.geometry is not None
    assert (row.geometry.x, row.geometry.y) == pytest.approx((49.87, 40.41))


def test_metres_passed_off_as_degrees_are_refused() -> None:
    """The error names the rows and what may be wrong."""
    bad = gpd.GeoDataFrame(
        {"type": ["a.b", "a.b"]}, geometry=[Point(1, 1), Point(5e6, 4e6)], crs="EPSG:4326"
    )
    with pytest.raises(errors.BadGeometryError, match=r"row 1 .*CRS"):
        table.read(bad)


@pytest.mark.parametrize("bad", [Point(10, np.inf), LineString([(0, 0), (-np.inf, 1)])])
def test_infinite_coordinates_are_refused(bad: Point | LineString) -> None:
    """A coordinate that is no number lies nowhere."""
    events = gpd.GeoDataFrame({"type": ["a.b"]}, geometry=[bad], crs="EPSG:4326")
    with pytest.raises(errors.BadGeometryError):
        table.read(events)


def test_empty_and_missing_geometry_is_no_geometry() -> None:
    """Such events stand in the list and nowhere on the map."""
    events = gpd.GeoDataFrame({"type": ["a.b"] * 2}, geometry=[None, Point()], crs="EPSG:4326")
    assert [row.geometry for row in table.read(events).rows()] == [None, None]


def test_a_table_without_any_place_needs_no_crs() -> None:
    """Where there is no geometry, nothing is unknown about it."""
    events = gpd.GeoDataFrame({"type": ["a.b"]}, geometry=[None])
    assert len(table.read(events)) == 1


def test_three_dimensional_and_invalid_geometry_is_mended() -> None:
    """Heights are dropped; a bow tie becomes the two triangles it covers."""
    bow = Polygon([(0, 0, 9), (2, 2, 9), (2, 0, 9), (0, 2, 9)])
    (row,) = table.read(gpd.GeoDataFrame({"type": ["a.b"]}, geometry=[bow], crs="EPSG:4326")).rows()
    assert row.geometry is not None
    assert row.geometry.is_valid
    assert not row.geometry.has_z
    assert row.geometry.area == pytest.approx(2)


@pytest.mark.parametrize("empty", [None, np.nan, pd.NA, pd.NaT])
def test_empty_cells_are_absent(empty: object) -> None:
    """Whatever pandas calls empty is empty."""
    (row,) = table.read(
        frame(place=empty, count=empty, start_time=empty, alternatives=empty)
    ).rows()
    assert set(row.cells) == {"type"}


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("count", np.int64(2), 2),
        ("count", 2.0, 2),
        ("score", np.float32(0.5), 0.5),
        ("start_time", pd.Timestamp("2020-09-24"), "2020-09-24T00:00:00"),
        ("start_time", "2016", "2016"),
        ("published", pd.Timestamp("2020-09-30"), "2020-09-30"),
        ("place_names", '{"ar": "باكو"}', {"ar": "باكو"}),
        ("place_names", {"ar": "باكو"}, {"ar": "باكو"}),
    ],
)
def test_cells_become_plain_values(column: str, cell: object, value: object) -> None:
    """NumPy scalars, timestamps and JSON text are read alike, however the table was made."""
    (row,) = table.read(frame(**{column: cell})).rows()
    assert row.cells[column] == value


@pytest.mark.parametrize(
    ("column", "cell"),
    [("count", "many"), ("count", 1.5), ("score", "high"), ("start_time", "soon"),
     ("alternatives", "{broken")],
)  # fmt: skip
def test_a_cell_that_does_not_fit_is_named(column: str, cell: object) -> None:
    """The error names column, row and cell."""
    with pytest.raises(errors.BadValueError, match=f"'{column}', row 0"):
        table.read(frame(**{column: cell}))


def test_rows_with_one_event_id_are_one_event() -> None:
    """Ids count within an article; a row without an id is an event of its own."""
    events = gpd.GeoDataFrame(
        {
            "type": ["a.b"] * 5,
            "event_id": ["e1", "e1", "e1", None, None],
            "doc_id": ["x", "x", "y", "y", "y"],
        },
        geometry=[Point(0, 0)] * 5,
        crs="EPSG:4326",
    )
    assert [row.event for row in table.read(events).rows()] == [0, 0, 1, 2, 3]


def test_a_basis_that_nobody_knows_is_drawn_as_the_least_sure() -> None:
    """An unknown word for how a place is known must not make it look stated."""
    (row,) = table.read(frame(geometry_basis="guessed")).rows()
    assert row.basis == "schematic"


def test_every_error_hangs_on_one_tree() -> None:
    """One except clause catches whatever the package complains of."""
    for name in ("MissingCrsError", "BadGeometryError", "NotWritableError", "BadValueError"):
        assert issubclass(getattr(errors, name), errors.MapError)
