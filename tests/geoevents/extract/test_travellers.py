"""Officials who travel, what they do next, and the countries that their offices are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from geoevents.event import Event

    from .conftest import Read


def who(event: Event) -> list[tuple[str, str | None]]:
    """Return the actors of an event with their countries."""
    return [(p.text, p.country) for p in event.participants if p.role == "actor"]


@pytest.mark.parametrize(
    ("lang", "text", "actor", "place"),
    [
        ("en", "The Omani minister went to Amman.", "Omani minister", "Amman"),
        ("en", "The Omani minister is to head to Cairo.", "Omani minister", "Cairo"),
        ("ar", "سافر وزير الخارجية العماني إلى طهران.", "وزير الخارجية العماني", "طهران"),
        ("ar", "توجه الرئيس التونسي إلى باريس.", "الرئيس التونسي", "باريس"),
        ("he", "נשיא צרפת יצא לקהיר.", "נשיא צרפת", "קהיר"),
        ("he", "שר ההגנה של הודו נסע לפריז.", "שר ההגנה של הודו", "פריז"),
        ("ru", "Глава МИД Омана отправился в Тегеран.", "Глава МИД Омана", "Тегеран"),
        ("ru", "Премьер Армении ездил в Тбилиси.", "Премьер Армении", "Тбилиси"),
        ("fa", "وزیر خارجهٔ هند به تهران سفر کرد.", "وزیر خارجهٔ هند", "تهران"),
        ("fa", "نخست‌وزیر عراق به آنکارا رفت.", "نخست‌وزیر عراق", "آنکارا"),
        ("tr", "Umman Dışişleri Bakanı Tahran'a seyahat etti.", "Umman Dışişleri Bakanı", "Tahran"),
        ("fr", "Le ministre omanais a voyagé à Téhéran.", "ministre omanais", "Téhéran"),
    ],
)
def test_the_journey_of_an_official_without_a_craft_is_a_visit(
    read: Read, lang: str, text: str, actor: str, place: str
) -> None:
    """A verb of travelling tells of a flight only where something flies."""
    visit = only(read(text, lang=lang), "diplomacy.visit")
    assert places(visit, "location") == [("location", place)]
    assert [name for name, _ in who(visit)] == [actor]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("ar", "توجهت طائرة شحن إلى الدوحة.", "movement.flight"),
        ("fa", "هواپیمای باری از دبی به کابل سفر کرد.", "movement.flight"),
        ("en", "The ship headed to Aden.", "movement.voyage"),
        ("ru", "Судно отправилось в Стамбул.", "movement.voyage"),
    ],
)
def test_the_journey_of_a_craft_stays_a_movement(
    read: Read, lang: str, text: str, kind: str
) -> None:
    """The same verbs of a craft tell of its journey."""
    assert [event.type for event in read(text, lang=lang)] == [kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Tourists travelled to Antalya."),
        ("ar", "سافر السياح إلى أنطاليا."),
        ("fa", "گردشگران به شیراز سفر کردند."),
        ("tr", "Turistler Antalya'ya gitti."),
    ],
)
def test_the_journeys_of_others_are_no_events(read: Read, lang: str, text: str) -> None:
    """What people do on their own carries no event type."""
    assert read(text, lang=lang) == []


def test_who_flies_is_an_actor_and_no_carrier(read: Read) -> None:
    """A person carries nothing; an airline or a craft's owner does."""
    event = only(read("وصل وزير الخارجية العماني إلى طهران.", lang="ar"), "movement.flight")
    assert [p.role for p in event.participants] == ["actor"]


@pytest.mark.parametrize(
    ("lang", "text", "actor", "country"),
    [
        ("en", "The president of Niger visited Lome.", "president of Niger", "NE"),
        ("en", "The foreign minister of Oman visited Cairo.", "foreign minister of Oman", "OM"),
        ("ar", "زار وزير خارجية قبرص باريس.", "وزير خارجية قبرص", "CY"),
        ("he", "שר החוץ של קפריסין צפוי לבקר בירושלים.", "שר החוץ של קפריסין", "CY"),
        ("ru", "Министр обороны Греции посетил Каир.", "Министр обороны Греции", "GR"),
        ("fa", "وزیر دفاع یونان از قاهره بازدید کرد.", "وزیر دفاع یونان", "GR"),
        ("tr", "Katar Emiri Bakü'yü ziyaret etti.", "Katar Emiri", "QA"),
        ("tr", "Umman Savunma Bakanı Bakü'yü ziyaret etti.", "Umman Savunma Bakanı", "OM"),
        ("fr", "Le président du Niger a visité Lomé.", "président du Niger", "NE"),
        (
            "fr",
            "Le ministre de la Défense de la Grèce a visité Le Caire.",
            "ministre de la Défense de la Grèce",
            "GR",
        ),
    ],
)
def test_an_office_and_its_country_are_one(
    read: Read, lang: str, text: str, actor: str, country: str
) -> None:
    """The country is no place of the event, and no actor by itself."""
    visit = only(read(text, lang=lang), "diplomacy.visit")
    assert who(visit) == [(actor, country)]
    assert [place.role for place in visit.places] == ["location"]


