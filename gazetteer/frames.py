"""Where are the names of a table's column? A data frame becomes a layer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from gazetteer.errors import BadQueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    import geopandas
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.match import Match

CRS = "EPSG:4326"
"""Of the geometries that are made: longitude and latitude in degrees."""

_ALTERNATIVES = 3
_DEGREE_DIGITS = 6

_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile("[A-Za-z]{2}")
_KIND = re.compile("[a-z0-9_]+")

_TEXTS = ("place_id", "place_name", "place_kind", "place_country", "alternatives")
_NUMBERS = ("match", "score", "uncertainty_km")
ADDED_COLUMNS = (*_TEXTS[:-1], *_NUMBERS, _TEXTS[-1], "geometry")
"""Columns that :func:`geocode_frame` adds, in order."""


@dataclass(frozen=True, slots=True)
class _Option:
    """An option that is one value for all rows, or the name of a column of values.

    ``form`` is what a value looks like; without one, only a column will do.
    """

    name: str
    about: str
    form: re.Pattern[str] | None = None


_OPTIONS = (
    _Option("lang", "a language code, like ar", _LANGUAGE),
    _Option("country", "an ISO 3166-1 alpha-2 code, like AZ", _COUNTRY),
    _Option("kind", "a kind of place, like city", _KIND),
    _Option("context", "a text about the place"),
)

Query = tuple[str | None, ...]
"""A name, and the values of the options."""


def geocode_frame(
    df: pd.DataFrame,
    column: Hashable,
    *,
    gazetteer: Gazetteer,
    lang: str | None = None,
    country: str | None = None,
    kind: str | None = None,
    context: str | None = None,
    min_score: float = 0.0,
    geometry: Literal["point", "outline"] = "point",
    prefix: str = "",
) -> geopandas.GeoDataFrame:
    """Look up the names in a column; return the table as a layer.

    Parameters
    ----------
    df
        A table; it is not changed.
    column
        Its column of names. The same name with the same options is looked up once.
    gazetteer
        Where names are looked up.
    lang, country, kind
        Language of the names, country and kind of the places: one value for all rows, or the name
        of a column that holds them; a column goes first. Rows without a value have no such limit.
    context
        Name of a column of texts that speak of the places and so steer the choice.
    min_score
        Places whose score is below this are left out, 0 to 1.
    geometry
        ``"point"``, or ``"outline"``: polygon or line of the place where one is held.
    prefix
        Put before the name of each added column.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows, index and columns, and place_id, place_name, place_kind, place_country,
        match (similarity of the spelling), score (probability that this place is meant),
        uncertainty_km, alternatives (JSON: the runners-up, with place_id, name, country, lat, lon,
        score) and geometry (EPSG:4326). Where no place is found, or the name is missing, they are
        missing too.

    Raises
    ------
    BadQueryError
        If a column is missing, is there twice or would be overwritten; if names are no texts; if
        an option makes no sense.

    Examples
    --------
    >>> import pandas as pd
    >>> from gazetteer import Gazetteer
    >>> table = pd.DataFrame({"city": ["باكو", "Tripoli", None], "in": ["AZ", "LB", None]})
    >>> layer = geocode_frame(table, "city", gazetteer=Gazetteer.open(), country="in")
    >>> layer["place_name"].fillna("-").tolist()
    ['Baku', 'Tripoli', '-']
    >>> layer.crs.to_string(), layer.geometry.isna().tolist()
    ('EPSG:4326', [False, False, True])
    """
    import geopandas as gpd

    _check_choices(df, prefix=prefix, min_score=min_score, geometry=geometry)
    shape = gazetteer.geometry if geometry == "outline" else _point
    options = {"lang": lang, "country": country, "kind": kind, "context": context}
    queries = _queries(df, column, options)
    cells = {
        query: _cells(_look_up(gazetteer, query, min_score), shape)
        for query in dict.fromkeys(queries)
    }
    rows = [cells[query] for query in queries]
    return gpd.GeoDataFrame(
        df.assign(**_columns(rows, df.index, prefix)), geometry=f"{prefix}geometry"
    )


def _queries(df: pd.DataFrame, column: Hashable, options: Mapping[str, Any]) -> list[Query]:
    names = _texts(df, column, "names")
    values = [_values(df, option, options[option.name]) for option in _OPTIONS]
    return list(zip(names, *values, strict=True))


def _values(df: pd.DataFrame, option: _Option, value: Any) -> Sequence[str | None]:
    """Return the value of an option for each row."""
    if value is None:
        return [None] * len(df)
    if value in df.columns:
        texts = _texts(df, value, f"values of {option.name}")
        _check_form(option, value, dict.fromkeys(filter(None, texts)))
        return [text or None for text in texts]
    if option.form is None or not isinstance(value, str) or not option.form.fullmatch(value):
        allowed = f"a column or {option.about}" if option.form else f"a column: {option.about}"
        raise BadQueryError(
            f"{option.name} is {value!r}, but must be {allowed}; the columns are {_listed(df)}."
        )
    return [value] * len(df)


def _check_form(option: _Option, column: Hashable, values: Iterable[str]) -> None:
    wrong = [text for text in values if option.form and not option.form.fullmatch(text)]
    if wrong:
        raise BadQueryError(
            f"The column {column!r} holds {wrong[0]!r} for {option.name}: "
            f"each of its values must be {option.about}, or missing."
        )


def _texts(df: pd.DataFrame, column: Hashable, what: str) -> list[str | None]:
    """Return a column's texts without spaces around them, None where they are missing."""
    import pandas as pd

    if column not in df.columns:
        raise BadQueryError(f"There is no column {column!r}; the columns are {_listed(df)}.")
    series = df[column]
    if isinstance(series, pd.DataFrame):
        raise BadQueryError(f"The column {column!r} is there {series.shape[1]} times: rename one.")
    missing = series.isna().tolist()
    values = series.tolist()
    for label, value, is_missing in zip(df.index, values, missing, strict=True):
        if not (is_missing or isinstance(value, str)):
            raise BadQueryError(
                f"Row {label!r} of the column {column!r} holds {value!r} "
                f"({type(value).__name__}): {what} must be texts."
            )
    return [
        None if is_missing else value.strip()
        for value, is_missing in zip(values, missing, strict=True)
    ]


