"""What the extractor says it went by is what decided: which row, cue, word of relation and rule."""

from datetime import date

import pytest

from geoevents.article import Article
from geoevents.extract.pipeline import extract

PUBLISHED = date(2024, 5, 8)


@pytest.fixture(scope="module")
def told(gazetteer):
    """Return a function: the only event of a text."""

    def told(text):
        (event,) = extract(Article(text, published=PUBLISHED), gazetteer).events
        return event

    return told


@pytest.fixture(scope="module")
def told_all(gazetteer):
    """Return a function: all events of a text."""
    return lambda text: extract(Article(text, published=PUBLISHED), gazetteer).events


def rules(why, text):
    """Return the rules of reasons with the words that they went by."""
    return [(r.rule, r.span and text[r.span.start : r.span.end]) for r in why]


def test_the_row_and_the_company_of_a_trigger(told):
    """The lexicon's row, as the data writes it, and the word near it that the row asks for."""
    text = "Two cargo planes landed in Baku from Ankara on Thursday, officials said."
    why = told(text).why["type"]
    assert rules(why, text) == [("type.row", "landed"), ("type.company", "planes")]
    assert why[0].values == {"row": "v:land", "weight": 0.8}


def test_the_cue_of_a_status_comes_before_those_it_outweighs(told):
    """A denial is stronger than hearsay, and both are told."""
    text = "Russia denied that it had delivered missiles to Iran, witnesses said."
    event = told(text)
    assert event.status == "negated"
    first, *weaker = rules(event.why["status"], text)
    assert first == ("status.cue", "denied")
    assert ("status.cue", "said") in weaker


def test_a_plain_sentence_says_that_no_sign_reaches_it(told):
    """The sentence is named in which none was found."""
    text = "The army shelled Donetsk."
    assert rules(told(text).why["status"], text) == [("status.none", text)]


def test_quotation_and_tense_are_signs_too(told_all):
    """What is quoted is reported; what is planned has its cue and its infinitive."""
    text = 'Ministers agreed. "The army shelled Donetsk and Mariupol again today."'
    shelling = [e for e in told_all(text) if e.type == "violence.shelling"]
    assert [r.rule for r in shelling[0].why["status"]] == ["status.quoted"]
    text = "Troops plan to attack Kharkiv."
    (attack,) = told_all(text)
    assert {r.rule for r in attack.why["status"]} >= {"status.infinitive"}


def test_the_word_of_relation_gives_a_place_its_role(told):
    """In Arabic too, and with the phrase that it stands in."""
    text = "هبطت طائرة شحن في قاعدة عوفدا قادمة من باكو أمس."
    event = told(text)
    found = {place.role: (rules(place.why, text), place.why[0].values) for place in event.places}
    assert found["destination"][0] == [("place.by_word", "في قاعدة عوفدا")]
    assert found["destination"][1]["relation"] == "in"
    assert found["origin"][0] == [("place.by_word", "قادمة من باكو")]
    assert found["origin"][1]["relation"] == "from"


def test_what_lies_around_a_place_is_context_because_of_it(told):
    """The reason names the place that lies in it."""
    text = "An earthquake struck Izmir, Turkey."
    context = next(p for p in told(text).places if p.role == "context")
    assert rules(context.why, text) == [("place.container", "Izmir")]


def test_an_inferred_place_and_time_name_the_event_they_come_from(told_all):
    """The second bombing has no words of its own for either."""
    text = "A bombing hit Baghdad on 3 May 2024. The bombing wounded dozens."
    first, second = told_all(text)
    (place,) = second.inferred_places
    assert [r.rule for r in place.why] == ["place.carried"]
    assert place.why[0].span == first.trigger
    assert [r.rule for r in second.time.why] == ["time.carried"]
    assert second.time.why[0].span == first.trigger


def test_a_date_names_its_rule_and_what_it_is_counted_from(told):
    """A weekday from the day of publication; a full date from nothing."""
    text = "The army shelled Donetsk on Monday."
    rule, published, _ = told(text).time.why
    assert (rule.rule, rule.values["operation"]) == ("time.rule", "weekday")
    assert (published.rule, published.values) == ("time.published", {"day": "2024-05-08"})
    text = "The army shelled Donetsk on 3 May 2024."
    assert [r.rule for r in told(text).time.why] == ["time.rule", "time.only"]


def test_a_date_without_its_beginning_says_so(gazetteer):
    """A weekday means no day while the publication is unknown."""
    text = "The army shelled Donetsk on Monday."
    (event,) = extract(Article(text), gazetteer).events
    assert [r.rule for r in event.time.why] == ["time.rule", "time.unresolved", "time.only"]


def test_who_takes_part_has_its_part(told):
    """The subject by its place, the one listed with it by that one, the recipient by "to"."""
    text = "France and Germany signed an agreement in Paris on Monday."
    france, germany = told(text).participants
    assert [r.rule for r in france.why] == ["who.of_type"]
    assert france.why[0].values["part"] == "subject"
    assert rules(germany.why, text) == [("who.joined", "France"), ("who.of_type", "France")]


def test_numbers_name_their_words(told):
    """Counts, sums and people hurt."""
    text = "Two cargo planes landed in Baku on Thursday."
    assert rules(told(text).why["count"], text) == [("count.near", "Two")]
    text = "Russia delivered missiles worth $5 billion to Iran."
    assert rules(told(text).why["money"], text) == [("money.only", "$5 billion")]
    text = "The army shelled Donetsk on 3 May 2024, killing 23 people."
    event = told(text)
    assert rules(event.casualties[0].why, text) == [("casualties.only", "killing 23")]
    assert rules(event.why["type"], text)[1:] == [("type.echo", "killing")]


def test_the_confidence_is_what_its_factors_make(told):
    """Weight as odds, times the factors, is the confidence."""
    event = told("The army shelled Donetsk on 3 May 2024, killing 23 people.")
    weight, *factors = event.why["confidence"]
    odds = weight.values["weight"] / (1 - weight.values["weight"])
    for reason in factors:
        odds *= reason.values["factor"]
    assert event.confidence == pytest.approx(min(odds / (1 + odds), 0.98), abs=5e-4)


def test_reasons_do_not_make_events_differ(told):
    """Two readings are equal whatever led to them."""
    event = told("The army shelled Donetsk.")
    assert event == type(event)(
        **{name: getattr(event, name) for name in event.__slots__ if name != "why"}
    )
