"""A file of own event types and words: what it does, and what is said when it does not fit."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoevents import Article, event_table, find_events, read_ontology
from geoevents.errors import EncodingError, InputNotFoundError, InputNotReadableError, OntologyError
from geoevents.extract.lexicon import load_lexicon
from geoevents.ontology import builtin

if TYPE_CHECKING:
    from gazetteer import Gazetteer

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "own-events.toml"
SWARM = "Two locust swarms descended on Isiolo in northern Kenya on Monday."


def written(tmp_path: Path, text: str) -> Path:
    """Return a file with this text."""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path: Path, text: str) -> tuple[str, ...]:
    """Return what is said about a file, without its path."""
    path = written(tmp_path, text)
    with pytest.raises(OntologyError) as error:
        read_ontology(path)
    return tuple(one.replace(repr(str(path)), "mine.toml") for one in error.value.problems)


def told(gazetteer: Gazetteer, text: str, path: Path | None = None) -> list[tuple[str, list[str]]]:
    """Return type and stated places of each event of a text."""
    ontology = path and read_ontology(path)
    article = Article(text=text, published=date(2020, 2, 12))
    return [
        (event.type, [p.resolution.mention.text for p in event.places if p.role != "context"])
        for event in find_events(article, gazetteer, ontology=ontology).events
    ]


def test_own_types_are_found_by_own_words(gazetteer: Gazetteer) -> None:
    """An inflected noun, and an Arabic verb with its article and its plural, name an own type."""
    assert told(gazetteer, SWARM) == []
    assert told(gazetteer, SWARM, SAMPLE) == [("agriculture.locust_swarm", ["Isiolo"])]
    arabic = "اجتاحت أسراب الجراد محافظة مأرب يوم الاثنين."
    assert told(gazetteer, arabic, SAMPLE) == [("agriculture.locust_swarm", ["مأرب"])]


def test_the_example_of_the_page_works(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """The file that docs/ontology.md begins with is read, and finds what it says."""
    page = (SAMPLE.parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
    mine = written(tmp_path, page.partition("```toml\n")[2].partition("```")[0])
    assert told(gazetteer, "There was a swarm of locusts over Isiolo.", mine) == [
        ("agriculture.locust_swarm", ["Isiolo"])
    ]
    wrong = mine.read_text(encoding="utf-8").replace('"area"', '"zone"')
    (said,) = problems(tmp_path, wrong)
    assert said.replace("mine.toml", "'mine.toml'") + "." in page


def test_built_in_types_stay_as_they_are(gazetteer: Gazetteer) -> None:
    """A file adds: what it does not speak of is found as before."""
    text = "A drone strike hit Mogadishu on Tuesday."
    assert told(gazetteer, text) == told(gazetteer, text, SAMPLE)
    assert read_ontology(SAMPLE).types["violence.strike"] is builtin().types["violence.strike"]


def test_a_trigger_can_replace_a_built_in_one(gazetteer: Gazetteer) -> None:
    """With `replaces` a word names the own type and no longer the built-in one."""
    text = "There was a walkout in Nairobi on Tuesday."
    assert told(gazetteer, text) == [("unrest.protest", ["Nairobi"])]
    assert told(gazetteer, text, SAMPLE) == [("unrest.walkout", ["Nairobi"])]


def test_triggers_can_be_removed_by_type_and_by_word(tmp_path: Path, gazetteer: Gazetteer) -> None:
    """A removed type has no words left; a removed noun leaves its verb alone."""
    text = "Protesters rioted in Nairobi. A riot broke out in Mombasa."
    noun = written(tmp_path, '[[remove.en]]\nnouns = ["riot"]')
    assert told(gazetteer, text) == [("unrest.riot", ["Nairobi"]), ("unrest.riot", ["Mombasa"])]
    assert told(gazetteer, text, noun) == [("unrest.riot", ["Nairobi"])]
    whole = written(tmp_path, '[[remove.en]]\ntypes = ["unrest.riot"]')
    assert "unrest.riot" not in [kind for kind, _ in told(gazetteer, text, whole)]


def test_a_route_is_drawn_for_an_own_type_that_is_one(gazetteer: Gazetteer) -> None:
    """Both ends stated make a route row of a type whose geometry is a route, with its codes."""
    ontology = read_ontology(SAMPLE)
    article = Article(text="Herders drove their cattle from Garissa to Wajir last week.")
    table = event_table([find_events(article, gazetteer, ontology=ontology)], ontology=ontology)
    assert table["role"].tolist() == ["route", "origin", "destination"]
    assert set(table["label"]) == {"Cattle drive"}
    assert set(table["family"]) == {"agriculture"}
    assert table["cameo"].isna().all()


def test_a_built_in_type_can_be_changed_in_part(tmp_path: Path) -> None:
    """Only what the file states differs."""
    changed = read_ontology(
        written(tmp_path, '[types."unrest.riot"]\nlabel = "Unruhen"\nacled = "Mob violence"')
    ).types["unrest.riot"]
    base = builtin().types["unrest.riot"]
    assert (changed.label, changed.acled) == ("Unruhen", "Mob violence")
    assert (changed.definition, changed.frame, changed.cameo) == (
        base.definition, base.frame, base.cameo,
    )  # fmt: skip


def test_what_a_type_leaves_out_has_a_default(tmp_path: Path) -> None:
    """A type needs no more than a label and a sentence."""
    text = '[families]\nart = "Art is shown"\n[types."art.show"]\nlabel = "Show"\n'
    made = read_ontology(written(tmp_path, text + 'definition = "Art is shown."')).types["art.show"]
    assert (made.geometry, made.aspect, made.counted, made.style) == (
        "point", "single", False, "other",
    )  # fmt: skip
    assert made.frame == builtin().frames["happening"]
    assert made.participants == {"subject": "actor", "object": "target", "by": "actor"}
    assert (made.cameo, made.plover, made.acled) == ("", "", "")


def test_an_ontology_goes_to_other_processes() -> None:
    """What is read back from its bytes has the same types, styles and words."""
    ontology = read_ontology(SAMPLE)
    copy = pickle.loads(pickle.dumps(ontology))  # noqa: S301  our own bytes
    assert dict(copy.types) == dict(ontology.types)
    assert (copy.looks, copy.words, copy.frames) == (
        ontology.looks,
        ontology.words,
        ontology.frames,
    )


def test_the_built_in_words_are_not_changed_by_a_file() -> None:
    """Reading a file leaves the lexicon without one as it was."""
    before = load_lexicon("en")
    own = load_lexicon("en", read_ontology(SAMPLE))
    assert own is not before
    assert load_lexicon("en") is before
    assert before is not None
    assert own is not None
    assert "walkout" in before.by_form
    assert {p.entry.type for p, _ in own.by_form["walkout"]} == {"unrest.walkout"}
    assert "pests" not in {name for names in before.classes.values() for name in names}


BAD = {
    "nonsense": ("= 3", "is no valid TOML (Invalid statement (at line 1, column 1))"),
    "unknown section": ("\n[triggers]\n", "line 2: the key 'triggers' is not known: use classes, "),
    "version": ('version = "9"', "'version' is '9': write version = '1'"),
    "unquoted name": (
        "[types.unrest.walkout]\nlabel = 'x'",
        "'unrest' is no name of a type: write [types.\"family.type\"] with quotes",
    ),
    "unknown family": (
        '[types."farming.swarm"]',
        'line 1, [types."farming.swarm"]: the family \'farming\' is not known: use coercion, ',
    ),
    "no label": (
        '# mine\n[types."unrest.walkout"]\ndefinition = "x"',
        'line 2, [types."unrest.walkout"]: \'label\' is missing: add label = "…"',
    ),
    "geometry": (
        '[types."unrest.riot"]\nlabel = "x"\ngeometry = "blob"',
        "line 3, [types.\"unrest.riot\"]: the geometry 'blob' is not known: use area, none, ",
    ),
    "code": (
        '[types."unrest.riot"]\ncameo = "0145"',
        "the cameo code '0145' is not known: perhaps ",
    ),
    "counted": ('[types."unrest.riot"]\ncounted = 1', "'counted' is 1: write true or false"),
    "colour": (
        '[styles.x]\nlabel = "X"\nlight = "red"',
        "line 3, [styles.x]: 'light' is 'red': write a colour as \"#1d5fa8\"",
    ),
    "hostile path": (
        '[styles.x]\nlabel = "X"\nshape = "M0 0\\"/><script>"',
        "line 3, [styles.x]: 'shape' is ",
    ),
    "style": ('[types."unrest.riot"]\nstyle = "haz"', "the style 'haz' is not known: use "),
    "frame": ('[frames.visit]\nin = "location"', "this frame is built in and cannot change"),
    "place role": ('[frames.x]\nin = "somewhere"', "the role 'somewhere' is not known: use"),
    "language": ('[[trigger.xx]]\ntype = "unrest.riot"', "the language 'xx' is not known: use "),
    "path as language": ('[[trigger."../en"]]\n', "the language '../en' is not known"),
    "one bracket": ('[trigger.en]\ntype = "unrest.riot"', "write [[trigger.en]] with two brackets"),
    "type of a trigger": (
        '[[trigger.en]]\ntype = "unrest.riot"\nnouns = ["a"]\n[[trigger.en]]\ntype = "x.y"',
        "line 5, [[trigger.en]]: the type 'x.y' is not known",
    ),
    "no type": ('[[trigger.en]]\nnouns = ["a"]', "it names no event: add type = "),
    "no words": ('[[trigger.en]]\ntype = "unrest.riot"', "it has no words: add verbs, nouns or "),
    "class": (
        '[[trigger.en]]\ntype = "unrest.riot"\nnouns = ["a"]\nnear = ["@airport", "@aircrafts"]',
        "line 4, [[trigger.en]]: the class 'aircrafts' is not known: perhaps 'aircraft' is meant",
    ),
    "weight": (
        '[[trigger.en]]\ntype = "unrest.riot"\nnouns = ["a"]\nweight = 2',
        "line 4, [[trigger.en]]: 'weight' is no probability: write a number between 0 and 1",
    ),
    "cases": (
        '[[trigger.en]]\ncases = ["@ship"]\nnouns = ["a"]',
        "'cases' are no pairs: write [[\"@class\", \"family.type\"]]",
    ),
    "begins with a gap": (
        '[[trigger.en]]\ntype = "unrest.riot"\nphrases = ["@place ~ b"]',
        "'@place ~ b' can never be found: begin with a word",
    ),
    "empty lemma": (
        '[[trigger.en]]\ntype = "unrest.riot"\nphrases = ["v:"]',
        "'v:' can never be found: begin with a word",
    ),
    "not words": (
        '[[trigger.en]]\ntype = "unrest.riot"\nnouns = "riot"',
        "line 3, [[trigger.en]]: 'nouns' is 'riot': write a list of words",
    ),
    "removes nothing there": (
        '[[remove.en]]\nverbs = ["rioted"]',
        "no built-in trigger has 'rioted' among its verbs: perhaps 'riot' is meant",
    ),
    "types of a removal": ("[[remove.en]]\ntypes = 5", "'types' is 5: write a list of words"),
    "replaces nothing": (
        '[[trigger.en]]\ntype = "unrest.riot"\nnouns = ["quux"]\nreplaces = true',
        "line 4, [[trigger.en]]: no built-in trigger has any of its words: leave this out",
    ),
    "part of the clause": (
        '[types."unrest.riot"]\nparticipants = { whom = "target" }',
        "the part of the clause 'whom' is not known: use against, between, by, ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_said_with_its_place(tmp_path: Path, name: str) -> None:
    """One sentence names the file, the line where it can be found, what is wrong, what to do."""
    text, wanted = BAD[name]
    said = problems(tmp_path, text)
    assert any(wanted in one for one in said), said
    assert all(one.startswith("mine.toml") for one in said)


def test_all_problems_are_counted_in_the_order_of_the_lines(tmp_path: Path) -> None:
    """The message gives the first one and how many more there are."""
    path = written(
        tmp_path, '[[trigger.en]]\ntype = "unrest.riot"\n[styles.x]\nlabel = "X"\ndark = "black"'
    )
    with pytest.raises(OntologyError, match=r"line 1, .* \(and 1 more\)\.$") as error:
        read_ontology(path)
    assert [one.split(",")[1] for one in error.value.problems] == [" line 1", " line 5"]


def test_a_file_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    """Missing, a folder, in another encoding, too deep."""
    with pytest.raises(InputNotFoundError, match="check the path"):
        read_ontology(tmp_path / "none.toml")
    with pytest.raises(InputNotReadableError, match="permissions"):
        read_ontology(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes('version = "é"'.encode("latin-1"))
    with pytest.raises(EncodingError, match="UTF-8"):
        read_ontology(latin)
    deep = written(tmp_path, "a = " + "[" * 100_000)
    with pytest.raises(OntologyError, match=r"no valid TOML"):
        read_ontology(deep)
