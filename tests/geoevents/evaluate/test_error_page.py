"""The page holds everything itself, and no text in it is markup."""

import json
import re

from geoevents.evaluate import Pair, Toponym, error_page, evaluate

HOSTILE = "</script><script>alert(1)</script><!-- ${policy} $title \u2028 <img onerror=alert(1)>"


def page(text=HOSTILE):
    """Return the page of one mistake, hostile in every field that a file can fill."""
    gold = [Toponym(0, len(text), lat=1.0, lon=2.0, name=text, place_id=text, form=text, area=text)]
    answer = [Toponym(0, len(text), lat=50.0, lon=2.0, name=text, place_id=text)]
    return error_page(evaluate([Pair(text, text, gold, answer, lang=text)]), title=text)


def test_hostile_text_is_no_markup():
    """Beside its own scripts, the page has none; the island gives the text back as it was."""
    html = page()
    assert len(re.findall("<script", html)) == 4
    assert html.count("</script") == 4
    assert "<img" not in html
    island = re.search(r'id="ev-data">(.*?)</script>', html, re.DOTALL)[1]
    (mistake,) = json.loads(island)["mistakes"]
    assert mistake["words"] == mistake["doc"] == mistake["sentence"] == HOSTILE
    assert mistake["goldName"] == mistake["answerName"] == HOSTILE


def test_nothing_is_loaded():
    """Neither style nor script nor picture has an address."""
    html = page("Baku")
    own = html.replace(re.search(r"<script>.*?</script>", html, re.DOTALL)[0], "")
    assert not re.search(r"""(src|href)\s*=|url\((?!data:|#)|@import""", own.split("<body")[0])
    assert "default-src 'none'" in html


def test_lone_surrogates_can_be_written():
    """The page is valid UTF-8 whatever the text is."""
    assert page("\ud83d Baku").encode("utf-8")


def test_the_same_evaluation_gives_the_same_page():
    """No ids drawn at random."""
    assert page("Baku") == page("Baku")


def test_direction_follows_the_language():
    """Arabic runs from right to left; where no language is told the letters decide."""
    rows = [Pair(str(i), "باكو", [Toponym(0, 4)], [], lang=lang) for i, lang in
            enumerate(("ar", "en", None))]  # fmt: skip
    html = error_page(evaluate(rows, replicates=0))
    island = json.loads(re.search(r'id="ev-data">(.*?)</script>', html, re.DOTALL)[1])
    assert [row["dir"] for row in island["mistakes"]] == ["rtl", "ltr", "auto"]
