"""Wikidata's labels come as a table, piece by piece, and politely."""

from __future__ import annotations

import json

import pytest

from gazetteer.errors import BadQueryError, RefusedError
from gazetteer.fetch.catalogue import dataset
from gazetteer.fetch.labels import BATCH, fetch_labels
from gazetteer.sources.wikidata import read_labels

LABELS = dataset("wikidata-labels").files[0]


def binding(item, number, lang, label):
    """Return a row of a SPARQL answer."""
    return {
        "item": {"type": "uri", "value": f"http://www.wikidata.org/entity/{item}"},
        "geonameid": {"type": "literal", "value": str(number)},
        "label": {"xml:lang": lang, "type": "literal", "value": label},
    }


def sparql(*bindings):
    """Return the mood of a query service that gives such an answer."""
    answer = {"head": {"vars": ["geonameid", "item", "label"]}, "results": {"bindings": bindings}}
    body = json.dumps(answer).encode()
    return lambda handler: handler.send(
        200, body, Content_Type="application/sparql-results+json;charset=utf-8"
    )


@pytest.fixture
def ask(site, http, tmp_path):
    """Return a function that fetches labels from the server."""

    def ask(ids, langs=("ar", "fa")):
        folder = tmp_path / "new"
        return fetch_labels(http, LABELS, ids, langs=langs, base_url=site.url, folder=folder)

    return ask


def test_labels_come_as_a_table(ask, site):
    """One row per label, which the reader reads back."""
    site.moods.append(
        sparql(
            binding("Q9248", 587084, "fa", "باکو"),
            binding("Q9248", 587084, "ar", "باكو"),
            binding("Q9248", 587084, "ar", "باكو"),
        )
    )
    path = ask([587084, 587084])
    assert path.read_text(encoding="utf-8").splitlines() == [
        "qid\tgeonameid\tlang\tlabel",
        "Q9248\t587084\tar\tباكو",
        "Q9248\t587084\tfa\tباکو",
    ]
    (chunk,) = read_labels(path, on_problem=pytest.fail)
    assert (chunk.qid, chunk.geonameid.tolist()) == (["Q9248"] * 2, [587084] * 2)
    assert (chunk.lang.to_list(), chunk.text) == (["ar", "fa"], ["باكو", "باکو"])


def test_the_query_names_ids_and_languages_and_who_asks(ask, site):
    """A form with one query per batch; the user agent carries the contact."""
    site.moods.extend([sparql(), sparql()])
    ask(range(1, BATCH + 2))
    first, second = (form["query"][0] for form in site.forms)
    assert 'VALUES ?geonameid { "1" "2" ' in first
    assert f'VALUES ?geonameid {{ "{BATCH + 1}" }}' in second
    assert 'LANG(?label) IN ("ar", "fa")' in first
    path, headers = site.asked[0]
    assert path == "/sparql"
    assert headers["Accept"] == "application/sparql-results+json"
    assert "someone@example.org" in headers["User-Agent"]


def test_labels_cannot_break_the_table(ask, site):
    """Tabs and line feeds in a label become blanks; what is no item of Wikidata is left out."""
    site.moods.append(
        sparql(
            binding("Q1", 1, "ar", "a\tb\nc"),
            binding("Q2/../x", 1, "ar", "x"),
            binding("Q3", "1; DROP", "ar", "x"),
            binding("Q4", 1, "ar", " "),
        )
    )
    assert ask([1]).read_text(encoding="utf-8").splitlines()[1:] == ["Q1\t1\tar\ta b c"]


def test_an_answer_that_breaks_off_is_asked_for_again(ask, site):
    """The service ends a too slow query in the middle of a success."""

    def breaks_off(handler):
        body = b'{"head":{},"results":{"bindings":[{"item"java.util.concurrent.TimeoutException'
        handler.send(200, body, Content_Type="application/sparql-results+json")

    def throttled(handler):
        handler.send(429, b"slow down", Retry_After="0")

    site.moods.extend([breaks_off, throttled, sparql(binding("Q1", 1, "ar", "ا"))])
    assert ask([1]).read_text(encoding="utf-8").endswith("Q1\t1\tar\tا\n")
    assert len(site.asked) == 3


def test_labels_go_on_where_they_were_interrupted(ask, site, tmp_path, left):
    """The first batch is not asked for again, and half a row is not kept."""
    site.moods.extend([sparql(binding("Q1", 1, "ar", "ا")), *["busy"] * 4])
    ids = range(1, BATCH + 2)
    with pytest.raises(RefusedError):
        ask(ids)
    with (tmp_path / "new" / "wikidata-labels.tsv.part").open("ab") as stream:
        stream.write(b"Q7\t12")
    site.forms.clear()
    site.moods.append(sparql(binding("Q2", BATCH + 1, "ar", "ب")))
    rows = ask(ids).read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["Q1\t1\tar\tا", f"Q2\t{BATCH + 1}\tar\tب"]
    assert len(site.forms) == 1
    assert left() == ["wikidata-labels.tsv"]


def test_other_languages_begin_anew(ask, site):
    """A part that answers other questions is not added to."""
    site.moods.extend([sparql(binding("Q1", 1, "ar", "ا")), *["busy"] * 4])
    ids = range(1, BATCH + 2)
    with pytest.raises(RefusedError):
        ask(ids)
    site.moods.extend([sparql(binding("Q1", 1, "he", "א")), sparql()])
    assert ask(ids, langs=["he"]).read_text(encoding="utf-8").splitlines()[1:] == ["Q1\t1\the\tא"]


@pytest.mark.parametrize(
    ("ids", "langs", "why"),
    [([], ["ar"], "no place"), ([1], [], "No language"), ([1], ['ar") }'], "is no language")],
)
def test_questions_that_make_no_sense_are_not_asked(ask, site, ids, langs, why):
    """Nor can a language smuggle words into the query."""
    with pytest.raises(BadQueryError, match=why):
        ask(ids, langs)
    assert site.asked == []
