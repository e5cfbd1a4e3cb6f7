"""Every rule that the extractor can name has a sentence, and every value a meaning."""

import ast
from pathlib import Path

import pytest

import geoevents.extract
from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.ranking.candidates import PRIOR_FEATURES
from gazetteer.ranking.context import CONTEXT_FEATURES
from geoevents.explain.marks import KINDS
from geoevents.explain.words import feature_words, mark_of, told
from geoevents.extract.operations import OPERATIONS
from geoevents.reason import Reason

DATA = load_toml("ontology", "reasons.toml")
RULES = {
    f"{part}.{name}": rule
    for part, rules in DATA.items()
    if part not in {"version", "words"}
    for name, rule in rules.items()
}
EXTRACTOR = Path(geoevents.extract.__file__).parent
PARTS = tuple({rule.partition(".")[0] for rule in RULES})


def named_rules():
    """Return every text of the extractor's source that reads like a rule's name."""
    named = set()
    for path in EXTRACTOR.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                part, _, rest = node.value.partition(".")
                if part in PARTS and rest.isidentifier() and rest != "toml":  # no name of a file
                    named.add(node.value)
    return named


def composed_rules():
    """Return the rules whose names the extractor puts together: of places, by what gave a role."""
    source = (EXTRACTOR / "roles.py").read_text(encoding="utf-8")
    return {name for name in RULES if f'"{name.removeprefix("place.")}"' in source}


def test_rules_and_sentences_are_the_same():
    """No rule without a sentence, and no sentence that no rule asks for."""
    assert named_rules() | composed_rules() == set(RULES)


def test_marks_are_kinds_of_the_page():
    """What a rule's words are marked as is one of the kinds that the legend knows."""
    assert {rule["mark"] for rule in RULES.values() if "mark" in rule} <= set(KINDS)
    assert mark_of(Reason("status.cue")) == "cue"
    assert mark_of(Reason("no.such_rule")) is None


def test_every_way_to_read_a_date_is_told():
    """Each operation of the dates has its words."""
    assert set(DATA["words"]["operation"]) == set(OPERATIONS)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_reach_of_a_cue_is_told(lang):
    """Each scope in a language's cues has its words."""
    cues = load_toml("languages", lang, "cues.toml")
    scopes = {row["scope"] for key in ("status", "aspect") for row in cues[key]}
    assert scopes <= set(DATA["words"]["scope"])


def test_every_feature_of_a_place_is_told():
    """Those of kinds name the kind."""
    plain = {f for f in (*PRIOR_FEATURES, *CONTEXT_FEATURES) if not f.startswith("kind=")}
    assert set(DATA["words"]["feature"]) == plain
    assert feature_words("near of a country") == DATA["words"]["feature"]["near"]


def test_a_sentence_keeps_foreign_words_apart():
    """The article's words and the values stand where the rule's sentence leaves them open."""
    text = "They will {meaning} land"
    why = (Reason("status.cue", Span(5, 19), {"meaning": "hypothetical", "scope": "next",
                                              "reach": 3}),)  # fmt: skip
    assert told(why, text) == [
        [
            {"words": "will {meaning}"},
            " is a sign of “",
            "hypothetical",
            "”; it reaches ",
            "the words right after it, at most ",
            {"number": 3, "digits": 0},
            ".",
        ]
    ]


def test_an_unknown_rule_is_told_by_its_name():
    """A reader sees something, whatever the version."""
    assert told((Reason("type.unheard_of"),), "") == [["type.unheard_of"]]
