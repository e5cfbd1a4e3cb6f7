"""Files of corrections: what is read, and what is refused in one sentence."""

import json

import pytest
from jsonschema import Draft202012Validator

from gazetteer.data import data_path
from geoevents.corrections import Offsets, locate, read_corrections
from geoevents.errors import CorrectionsError, InputNotFoundError

GOOD = {
    "event": {
        "doc_id": "news",
        "id": None,
        "type": "violence.attack",
        "evidence": "An attack in Tripoli.",
        "trigger": {"start": 3, "end": 9, "text": "attack"},
    },
    "place": {
        "role": "location", "text": "Tripoli", "start": 13, "end": 20,
        "place_id": "geonames:2210247",
    },
    "action": "place",
    "to": {"place_id": "geonames:266826"},
    "note": "the one in Lebanon",
}  # fmt: skip


def changed(*path, to):
    """Return the good correction with another value somewhere."""
    row = json.loads(json.dumps(GOOD))
    at = row
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return row


def write(path, *rows, version=1):
    """Write a file of corrections."""
    content = {"geoevents_corrections": {"schema_version": version}, "corrections": list(rows)}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_correction_is_read(tmp_path):
    """What the text says of the event, what was wrong, and what is right."""
    (one,) = read_corrections(write(tmp_path / "c.json", GOOD))
    assert (one.subject.doc_id, one.subject.type) == ("news", "violence.attack")
    assert one.subject.trigger == Offsets(3, 9)
    assert one.subject.span == Offsets(13, 20)
    assert (one.action, one.old_place_id) == ("place", "geonames:2210247")
    assert one.place is not None
    assert one.place.id == "geonames:266826"
    assert one.note == "the one in Lebanon"


def test_the_gazetteer_knows_the_place_of_an_id(tmp_path, gazetteer):
    """Whatever name and point stand in the file."""
    row = changed("to", to={"place_id": "geonames:266826", "name": "Atlantis", "lat": 0, "lon": 0})
    (one,) = locate(read_corrections(write(tmp_path / "c.json", row)), gazetteer)
    assert one.place == gazetteer.get("geonames:266826")


def test_a_point_gets_its_country_and_division(tmp_path, gazetteer):
    """And is as uncertain as its digits leave open: half of a hundredth of a degree."""
    row = changed("to", to={"lat": 34.43, "lon": 35.85})
    (one,) = locate(read_corrections(write(tmp_path / "c.json", row)), gazetteer)
    assert (one.place.country, one.place.admin1) == ("LB", "iso:LB-AS")
    assert one.place.name == "Tripoli"
    assert one.place.uncertainty_km == pytest.approx(0.556)


def test_a_stated_uncertainty_counts(tmp_path):
    """A click says how sure the hand was."""
    row = changed("to", to={"lat": 34.43, "lon": 35.85, "uncertainty_km": 7.5})
    (one,) = read_corrections(write(tmp_path / "c.json", row))
    assert one.place.uncertainty_km == 7.5


def test_the_last_word_on_a_place_counts(tmp_path):
    """Over several files too."""
    first = write(tmp_path / "a.json", GOOD)
    second = write(tmp_path / "b.json", changed("action", to="wrong"))
    assert [one.action for one in read_corrections(first, second)] == ["wrong"]
    assert [one.action for one in read_corrections(second, first)] == ["place"]


BAD = {
    "action": (changed("action", to="delete"), "'action' is 'delete', not wrong or place"),
    "no target": (changed("to", to=None), "'to' is missing or no object"),
    "empty target": (changed("to", to={}), "neither 'place_id' nor 'lat' and 'lon'"),
    "half a point": (changed("to", to={"lat": 3}), "neither 'place_id' nor 'lat' and 'lon'"),
    "a word": (changed("to", to={"lat": "3", "lon": 4}), "'lat' is '3', not a number"),
    "true": (changed("to", to={"lat": True, "lon": 4}), "'lat' is True, not a number"),
    "beyond the pole": (changed("to", to={"lat": 95, "lon": 4}), "lat is 95, but goes from -90"),
    "beyond": (changed("to", to={"lat": 10**400, "lon": 4}), "not a number"),
    "NaN": (changed("to", to={"lat": float("nan"), "lon": 4}), "'lat' is nan, not a number"),
    "country": (changed("to", "country", to="Libya"), "country is 'Libya', not a two-letter code"),
    "below nothing": (
        changed("to", to={"lat": 1, "lon": 4, "uncertainty_km": -1}),
        "uncertainty_km is -1.0, less than nothing",
    ),
    "backwards": (changed("place", "start", to=30), "start 30 and end 20 are no part of a text"),
    "type": (changed("event", "type", to=""), "'type' is missing or empty"),
    "list": (changed("event", "doc_id", to=["news"]), "'doc_id' is ['news'], not a string"),
    "no object": ("wrong", "it is no object"),
}


@pytest.mark.parametrize(("row", "why"), BAD.values(), ids=BAD)
def test_a_bad_correction_is_named(tmp_path, row, why):
    """File, number and reason in one sentence; the good one before it is not taken alone."""
    path = write(tmp_path / "c.json", GOOD, row)
    with pytest.raises(CorrectionsError) as error:
        read_corrections(path)
    assert "c.json, correction 2: it" in str(error.value)
    assert why in str(error.value)
    assert str(error.value).endswith("; nothing was corrected.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "it is no JSON, or is cut short"),
        (b"[" * 100_000, "it is no JSON, or is cut short"),
        (b"\xff\xfe{}", "it is no UTF-8 text"),
        (b'{"type": "FeatureCollection"}', "it has no 'geoevents_corrections'"),
        (b'{"geoevents_corrections": {"schema_version": 2}}', "its schema_version is 2"),
        (b'{"geoevents_corrections": {"schema_version": 1}}', "'corrections' are missing"),
    ],
)
def test_another_file_is_refused(tmp_path, content, why):
    """With a sentence that says what is wrong with it."""
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(CorrectionsError, match=f"c.json: .*{why}"):
        read_corrections(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """As any other input."""
    with pytest.raises(InputNotFoundError, match="no file or folder"):
        read_corrections(tmp_path / "c.json")


def test_an_unknown_place_without_a_point_is_refused(tmp_path, gazetteer):
    """Nobody could tell where it lies."""
    known = read_corrections(write(tmp_path / "c.json", changed("to", "place_id", to="x:1")))
    with pytest.raises(CorrectionsError, match="correction 1: the gazetteer has no place 'x:1'"):
        locate(known, gazetteer)


def test_the_schema_describes_the_file():
    """It takes what is read, and refuses what is not."""
    schema = json.loads(data_path("schemas", "corrections.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    head = {"geoevents_corrections": {"schema_version": 1}}
    valid = Draft202012Validator(schema).is_valid
    assert valid(head | {"corrections": [GOOD, changed("action", to="wrong")]})
    json_values = (row for name, (row, _) in BAD.items() if name not in {"NaN", "backwards"})
    refused = [row for row in json_values if row != BAD["beyond"][0]]
    assert [row for row in refused if valid(head | {"corrections": [row]})] == []
