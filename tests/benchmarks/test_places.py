"""How benchmarks read corpora whose annotators worked otherwise."""

from __future__ import annotations

import json

from benchmarks.places import first_found


def test_names_stand_where_their_text_first_has_the_letters(tmp_path):
    """Once each, be it inside a hashtag."""
    text = "#أمطار_عمان في عمان وفي مادبا"
    toponyms = [
        {"start": 15, "end": 19, "text": "عمان", "score": 0.9},
        {"start": 15, "end": 19, "text": "عمان", "score": 0.8},
        {"start": 24, "end": 29, "text": "مادبا", "score": 0.7},
    ]
    found = tmp_path / "found.jsonl"
    found.write_text(json.dumps({"text": text, "toponyms": toponyms}) + "\n", encoding="utf-8")
    first_found(found)
    moved = json.loads(found.read_text(encoding="utf-8"))["toponyms"]
    assert [(t["start"], t["end"], t["score"]) for t in moved] == [(7, 11, 0.9), (24, 29, 0.7)]
    assert all(text[t["start"] : t["end"]] == t["text"] for t in moved)
