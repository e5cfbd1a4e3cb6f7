"""Where a journey began and ended, however a text names its two ends, and what it was for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoevents.article import Article
from geoevents.extract.pipeline import extract

from .test_pipeline import only, places

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer import Gazetteer
    from geoevents.event import Event

    Read = Callable[[str, str], list[Event]]

DAY = date(2024, 5, 15)
ENDS = ("location", "origin", "destination")


@pytest.fixture(scope="module")
def events(gazetteer: Gazetteer) -> Read:
    """Return a function that gives the events of a text in a language."""

    def of(lang: str, text: str) -> list[Event]:
        return list(extract(Article(text=text, lang=lang, published=DAY), gazetteer).events)

    return of


def route(event: Event) -> dict[str, str]:
    """Return the words of an event's places by their roles, of which none may be told twice."""
    told = places(event, *ENDS)
    assert len(dict(told)) == len(told), told
    return dict(told)


@pytest.mark.parametrize(
    ("lang", "text", "origin", "destination"),
    [
        ("en", "A flight between Rome and Oslo left late.", "Rome", "Oslo"),
        ("fr", "Un vol entre Tunis et Rome a décollé mardi.", "Tunis", "Rome"),
        ("ar", "رحلة بين باريس والجزائر أقلعت متأخرة.", "باريس", "الجزائر"),
        ("he", "הטיסה בין קהיר לאתונה יצאה באיחור.", "קהיר", "אתונה"),
    ],
)
def test_both_ends_in_one_phrase(
    events: Read, lang: str, text: str, origin: str, destination: str
) -> None:
    """What links two places begins at the first and ends at the second."""
    event = only(events(lang, text), "movement.flight")
    assert route(event) == {"origin": origin, "destination": destination}


@pytest.mark.parametrize(
    ("lang", "kind", "text", "ends"),
    [
        ("en", "movement.flight", "A plane on the Baku–Ovda route landed.", ("Baku", "Ovda")),
        ("ru", "movement.flight", "Самолёт летел по маршруту Баку — Овда.", ("Баку", "Овда")),
        ("fr", "movement.flight", "Le vol Tunis-Djerba a été annulé.", ("Tunis", "Djerba")),
        (
            "en",
            "transfer.arms_shipment",
            "The Tehran-Damascus flight carried weapons.",
            ("Tehran", "Damascus"),
        ),
        ("ar", "transfer.arms_shipment", "رحلة طهران - دمشق نقلت أسلحة.", ("طهران", "دمشق")),
        pytest.param(
            "ar",
            "movement.flight",
            "حلقت طائرة شحن من باكو إلى قاعدة عوفدا.",
            ("باكو", "قاعدة عوفدا"),
            marks=pytest.mark.xfail(strict=True, reason="the recogniser cuts the name of the base"),
        ),
        pytest.param(
            "ar",
            "movement.voyage",
            "غادرت السفينة ميناء أوديسا باتجاه إسطنبول.",
            ("ميناء أوديسا", "إسطنبول"),
            marks=pytest.mark.xfail(strict=True, reason="the port is named without its word"),
        ),
    ],
)
def test_ways_of_craft_and_cargo(
    events: Read, lang: str, kind: str, text: str, ends: tuple[str, str]
) -> None:
    """A way told by its two ends, and what went that way."""
    told = route(only(events(lang, text), kind))
    assert told == dict(zip(("origin", "destination"), ends, strict=True))


def test_troops_that_withdraw_are_no_topic(events: Read) -> None:
    """Between the verb and "from" stands who withdrew."""
    event = only(events("ar", "انسحبت القوات من خيرسون."), "movement.troop_movement")
    assert route(event) == {"origin": "خيرسون"}


@pytest.mark.parametrize(
    ("lang", "text", "origin", "destination"),
    [
        ("en", "The ferry that links Palermo to Genoa sailed late.", "Palermo", "Genoa"),
        ("fr", "Le ferry reliant Marseille à Alger a quitté le port.", "Marseille", "Alger"),
    ],
)
def test_what_a_ferry_links(
    events: Read, lang: str, text: str, origin: str, destination: str
) -> None:
    """A ship that links one port to another goes from the first to the second."""
    event = only(events(lang, text), "movement.voyage")
    assert route(event) == {"origin": origin, "destination": destination}


