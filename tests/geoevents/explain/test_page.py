"""The page holds everything itself, and no text in it is markup."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from gazetteer import Mention, Place, Resolution, Span
from geoevents.article import Article
from geoevents.event import Document, Event, EventPlace, EventTime, Participant
from geoevents.explain import explain_page
from geoevents.extract.pipeline import extract

HOSTILE = "</script><script>alert(1)</script><!-- ${policy} $title \u2028 <img onerror=alert(1)>"
TEXT = "Two cargo planes landed in Baku from Ankara on Thursday, officials said."


def island(page):
    """Return what a page's island holds."""
    return json.loads(re.search(r'id="ev-data">(.*?)</script>', page, re.DOTALL)[1])


def hostile(text):
    """Return a document that says the same hostile text wherever a text can stand."""
    whole = Span(0, len(text))
    mention = Mention(0, len(text), text, language="en")
    place = Place(text, text, text, 1.0, 2.0, country=text)
    resolution = Resolution(mention, place, 0.5)
    event = Event(
        "a-1",
        text,
        text,
        text,
        trigger=whole,
        sentence=whole,
        time=EventTime(text, text, text, text, whole),
        participants=(Participant(text, text, whole, text),),
        places=(EventPlace(text, resolution),),
    )
    article = Article(text, id=text, lang="en", title=text, url=f"javascript:{text}")
    return Document(article, (resolution,), (event,))


@pytest.fixture(scope="module")
def document(gazetteer):
    """Return what is found in one sentence."""
    return extract(Article(TEXT, id="one", published=date(2024, 5, 8)), gazetteer)


def shown(piece):
    """Return a piece of a sentence as the page shows it in English."""
    if isinstance(piece, str):
        return piece
    return piece["words"] if "words" in piece else f"{piece['number']:,.{piece['digits']}f}"


def rows(event, group=None):
    """Return an event's rows of a group, as name to the text of its value."""
    return {
        row["name"]: "".join(map(shown, row["value"]))
        for row in event["rows"]
        if row.get("group") == group
    }


def test_hostile_text_is_no_markup(gazetteer):
    """Beside its own scripts the page has none; the island gives the text back as it was."""
    page = explain_page(hostile(HOSTILE), gazetteer)
    assert len(re.findall("<script", page)) == page.count("</script") == 2
    assert "<img" not in page
    found = island(page)
    parts = [part[0] for line in found["paragraphs"] for part in line["parts"]]
    assert parts == [HOSTILE]
    assert found["title"] == found["events"][0]["words"] == found["places"][0]["words"] == HOSTILE


def test_an_address_that_is_none_leads_nowhere(gazetteer):
    """Only http and https are links."""
    about = island(explain_page(hostile("x"), gazetteer))["about"]
    assert ["Address", "javascript:x", None] in about


def test_the_policy_lets_nothing_in(gazetteer, document):
    """Only the page's own script and style, by their hashes; nothing has an address."""
    page = explain_page(document, gazetteer)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"\s(src|href)\s*=\s*[\"']|url\(|@import", page)


def test_lone_surrogates_can_be_written(gazetteer):
    """The page is valid UTF-8 whatever the text is."""
    assert explain_page(hostile("\ud83d Baku"), gazetteer).encode("utf-8")


def test_an_event_tells_all_of_itself(gazetteer, document):
    """Type, status, time with its precision, places with their basis and score, and count."""
    (event,) = island(explain_page(document, gazetteer))["events"]
    told = rows(event)
    assert told["Type"].startswith("movement.flight: ")
    assert (told["Status"], told["Aspect"], told["Count"]) == ("reported", "single", "2")
    assert told["Time"] == "on Thursday: 2024-05-02 (precision: day)"
    stated = rows(event, "Where, as stated")
    assert stated["origin"].startswith("Ankara: Ankara (TR), stated, score 0.")
    assert stated["destination"].startswith("Baku: Baku (AZ), stated, score 0.")
    why = {row["name"]: row["why"] for row in event["rows"]}
    assert why["Status"][0][:2] == [{"words": "said"}, " is a sign of “"]


def test_inferred_places_stand_apart(gazetteer):
    """Never among those that the text states."""
    text = "A bombing hit Baghdad on 3 May 2024. The bombing wounded dozens."
    page = explain_page(extract(Article(text), gazetteer), gazetteer)
    second = island(page)["events"][1]
    assert rows(second, "Where, as stated") == {}
    assert "inferred" in rows(second, "Where, as inferred")["location"]
    assert rows(second, "Hurt") == {"wounded": "an unknown number: wounded dozens"}


def test_places_tell_their_runners_up_and_what_speaks_for_each(gazetteer):
    """Paris after Texas is told why, and France's is among those that it is not."""
    document = extract(Article("A fire broke out in Paris, Texas.", lang="en"), gazetteer)
    places = island(explain_page(document, gazetteer))["places"]
    paris = next(one for one in places if one["words"] == "Paris")
    chosen, *others = paris["candidates"]
    assert (chosen["chosen"], chosen["id"]) == (True, "geonames:4717560")
    assert "FR" in {other["country"] for other in others}
    assert any(odds > 0 and words.startswith("what it lies in") for words, odds in chosen["why"])
    assert not any(other["chosen"] for other in others)


def test_what_speaks_for_a_place_is_what_one_mention_is_told(gazetteer, document):
    """Explained together, mentions have the reasons that each has alone."""
    mentions = [r.mention for r in document.places]
    together = gazetteer.explain_all(TEXT, mentions, lang="en")
    alone = [gazetteer.explain(TEXT, mention, lang="en") for mention in mentions]
    assert [one.to_dict() for one in together] == [one.to_dict() for one in alone]


def test_a_place_without_event_and_one_not_found_say_so(gazetteer):
    """The reader sees that nothing was overlooked."""
    document = extract(Article("Baku is a city.", lang="en"), gazetteer)
    (place,) = island(explain_page(document, gazetteer))["places"]
    assert rows(place)["Belongs to"] == "no event: none takes it"
    lost = replace(document.places[0], place=None, alternatives=())
    (place,) = island(explain_page(replace(document, places=(lost,)), gazetteer))["places"]
    assert rows(place)["Place"].startswith("None is likely enough")


def test_a_language_without_event_words_is_told(gazetteer):
    """Rather than that nothing happened."""
    document = extract(Article("Bakida yanğın oldu.", lang="az"), gazetteer)
    assert {"words": "'az'"} in island(explain_page(document, gazetteer))["empty"]


def test_the_same_document_gives_the_same_page(gazetteer, document):
    """No ids drawn at random."""
    assert explain_page(document, gazetteer) == explain_page(document, gazetteer)
