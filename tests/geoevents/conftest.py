"""A flight, a clash and a visit, as the extractor would hand them on."""

from datetime import date

import pytest

from gazetteer import Alternative, Mention, Place, Resolution, Span
from geoevents.article import Article
from geoevents.event import (
    Casualties,
    Document,
    Event,
    EventPlace,
    EventTime,
    Money,
    Participant,
)

BAKU = Place(
    "geonames:587084",
    "Baku",
    "capital",
    40.3777,
    49.892,
    country="AZ",
    admin1="iso:AZ-BA",
    names={"ar": ("باكو",), "en": ("Baku", "Baki"), "und": ("Bakı",)},
)
OVDA = Place(
    "icao:LLOV",
    "Ovda",
    "airbase",
    29.9403,
    34.9358,
    country="IL",
    names={"ar": ("عوفدا",), "en": ("Ovda",)},
)
KARABAKH = Place(
    "region:nagorno-karabakh",
    "Nagorno-Karabakh",
    "disputed",
    39.8,
    46.75,
    viewpoint="neutral",
    names={"en": ("Nagorno-Karabakh",)},
)
TEXT = (
    "وصلت طائرتا شحن إلى عوفدا من باكو يوم الخميس. "
    "وقتل عشرات في اشتباكات في قره باغ عام 2016. واتهمت باكو خصومها."
)


def resolved(text, words, place, *, form="name", nth=0, score=0.9):
    """Return the nth mention of some words, resolved to a place."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    mention = Mention(start, start + len(words), words, form=form, language="ar")
    runners_up = () if place is None else (Alternative(KARABAKH, 0.05),)
    return Resolution(mention, place, score, runners_up, uncertainty_km=2.5)


def span_of(text, words):
    """Return where some words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def document():
    """Return a document of three events: a flight, a clash, and an accusation without a place."""
    sentences = [part.strip() + "." for part in TEXT.split(".") if part.strip()]
    ovda, baku = resolved(TEXT, "عوفدا", OVDA), resolved(TEXT, "باكو", BAKU, score=0.8)
    karabakh = resolved(TEXT, "قره باغ", KARABAKH)
    flight = Event(
        "seed-1",
        "movement.flight",
        "reported",
        "single",
        trigger=span_of(TEXT, "وصلت"),
        sentence=span_of(TEXT, sentences[0]),
        time=EventTime("يوم الخميس", "2020-09-24", None, "day"),
        participants=(Participant("carrier", "طائرتا شحن"), Participant("recipient", "الجيش")),
        places=(EventPlace("origin", baku), EventPlace("destination", ovda)),
        count=2,
        money=Money(5e9, "USD"),
        confidence=0.75,
    )
    clash = Event(
        "seed-2",
        "violence.armed_clash",
        "asserted",
        "ongoing",
        trigger=span_of(TEXT, "اشتباكات"),
        sentence=span_of(TEXT, sentences[1]),
        time=EventTime("عام 2016", "2016", None, "year"),
        places=(EventPlace("location", karabakh),),
        casualties=(Casualties("killed", None, "عشرات"),),
    )
    accusation = Event(
        "seed-3",
        "statement.accusation",
        "asserted",
        "single",
        trigger=span_of(TEXT, "واتهمت"),
        sentence=span_of(TEXT, sentences[2]),
        participants=(Participant("actor", "باكو"), Participant("target", "خصومها")),
        places=(EventPlace("context", resolved(TEXT, "باكو", BAKU, nth=1)),),
    )
    return Document(
        Article(TEXT, "seed", "ar", date(2020, 9, 30), "عنوان", "https://example.org/1"),
        (ovda, baku, karabakh, resolved(TEXT, "باكو", BAKU, nth=1)),
        (flight, clash, accusation),
    )
