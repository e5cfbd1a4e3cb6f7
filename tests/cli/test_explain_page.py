"""extract --explain: a page of one article beside the events."""

import json
import re

import pytest

TEXT = "Two cargo planes landed in Baku from Ankara on 3 May 2024, officials said."


@pytest.fixture
def article(here):
    """Write an article of one sentence."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def island(page):
    """Return what a page's island holds."""
    return json.loads(re.search(r'id="ev-data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_is_written_beside_the_lines(run, here, article):
    """It shows the events of the line, which is what it is without the option."""
    plain = run("extract", article)
    ended = run("extract", article, "--explain", "why.html")
    assert (ended.code, ended.out) == (0, plain.out)
    assert "'why.html'" in ended.err
    found = island((here / "why.html").read_text(encoding="utf-8"))
    events = json.loads(ended.out)["events"]
    assert [event["words"] for event in found["events"]] == [e["trigger"]["text"] for e in events]
    assert found["title"] == "a"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_page_is_written_beside_a_layer(run, here, article, jobs):
    """Also when the article is read in another process."""
    ended = run("extract", article, "-o", "a.geojson", "--explain", "why.html", "--jobs", jobs)
    assert ended.code == 0
    assert (here / "a.geojson").exists()
    assert island((here / "why.html").read_text(encoding="utf-8"))["events"]


def test_the_page_can_go_to_standard_output(run, article):
    """When the events go elsewhere; both there would be neither."""
    ended = run("extract", article, "-o", "a.jsonl", "--explain", "-")
    assert ended.out.startswith("<!DOCTYPE html>")
    ended = run("extract", article, "--explain", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "give -o OUT too" in ended.err


def test_one_page_shows_one_article(run, here, article):
    """Two are refused before anything is written."""
    (here / "b.txt").write_text(TEXT, encoding="utf-8")
    ended = run("extract", article, "b.txt", "-o", "both.jsonl", "--explain", "why.html")
    assert (ended.code, ended.out) == (2, "")
    assert "name a single one" in ended.err
    assert {path.name for path in here.iterdir()} == {"a.txt", "b.txt"}


def test_a_page_is_not_replaced_unasked(run, here, article):
    """Nor is one made under a name that is no page's."""
    (here / "why.html").write_text("mine", encoding="utf-8")
    ended = run("extract", article, "--explain", "why.html")
    assert (ended.code, ended.out) == (1, "")
    assert (here / "why.html").read_text(encoding="utf-8") == "mine"
    assert run("extract", article, "--explain", "why.html", "--overwrite").code == 0
    assert (here / "why.html").read_text(encoding="utf-8") != "mine"
    ended = run("extract", article, "--explain", "why.pdf")
    assert ended.code == 2
    assert ".html" in ended.err


def test_an_article_that_cannot_be_read_has_no_page(run, here):
    """One sentence says why, as without the option."""
    (here / "a.txt").write_text("", encoding="utf-8")
    ended = run("extract", "a.txt", "--explain", "why.html")
    assert ended.code == run("extract", "a.txt").code != 0
    assert not (here / "why.html").exists()
    assert "Traceback" not in ended.err


def test_hostile_names_are_shown_as_they_are(run, here):
    """Id, title and address of a record are text on the page."""
    evil = "</script><script>alert(1)</script>"
    record = {"id": evil, "text": f"{evil} landed in Baku.", "title": evil, "url": f"x:{evil}"}
    (here / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("extract", "a.jsonl", "--explain", "why.html").code == 0
    page = (here / "why.html").read_text(encoding="utf-8")
    assert page.count("<script") == page.count("</script") == 2
    assert island(page)["title"] == evil


def test_the_page_speaks_the_language_that_is_asked_for(run, here, article):
    """Else that of the article; also when it is read in another process."""
    for options, lang, direction in (((), "en", "ltr"), (("--ui-lang", "ar"), "ar", "rtl"),
                                     (("--ui-lang", "fa", "--jobs", 2), "fa", "rtl")):  # fmt: skip
        ended = run("extract", article, "--explain", "why.html", "--overwrite", *options)
        assert ended.code == 0
        page = (here / "why.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}" dir="{direction}">' in page
    (here / "b.txt").write_text("اندلع حريق في باريس.", encoding="utf-8")
    assert run("extract", "b.txt", "--explain", "b.html").code == 0
    assert '<html lang="ar" dir="rtl">' in (here / "b.html").read_text(encoding="utf-8")


def test_a_language_without_a_page_is_refused(run, article):
    """The lines themselves have no language of an interface."""
    ended = run("extract", article, "--ui-lang", "ar")
    assert (ended.code, ended.out) == (2, "")
    assert "--explain" in ended.err
