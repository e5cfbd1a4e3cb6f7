"""From an article to its events: places, status, aspect, time, and what is not said."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents.article import Article
from geoevents.extract.pipeline import extract

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geoevents.event import Event

    from .conftest import Read

DAY = date(2024, 5, 15)


def only(events: list[Event], kind: str) -> Event:
    """Return the one event of a type."""
    found = [event for event in events if event.type == kind]
    assert len(found) == 1, [event.type for event in events]
    return found[0]


def places(event: Event, *roles: str) -> list[tuple[str, str]]:
    """Return role and words of an event's places."""
    return [
        (p.role, p.resolution.mention.text) for p in event.places if not roles or p.role in roles
    ]


class TestPlaces:
    """Where an event happened, and which places are only mentioned."""

    def test_both_ends_of_a_flight_are_one_event(self, read: Read) -> None:
        """A landing and an arrival of the same aircraft are one flight with both ends."""
        events = read("هبطت طائرة شحن روسية في دمشق، حيث وصلت قادمة من موسكو.")
        flight = only(events, "movement.flight")
        ends = dict(places(flight, "origin", "destination"))
        assert ends == {"origin": "موسكو", "destination": "دمشق"}

    def test_no_origin_is_invented(self, read: Read) -> None:
        """A flight whose origin is not stated has none, whatever the carrier's nationality."""
        flight = only(
            read("A Russian cargo plane landed in Damascus on Monday."), "movement.flight"
        )
        assert places(flight) == [("destination", "Damascus")]

    def test_an_event_without_a_stated_place_has_none(self, read: Read) -> None:
        """Countries that take part are participants and give no place."""
        deal = only(read("France sold 24 fighter jets to Greece for $2 billion."), "deal.arms_deal")
        assert places(deal, "location", "origin", "destination") == []
        assert {p.country for p in deal.participants} == {"FR", "GR"}
        assert deal.count == 24
        assert deal.money is not None
        assert deal.money.currency == "USD"

    def test_a_dateline_is_context(self, read: Read) -> None:
        """The place a report is sent from is not where its event happened."""
        events = read("BEIRUT (AP) — Warplanes bombed a market in Aleppo on Tuesday.")
        found = {p for event in events for p in places(event)}
        assert ("context", "BEIRUT") in found
        assert ("location", "Aleppo") in found

    def test_a_container_is_context(self, read: Read) -> None:
        """The country after a town says where the town lies."""
        blast = only(read("A car bomb exploded in Mosul, Iraq."), "violence.bombing")
        assert places(blast) == [("location", "Mosul"), ("context", "Iraq")]

    def test_every_place_of_a_list_is_a_location(self, read: Read) -> None:
        """Names joined by "and" share their relation."""
        clash = only(read("اندلعت اشتباكات في بغداد وكركوك يوم الأحد."), "violence.armed_clash")
        assert places(clash) == [("location", "بغداد"), ("location", "كركوك")]

    def test_the_place_of_the_speaker_is_not_that_of_the_event(self, read: Read) -> None:
        """Police in one town that tell of a blast in another do not move the blast."""
        blast = only(
            read("Officials of the police in Baghdad said a bomb exploded in Mosul."),
            "violence.bombing",
        )
        assert places(blast, "location") == [("location", "Mosul")]

    def test_a_country_s_territory_is_a_place(self, read: Read) -> None:
        """An adjective of nationality is no place, but with "territory" it names one."""
        events = read("قصفت المدفعية مواقع داخل الأراضي السورية.")
        assert places(only(events, "violence.shelling")) == [("location", "الأراضي السورية")]

    def test_cargo_is_loaded_where_the_craft_has_landed(self, read: Read) -> None:
        """An event without a place of its own shares that of the movement in its sentence."""
        events = read("هبطت طائرة في دمشق وحملت شحنة معدات.")
        loading = only(events, "transfer.cargo_loading")
        assert places(loading) == [("location", "دمشق")]

    def test_a_base_of_the_speaker_is_no_place(self, read: Read) -> None:
        """A name that is part of an adjective ("Britain-based") is where nobody was attacked."""
        events = read("The Britain-based group said rebels attacked Aleppo.")
        found = {p for event in events for p in places(event)}
        assert found == {("location", "Aleppo")}

    def test_the_place_of_the_attack_told_before_is_only_inferred(self, read: Read) -> None:
        """A bombing told again has no stated place of its own; where it was is inferred."""
        first, second = read("A bombing hit Mosul on Monday. The bombing killed nine people.")
        assert places(first) == [("location", "Mosul")]
        assert places(second) == []
        assert [p.resolution.mention.text for p in second.inferred_places] == ["Mosul"]
        assert second.inferred_places[0].resolution.geometry_basis == "inferred"

    def test_joined_events_share_their_place(self, read: Read) -> None:
        """Of two events in one phrase, the place after the second is that of both."""
        events = read("A suicide bombing and shelling killed nine people in Aleppo.")
        assert [places(event) for event in events] == [[("location", "Aleppo")]] * 2

    def test_a_visit_is_where_it_goes(self, read: Read) -> None:
        """The place visited is the location, as object or after "to"."""
        visit = only(read("The French president visited Riyadh on Sunday."), "diplomacy.visit")
        assert places(visit) == [("location", "Riyadh")]