def test_ends_with_a_dash(events: Read) -> None:
    """Before a landing, "X — Y" behind the word for a flight names its ends."""
    landing = events("ru", "Рейс Каир — Стамбул сел в Афинах.")[-1]
    assert route(landing) == {"origin": "Каир", "destination": "Афинах"}


@pytest.mark.parametrize(
    ("lang", "text", "origin", "destination"),
    [
        ("en", "A flight between Cairo and Rome landed in Athens.", "Cairo", "Athens"),
        (
            "en",
            "An airliner flying from Lima to Quito made an emergency landing in Bogotá.",
            "Lima",
            "Bogotá",
        ),
        ("en", "The plane, en route to Lagos from Paris, landed in Tunis.", "Paris", "Tunis"),
        ("fr", "Un vol entre Le Caire et Rome a atterri à Athènes.", "Le Caire", "Athènes"),
        (
            "tr",
            "Moskova'dan Tahran'a uçan uçak Bakü'ye zorunlu iniş yaptı.",
            "Moskova",
            "Bakü",
        ),
        ("tr", "Ankara ile Berlin arasında sefer yapan uçak Viyana'ya indi.", "Ankara", "Viyana"),
        (
            "ar",
            "هبطت طائرة كانت في رحلة من اسطنبول إلى طهران في بغداد.",
            "اسطنبول",
            "بغداد",
        ),
        (
            "ru",
            "Самолёт, летевший из Стамбула в Бишкек, совершил вынужденную посадку в Баку.",
            "Стамбула",
            "Баку",
        ),
        ("he", "המטוס נחת בלרנקה בדרכו מתל אביב ללונדון.", "תל אביב", "לרנקה"),
    ],
)
def test_landed_elsewhere(
    events: Read, lang: str, text: str, origin: str, destination: str
) -> None:
    """A craft that landed on its way began where its journey did, and ended where it landed."""
    found = [e for e in events(lang, text) if ("destination", destination) in places(e)]
    assert route(only(found, "movement.flight")) == {"origin": origin, "destination": destination}


def test_sailing_somewhere_it_docked_elsewhere(events: Read) -> None:
    """A participle between commas tells of the journey of the ship that docked."""
    text = "The tanker, sailing from Basra to Karachi, docked in Muscat after a fire."
    docked = events("en", text)[1]
    assert route(docked) == {"origin": "Basra", "destination": "Muscat"}


def test_a_later_journey_gives_no_origin(events: Read) -> None:
    """Where a plane flew behind "before" says nothing about where it had come from."""
    text = "The plane landed in Larnaca before another flew from Athens to London."
    landed = next(e for e in events("en", text) if ("destination", "Larnaca") in places(e))
    assert route(landed) == {"destination": "Larnaca"}


@pytest.mark.parametrize(
    ("lang", "text", "stop"),
    [
        ("en", "The jet flew from Doha to Kabul after refuelling in Muscat.", "Muscat"),
        ("fr", "L'avion a décollé de Paris pour Alger avec une escale à Rome.", "Rome"),
        ("ar", "أقلعت الطائرة من باريس إلى بيروت بعد توقف في روما.", "روما"),
        ("ru", "Самолёт вылетел из Дохи в Кабул с остановкой в Тегеране.", "Тегеране"),
        ("fa", "هواپیما از دوحه به کابل با توقف در تهران پرواز کرد.", "تهران"),
    ],
)
def test_a_stop_is_no_end(events: Read, lang: str, text: str, stop: str) -> None:
    """Where a craft only stopped is neither where it began nor where it ended."""
    event = only(events(lang, text), "movement.flight")
    assert ("context", stop) in places(event)
    assert set(route(event)) == {"origin", "destination"}


def test_the_verb_before_its_subject_and_a_capital(events: Read) -> None:
    """Behind "the minister", with its article, a capital is what he left, and not his."""
    event = only(events("ar", "غادر الوزير الرياض متوجها إلى واشنطن."), "movement.flight")
    assert route(event) == {"origin": "الرياض", "destination": "واشنطن"}