def test_a_definite_office_does_not_own_the_name_behind_it(read: Read) -> None:
    """The Arabic article parts "the minister" from the country that he visits."""
    visit = only(read("زار وزير الخارجية قبرص.", lang="ar"), "diplomacy.visit")
    assert places(visit, "location") == [("location", "قبرص")]


@pytest.mark.parametrize(
    ("lang", "text", "countries"),
    [
        (
            "en",
            "The president of Niger visited Lome, where he met his Togolese counterpart.",
            "NE TG",
        ),
        (
            "fr",
            "Le président du Niger a visité Lomé, où il a rencontré son homologue togolais.",
            "NE TG",
        ),
        ("ru", "Президент Нигера посетил Ломе, где встретился с тоголезским коллегой.", "NE TG"),
        ("ar", "زار رئيس النيجر لومي حيث التقى نظيره التوغولي.", "NE TG"),
        ("he", "נשיא צרפת ביקר בקהיר, שם נפגש עם עמיתו המצרי.", "FR EG"),
        ("he", "שר החוץ של קפריסין ביקר בקהיר ונפגש עם עמיתו המצרי.", "CY EG"),
        ("fa", "وزیر خارجهٔ قبرس از قاهره بازدید کرد و با همتای مصری خود دیدار کرد.", "CY EG"),
        (
            "tr",
            "Umman Savunma Bakanı Bakü'yü ziyaret etti ve Azerbaycanlı mevkidaşıyla görüştü.",
            "OM AZ",
        ),
    ],
)
def test_a_counterpart_is_met_by_whoever_came(
    read: Read, lang: str, text: str, countries: str
) -> None:
    """The visitor is the first actor of the meeting, and the counterpart is the second one."""
    meeting = only(read(text, lang=lang), "diplomacy.meeting")
    assert [country for _, country in who(meeting)] == countries.split()


@pytest.mark.parametrize(
    ("lang", "text", "actor"),
    [
        ("en", "The Omani minister visited Tbilisi and signed an agreement.", "Omani minister"),
        (
            "ru",
            "Министр обороны Греции посетил Каир и подписал соглашение.",
            "Министр обороны Греции",
        ),
        ("he", "שר החוץ של הודו ביקר בקהיר וחתם על הסכם.", "שר החוץ של הודו"),
        ("fr", "Le ministre omanais a visité Tbilissi et a signé un accord.", "ministre omanais"),
        (
            "tr",
            "Umman Savunma Bakanı Tiflis'i ziyaret etti ve bir anlaşma imzaladı.",
            "Umman Savunma Bakanı",
        ),
    ],
)
def test_joined_verbs_share_their_subject(read: Read, lang: str, text: str, actor: str) -> None:
    """The place that was visited does not sign what the visitor signs."""
    assert [name for name, _ in who(only(read(text, lang=lang), "deal.agreement"))] == [actor]


def test_a_verb_with_a_subject_of_its_own_shares_none(read: Read) -> None:
    """Somebody named behind "and" does what follows."""
    text = "The Omani minister visited Tbilisi and later Egypt signed an agreement."
    assert [country for _, country in who(only(read(text), "deal.agreement"))] == ["EG"]


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("en", "The plane flew from Moscow to Bishkek, where an earthquake struck.", "Bishkek"),
        ("ru", "Самолёт вылетел из Москвы в Бишкек, где произошло землетрясение.", "Бишкек"),
    ],
)
def test_where_means_the_nearest_place(read: Read, lang: str, text: str, place: str) -> None:
    """Behind two ends of a journey "where" is the last one."""
    event = only(read(text, lang=lang), "hazard.earthquake")
    assert places(event, "location") == [("location", place)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Путин вылетел в Минск.", [("destination", "Минск")]),
        ("Мишустин вылетел из Москвы.", [("origin", "Москвы")]),
        ("Лавров улетел в Дели.", [("destination", "Дели")]),
        ("Erdoğan Bakü'ye uçtu.", [("destination", "Bakü")]),
        ("Zelenski Varşova'dan Berlin'e uçtu.", [("origin", "Varşova"), ("destination", "Berlin")]),
    ],
)
def test_who_flies_needs_no_office(read: Read, text: str, ends: list[tuple[str, str]]) -> None:
    """A verb of flying with a place tells of a flight, whoever is named."""
    assert places(only(read(text), "movement.flight")) == ends


@pytest.mark.parametrize(
    "text",
    ["Клуб вылетел в первую лигу.", "Мяч вылетел в аут.", "Kuşlar Afrika'ya uçtu."],
)
def test_what_only_flies_so_tells_no_flight(read: Read, text: str) -> None:
    """A ball, a club or birds fly otherwise."""
    assert read(text) == []