class TestParticipants:
    """Who takes part, and as what."""

    @pytest.mark.parametrize(
        ("text", "roles"),
        [
            ("Germany sold Qatar 24 jets.", {"supplier": "DE", "recipient": "QA"}),
            ("Greece bought frigates from France.", {"supplier": "FR", "recipient": "GR"}),
            ("اشترت اليونان صواريخ من فرنسا.", {"supplier": "FR", "recipient": "GR"}),
            ("اتهمت أوكرانيا روسيا بالكذب.", {"actor": "UA", "target": "RU"}),
            ("طردت موسكو دبلوماسيين أمريكيين.", {"actor": "RU", "target": "US"}),
            ("Turkish forces withdrew from the town.", {"actor": "TR"}),
        ],
    )
    def test_word_order_gives_the_parts(self, read: Read, text: str, roles: dict[str, str]) -> None:
        """Subject, object and what a word of relation links play the roles of the event's type."""
        (event,) = read(text)
        assert {p.role: p.country for p in event.participants} == roles

    def test_both_of_between_take_part(self, read: Read) -> None:
        """Everybody of a list after "between" is an actor."""
        drill = only(read("بدأت مناورات بحرية بين روسيا والصين وإيران."), "force.exercise")
        assert [p.country for p in drill.participants] == ["RU", "CN", "IR"]

    def test_the_noun_belongs_to_its_adjective(self, read: Read) -> None:
        """A carrier is the whole phrase, with the country of its adjective."""
        flight = only(read("هبطت طائرة شحن روسية في دمشق."), "movement.flight")
        assert {p.country for p in flight.participants} <= {"RU"}


class TestStatus:
    """How the text vouches for an event."""

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Rebels attacked the town of Aleppo.", "asserted"),
            ("Rebels attacked Aleppo, according to residents.", "reported"),
            ("The ministry said that rebels attacked Aleppo.", "reported"),
            ("Rebels did not attack Aleppo.", "negated"),
            ("Rebels may attack Aleppo.", "hypothetical"),
            ("The president plans to visit Moscow.", "hypothetical"),
            ("هاجم مسلحون مدينة حلب.", "asserted"),
            ("قال شاهد إن مسلحين هاجموا مدينة حلب.", "reported"),
            ("هاجم مسلحون مدينة حلب وفقا لشهود.", "reported"),
            ("لم يهاجم المسلحون مدينة حلب.", "negated"),
            ("سيزور الوزير موسكو غدا.", "hypothetical"),
            ("رجح المحللون أن مسلحين هاجموا مدينة حلب.", "assessed"),
        ],
    )
    def test_cues_decide_the_status(self, read: Read, text: str, status: str) -> None:
        """Negation, plans, judgement and attribution each set the status within their reach."""
        events = read(text, published=DAY)
        assert [e.status for e in events if e.family in {"violence", "diplomacy"}] == [status]

    def test_background_is_not_what_the_source_said(self, read: Read) -> None:
        """An event brought in as background of a report is taken for granted by the text."""
        events = read("وصل الوفد إلى دمشق، وفقا لصحيفة محلية، على خلفية الاشتباكات في حلب.")
        assert only(events, "violence.armed_clash").status == "asserted"


class TestTime:
    """When an event happened, and what that says of it."""

    def test_a_day_belongs_to_the_events_of_its_sentence(self, read: Read) -> None:
        """The date of a sentence is that of its event, at the stated precision."""
        event = only(
            read("Gunmen kidnapped two engineers in Mosul on Monday.", published=DAY),
            "violence.attack",
        )
        assert event.time is not None
        assert event.time.start == "2024-05-13"

    def test_without_a_publication_date_a_relative_day_stays_open(self, read: Read) -> None:
        """Nothing is computed from a date that is not known."""
        event = only(read("Gunmen kidnapped two engineers on Monday."), "violence.attack")
        assert event.time is None or event.time.start is None

    def test_what_ended_years_ago_is_historical(self, read: Read) -> None:
        """An event of an earlier year is background."""
        event = only(
            read("The two ministers signed a treaty in 2009.", published=DAY), "deal.agreement"
        )
        assert event.aspect == "historical"

    def test_dawn_is_no_explosion(self, read: Read) -> None:
        """A word of a date is not taken for the verb that is spelt alike."""
        events = read("قصفت المدفعية مدينة حلب فجر أمس.", published=DAY)
        assert [event.type for event in events] == ["violence.shelling"]