def test_what_another_verb_reached_was_not_left(events: Read) -> None:
    """Behind "left X" a name that "and" does not join to X is no second origin."""
    text = "The ship, carrying 3,000 tonnes of rice, left Bangkok two weeks ago and reached Lagos."
    event = only(events("en", text), "movement.voyage")
    assert ("origin", "Bangkok") in places(event)
    assert ("origin", "Lagos") not in places(event)


@pytest.mark.parametrize(
    ("lang", "text", "where"),
    [
        ("en", "Two drones flew over Riga on Sunday.", "Riga"),
        ("tr", "İki insansız hava aracı Riga üzerinde uçtu.", "Riga"),
    ],
)
def test_flown_over(events: Read, lang: str, text: str, where: str) -> None:
    """What is flown over is where a flight was, and no end of it."""
    assert route(only(events(lang, text), "movement.flight")) == {"location": where}


@pytest.mark.parametrize(
    ("lang", "text", "origin", "destination"),
    [
        ("fr", "L'hélicoptère a décollé de Kaboul en direction de Kandahar.", "Kaboul", "Kandahar"),
        ("ru", "Вертолёт, вылетевший из Кабула, приземлился в Кандагаре.", "Кабула", "Кандагаре"),
    ],
)
def test_an_end_does_not_say_where_the_other_lies(
    events: Read, lang: str, text: str, origin: str, destination: str
) -> None:
    """A place that a journey goes to stands close behind the one it began at, and is its own."""
    event = only(events(lang, text), "movement.flight")
    assert route(event) == {"origin": origin, "destination": destination}


def test_what_a_journey_brought(events: Read) -> None:
    """A delivery without places of its own has those of the flight that brought it."""
    text = "یک هواپیما از مسکو به دمشق پرواز کرد و ۱۰ تن دارو تحویل داد."
    aid = only(events("fa", text), "transfer.aid")
    assert route(aid) == {"origin": "مسکو", "destination": "دمشق"}


@pytest.mark.parametrize(
    ("lang", "text", "kind", "where"),
    [
        ("en", "The minister flew to Geneva to attend peace talks.", "diplomacy.meeting", "Geneva"),
        (
            "en",
            "Thousands were travelling to Nairobi to join the planned sit-in.",
            "unrest.protest",
            "Nairobi",
        ),
        (
            "fr",
            "Le ministre s'est rendu à Genève pour participer à des négociations.",
            "diplomacy.meeting",
            "Genève",
        ),
        ("ar", "توجه الوزير إلى باريس لحضور قمة.", "diplomacy.meeting", "باريس"),
        (
            "tr",
            "Bakan, müzakerelere katılmak için Cenevre'ye gitti.",
            "diplomacy.meeting",
            "Cenevre",
        ),
    ],
)
def test_what_somebody_went_for(events: Read, lang: str, text: str, kind: str, where: str) -> None:
    """What somebody went somewhere for takes place there."""
    assert route(only(events(lang, text), kind)) == {"location": where}


def test_what_somebody_went_for_elsewhere(events: Read) -> None:
    """An event with a place of its own takes none from where somebody went."""
    text = "The minister flew to Geneva to prepare for peace talks in Vienna."
    assert route(only(events("en", text), "diplomacy.meeting")) == {"location": "Vienna"}


def test_between_two_towns_and_between_two_parties(events: Read) -> None:
    """Fighting between two towns is there; talks between two capitals are in neither."""
    fight = only(
        events("en", "Fighting broke out between Goma and Bukavu."), "violence.armed_clash"
    )
    assert route(fight) == {"location": "between Goma and Bukavu"}
    text = "Talks between Moscow and Kyiv resumed in Istanbul."
    assert route(only(events("en", text), "diplomacy.meeting")) == {"location": "Istanbul"}


def test_partners_before_a_comma_are_no_ends(events: Read) -> None:
    """What two states do together in another clause is no journey from one to the other."""
    text = "في إطار التعاون بين مصر والأردن، تهبط طائرات شحن في قاعدة العقبة."
    landing = only(events("ar", text), "movement.flight")
    assert not {"مصر", "الأردن"} & {words for _, words in places(landing, *ENDS)}


