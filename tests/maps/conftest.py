"""Event tables for the tests of the map."""

import runpy
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

FRAMES = runpy.run_path(str(Path(__file__).parent / "frames.py"))


@pytest.fixture
def news() -> gpd.GeoDataFrame:
    """Return a flight, a landing, clashes in an area, a border zone, a visit and an appeal."""
    return FRAMES["news"]()


@pytest.fixture
def mentioned() -> pd.DataFrame:
    """Return the places mentioned in the same articles."""
    return FRAMES["mentioned"]()