def _look_up(gazetteer: Gazetteer, query: Query, min_score: float) -> list[Match]:
    name, lang, country, kind, context = query
    if not name:
        return []
    matches = gazetteer.search(
        name, lang=lang, country=country, kind=kind, context=context, limit=_ALTERNATIVES + 1
    )
    return matches if matches and matches[0].score >= min_score else []


def _cells(matches: Sequence[Match], shape: Callable[[Any], BaseGeometry]) -> dict[str, Any]:
    """Return what a row gets, without the prefix; nothing where nothing was found."""
    if not matches:
        return {}
    best, place = matches[0], matches[0].place
    return {
        "place_id": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "place_country": place.country,
        "match": best.match,
        "score": best.score,
        "uncertainty_km": place.uncertainty_km,
        "alternatives": _alternatives(matches[1:]),
        "geometry": shape(place),
    }


def _columns(rows: Sequence[Mapping[str, Any]], index: Any, prefix: str) -> dict[str, Any]:
    import geopandas as gpd
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in ADDED_COLUMNS[:-1]:
        dtype = "float64" if name in _NUMBERS else "string"
        values = pd.array([row.get(name) for row in rows], dtype=dtype)
        columns[f"{prefix}{name}"] = pd.Series(values, index=index)
    shapes = [row.get("geometry") for row in rows]
    columns[f"{prefix}geometry"] = gpd.GeoSeries(shapes, index=index, crs=CRS)
    return columns


def _alternatives(matches: Sequence[Match]) -> str | None:
    runners_up = [
        {
            "place_id": match.place.id,
            "name": match.place.name,
            "country": match.place.country,
            "lat": round(match.place.lat, _DEGREE_DIGITS),
            "lon": round(match.place.lon, _DEGREE_DIGITS),
            "score": match.score,
        }
        for match in matches
    ]
    return json.dumps(runners_up, ensure_ascii=False) if runners_up else None


def _point(place: Any) -> BaseGeometry:
    import shapely

    return shapely.Point(place.lon, place.lat)


def _check_choices(df: pd.DataFrame, *, prefix: str, min_score: float, geometry: str) -> None:
    if not 0 <= min_score <= 1:
        raise BadQueryError(f"min_score is {min_score}, but must lie between 0 and 1.")
    if geometry not in {"point", "outline"}:
        raise BadQueryError(f"geometry is {geometry!r}, but must be point or outline.")
    taken = [f"{prefix}{name}" for name in ADDED_COLUMNS if f"{prefix}{name}" in df.columns]
    if taken:
        raise BadQueryError(
            f"The table has a column {taken[0]!r} already, which would be overwritten: "
            "rename it, or give a prefix for the new columns."
        )


def _listed(df: pd.DataFrame) -> str:
    return ", ".join(repr(column) for column in df.columns)