@pytest.mark.parametrize(
    ("lang", "text", "ends"),
    [
        ("en", "A ferry sails between Dover and Calais every day.", ("Dover", "Calais")),
        ("en", "A ferry travelling between Dover and Calais caught fire.", ("Dover", "Calais")),
        ("fr", "Un ferry navigue entre Douvres et Calais.", ("Douvres", "Calais")),
        ("ru", "Самолёт летал между Москвой и Минском.", ("Москвой", "Минском")),
        ("tr", "Uçak İstanbul ile Ankara arasında uçtu.", ("İstanbul", "Ankara")),
    ],
)
def test_a_way_between_two_near_places_has_ends(
    events: Read, lang: str, text: str, ends: tuple[str, str]
) -> None:
    """What goes between X and Y begins at X, though "between X and Y" is a place by itself."""
    (event,) = (event for event in events(lang, text) if event.family == "movement")
    assert tuple(route(event).values()) == ends


def test_what_sank_between_two_places_went_nowhere(events: Read) -> None:
    """Of an accident "between X and Y" is where it was."""
    event = only(events("en", "A ferry sank between Dover and Calais."), "hazard.accident")
    assert route(event) == {"location": "between Dover and Calais"}


@pytest.mark.parametrize(
    ("text", "aside", "ends"),
    [
        ("A student from Bath was flown to London.", "Bath", [("destination", "London")]),
        (
            "The victim, a tourist from Leeds, was flown by helicopter to Oxford.",
            "Leeds",
            [("destination", "Oxford")],
        ),
        ("Студент из Казани вылетел самолётом в Москву.", "Казани", [("destination", "Москву")]),
        ("תייר מברלין טס לאילת.", "ברלין", [("destination", "אילת")]),
        ("The smugglers crossed the Rio Grande in boats.", "Rio Grande", []),
        ("L'armée a franchi le Dniepr.", "Dniepr", []),
        ("Gemi Hürmüz Boğazı'nı geçti.", "Hürmüz Boğazı", []),
        ("ספינה חצתה את מצר הורמוז.", "מצר הורמוז", []),
    ],
)
def test_who_travels_and_what_is_crossed_are_no_ends(
    read: Read, text: str, aside: str, ends: list[tuple[str, str]]
) -> None:
    """Where a passenger is from is not where he set out, and a river is on the way."""
    [event] = read(text)
    assert places(event, "origin", "destination", "location") == ends
    assert ("context", aside) in places(event)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("A plane from Bath flew to London.", [("origin", "Bath"), ("destination", "London")]),
        (
            "Самолёт из Казани прилетел в Анталью.",
            [("origin", "Казани"), ("destination", "Анталью")],
        ),
        (
            "The ship sailed from Basra to the Suez Canal.",
            [("origin", "Basra"), ("destination", "Suez Canal")],
        ),
    ],
)
def test_where_a_craft_sets_out_and_goes_are_ends(
    read: Read, text: str, ends: list[tuple[str, str]]
) -> None:
    """A craft comes from its origin, and "to" leads to a canal as to any place."""
    [event] = read(text)
    assert places(event, "origin", "destination") == ends


@pytest.mark.parametrize(
    ("lang", "text", "bound"),
    [
        ("ar", "وفي دمشق، أعلن المطار تعليق الرحلات إلى حلب.", ["حلب"]),
        ("ar", "في بيروت، أعلنت الخطوط استئناف الرحلات إلى النجف وإسطنبول.", ["النجف", "إسطنبول"]),
        ("en", "In Cairo, the airline announced flights to Tunis.", ["Tunis"]),
        ("fr", "À Tunis, l'aéroport a annoncé la reprise des vols vers Alger.", ["Alger"]),
        ("ru", "В Москве аэропорт объявил о возобновлении рейсов в Стамбул.", ["Стамбул"]),
        ("he", "בביירות הודיע נמל התעופה על חידוש הטיסות לאיסטנבול.", ["איסטנבול"]),
    ],
)
def test_where_a_journey_is_told_of_is_not_its_end(
    read: Read, lang: str, text: str, bound: list[str]
) -> None:
    """The place that opens the sentence is where somebody speaks, if another is the end."""
    flight = only(read(text, lang=lang), "movement.flight")
    assert [name for _, name in places(flight, "destination")] == bound
