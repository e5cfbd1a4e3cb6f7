"""The published schemas describe what is written, and refuse what is not."""

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gazetteer.data import data_path
from geoevents.select import DEFAULT_FORMS, parse_forms, select
from geoevents.table import event_table
from geoevents.writers import document_line, failure_line, toponym_lines, write_geojson

NAMES = ("geoparse", "resolve", "extract", "search", "event_table")
STAMP_KEYS = ("schema_version", "software", "software_version", "data_version", "attribution")


def load(name):
    """Return a published schema."""
    return json.loads(data_path("schemas", f"{name}.schema.json").read_text(encoding="utf-8"))


def errors(name, value):
    """Return what is wrong with a value by a schema."""
    resources = [(f"{n}.schema.json", Resource.from_contents(load(n))) for n in NAMES]
    validator = Draft202012Validator(load(name), registry=Registry().with_resources(resources))
    return [error.message for error in validator.iter_errors(value)]


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas(name):
    """Each file is a valid schema of draft 2020-12."""
    Draft202012Validator.check_schema(load(name))


def test_an_extracted_document_is_valid(document):
    """A line of geoparse and extract fits both schemas."""
    chosen = select(document.places, parse_forms(DEFAULT_FORMS))
    line = document_line(document, toponym_lines(chosen, document.places))
    assert errors("extract", line) == []
    assert errors("geoparse", line) == []
    line["events"][0]["type"] = "flight"
    assert errors("extract", line) != []


def test_a_missing_key_is_an_error(document):
    """A missing value is null, not an absent key."""
    line = document_line(document, toponym_lines(document.places, document.places))
    del line["toponyms"][0]["lat"]
    assert errors("geoparse", line) != []


def test_a_failure_is_valid_in_every_line_schema():
    """Documents that failed have an id and a sentence."""
    for name in ("geoparse", "resolve", "extract", "search"):
        assert errors(name, failure_line("x", "It is empty.")) == []


def test_geojson_is_valid(document, tmp_path):
    """The event table as GeoJSON fits its schema, stamp and all."""
    path = tmp_path / "e.geojson"
    write_geojson(path, event_table([document]), stamp=dict.fromkeys(STAMP_KEYS, "1"))
    assert errors("event_table", json.loads(path.read_text(encoding="utf-8"))) == []


def test_the_schema_has_the_columns_of_the_event_table():
    """The schema and event_table.toml describe the same columns."""
    table = tomllib.loads(data_path("ontology", "event_table.toml").read_text(encoding="utf-8"))
    features = load("event_table")["properties"]["features"]["items"]
    described = features["properties"]["properties"]["properties"]
    assert list(described) == [column["name"] for column in table["column"]]
    for column in table["column"]:
        assert described[column["name"]]["description"] == column["about"]