class TestOneEventPerHappening:
    """A verb and its noun, or an attack and its dead, are one event."""

    @pytest.mark.parametrize(
        "text",
        [
            "Militants carried out an attack on a convoy, killing five soldiers.",
            "The jets launched airstrikes on the depot and killed nine fighters.",
            "شن المسلحون هجوما على القافلة وقتلوا خمسة جنود.",
            "نفذت المقاتلات غارات على المواقع أسفرت عن مقتل تسعة مسلحين.",
        ],
    )
    def test_light_verbs_and_the_dead_make_no_second_event(self, read: Read, text: str) -> None:
        """One event is told, with its casualties."""
        events = [e for e in read(text) if e.family == "violence"]
        assert len(events) == 1
        assert events[0].casualties

    def test_the_dead_after_a_disaster_are_its_own(self, read: Read) -> None:
        """People killed in the sentence after a flood were not attacked."""
        events = read(
            "Floods swept the valley on Monday. At least 12 people were killed in Chitral."
        )
        assert {event.type for event in events} == {"hazard.flood"}


def test_the_two_sides_are_the_countries_named_last(read: Read) -> None:
    """The words "بين الجانبين" stand for the two countries before them."""
    events = read("وصل وفد من تركيا إلى روسيا. ثم جرت محادثات بين الجانبين.")
    assert {p.country for p in only(events, "diplomacy.meeting").participants} == {"TR", "RU"}


def test_page_furniture_tells_no_event(read: Read) -> None:
    """A link to another story is not read, though its words would name an event."""
    assert read("اقرأ أيضا: غارات جديدة على دمشق") == []


def test_a_language_without_event_data_has_places_only(gazetteer: Gazetteer) -> None:
    """A text in a language without triggers gives places and no events, and no error."""
    document = extract(Article(text="Presidenten besøkte Oslo i går.", lang="no"), gazetteer)
    assert document.events == ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from([
    "هبطت", "طائرة", "في", "من", "إلى", "باكو", "و", "،", "قال", "إن", "القصف",
    "\n", '"', "2016", "الأخيرة",
    "landed", "in", "Baku", "the", "strike", "said", ".", "killed", "-", "’s", "\u200f",
]), max_size=25), lang=st.sampled_from(["ar", "en"]))  # fmt: skip
def test_any_words_give_spans_of_the_text(
    gazetteer: Gazetteer, words: list[str], lang: str
) -> None:
    """Whatever the words, spans lie in their sentence and the same text gives the same events."""
    article = Article(text=" ".join(words), lang=lang)
    document = extract(article, gazetteer)
    for event in document.events:
        assert 0 <= event.sentence.start <= event.trigger.start
        assert event.trigger.start < event.trigger.end <= event.sentence.end <= len(article.text)
        assert 0 < event.confidence < 1
    assert extract(article, gazetteer) == document


_BENCH = os.environ.get("GEOEVENTS_BENCH")


@pytest.mark.skipif(not _BENCH, reason="GEOEVENTS_BENCH names no benchmark folder")
def test_the_annotated_article_is_read_as_annotated(gazetteer: Gazetteer) -> None:
    """Core events of the annotated article are found, and none has a place it does not state."""
    import importlib.util
    import json

    folder = Path(str(_BENCH)) / "gold"
    spec = importlib.util.spec_from_file_location("score_events", folder / "score_events.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = json.loads((folder / "seed.jsonl").read_text(encoding="utf-8"))
    article = Article(gold["text"], gold["id"], gold["lang"], date.fromisoformat(gold["published"]))
    events = [_as_scored(event) for event in extract(article, gazetteer).events]
    report = scorer.report({gold["id"]: gold}, {gold["id"]: {"events": events}})
    assert report["detection"]["family_core"]["F1"] >= 0.85
    assert report["place_161"]["value"] >= 0.95
    assert report["false_place"]["right"] == 0
    assert report["date"]["value"] >= 0.9


def _as_scored(event: Event) -> dict[str, object]:
    return {
        "type": event.type,
        "status": event.status,
        "aspect": event.aspect,
        "trigger": {"start": event.trigger.start, "end": event.trigger.end},
        "time": {"start": event.time.start if event.time else None},
        "places": [
            {
                "role": p.role,
                "start": p.resolution.mention.start,
                "end": p.resolution.mention.end,
                "lat": p.resolution.place.lat,
                "lon": p.resolution.place.lon,
            }
            for p in event.places
            if p.resolution.place is not None
        ],
    }
