"""How do events leave? As GeoJSON, GeoPackage or JSON lines, whole or not at all."""

from geoevents.writers.atomic import STDOUT, check_target, whole_file
from geoevents.writers.csv_table import write_csv
from geoevents.writers.geojson import write_geojson
from geoevents.writers.geopackage import write_geopackage
from geoevents.writers.jsonl import encode_line, write_lines
from geoevents.writers.lines import (
    article_line,
    document_line,
    event_line,
    failure_line,
    geometry_line,
    toponym_line,
    toponym_lines,
)
from geoevents.writers.stamp import stamp

__all__ = [
    "STDOUT",
    "article_line",
    "check_target",
    "document_line",
    "encode_line",
    "event_line",
    "failure_line",
    "geometry_line",
    "stamp",
    "toponym_line",
    "toponym_lines",
    "whole_file",
    "write_csv",
    "write_geojson",
    "write_geopackage",
    "write_lines",
]
