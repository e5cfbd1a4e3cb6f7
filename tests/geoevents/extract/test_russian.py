"""Events in Russian: cases, aspect, passives, word order, plans, hearsay and figures of speech."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from gazetteer.text.normalize import fold
from geoevents.extract.morphology import load_morphology

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

DAY = date(2024, 5, 15)  # a Wednesday


@pytest.fixture(scope="module")
def events(read: Read) -> Read:
    """Return a function that gives the events of a Russian text of 15 May 2024."""
    return partial(read, published=DAY, lang="ru")


@pytest.mark.parametrize(
    ("kind", "lemma", "forms"),
    [
        (
            "verb",
            "обстрелять/обстреливать",
            [
                "обстреляли",
                "обстрелян",
                "обстрелянная",
                "обстреливается",
                "обстреливавшими",
                "обстреляв",
            ],
        ),
        (
            "verb",
            "захватить/захватывать",
            ["захватит", "захваченного", "захватывающей", "захватывались"],
        ),
        ("verb", "напасть/нападать/нападут/напал", ["напали", "нападёт", "напавшими", "нападает"]),
        (
            "verb",
            "взорваться/взрываться/взорвутся",
            ["взорвалась", "взорвётся", "взорвавшийся", "взорвавшись"],
        ),
        ("verb", "войти/входить/войдут/вошёл", ["вошла", "вошедшие", "войдут", "входящих"]),
        ("noun", "перестрелка", ["перестрелки", "перестрелок", "перестрелками"]),
        ("noun", "судно/суда", ["судна", "судов", "судами"]),
        ("noun", "военный", ["военных", "военными", "военную"]),
        ("noun", "участок", ["участка", "участками"]),
    ],
)
def test_words_inflect(kind: str, lemma: str, forms: list[str]) -> None:
    """Verbs have both aspects, participles and the reflexive passive; nouns all their cases."""
    morphology = load_morphology("ru")
    assert morphology is not None
    made = morphology.forms(kind, lemma)
    assert [form for form in forms if fold(form) not in made] == []


@pytest.mark.parametrize(
    ("form", "tags"),
    [
        ("захватил", {"past", "sg"}),
        ("захватит", {"future"}),
        ("захватывает", {"present"}),
        ("захватывается", {"present", "pass"}),
        ("захвачены", {"past", "pass"}),
        ("захватить", {"base", "inf"}),
    ],
)
def test_a_perfective_present_is_a_future(form: str, tags: set[str]) -> None:
    """Aspect makes the tense: what is done once and not yet done lies ahead."""
    morphology = load_morphology("ru")
    assert morphology is not None
    assert set(morphology.forms("verb", "захватить/захватывать")[fold(form)].split()) == tags


class TestPlaces:
    """Cases and prepositions decide what a place is to an event."""

    def test_both_ends_of_a_flight(self, events: Read) -> None:
        """«Из» with the genitive and «в» with the accusative are the ends of one flight."""
        flight = only(
            events("Грузовой самолёт вылетел из Еревана в Каир в понедельник."), "movement.flight"
        )
        assert places(flight) == [("origin", "Еревана"), ("destination", "Каир")]
        assert flight.time is not None
        assert flight.time.start == "2024-05-13"

    def test_a_name_that_never_changes_is_an_end(self, events: Read) -> None:
        """Of «в Баку» the form tells nothing, and the verb tells where it leads."""
        flight = only(events("Лайнер вылетел в Баку из Праги."), "movement.flight")
        assert places(flight) == [("destination", "Баку"), ("origin", "Праги")]

    def test_a_voyage_of_two_verbs(self, events: Read) -> None:
        """A ship that leaves one port and heads for another makes one voyage."""
        voyage = only(
            events("Танкер вышел из порта Новороссийск и направился в Стамбул."), "movement.voyage"
        )
        assert places(voyage) == [("origin", "Новороссийск"), ("destination", "Стамбул")]

    def test_a_passive_happens_to_its_subject(self, events: Read) -> None:
        """The place before a passive participle is what was shelled."""
        shelling = only(events("Город Харьков был обстрелян из миномётов."), "violence.shelling")
        assert places(shelling) == [("location", "Харьков")]

    @pytest.mark.parametrize(
        ("text", "kind", "place"),
        [
            ("Полиция задержала 25 человек в Алма-Ате.", "coercion.arrest", "Алма-Ате"),
            ("Авиация бомбит боевиков в провинции Идлиб.", "violence.strike", "Идлиб"),
            ("Переговоры прошли в Сочи.", "diplomacy.meeting", "Сочи"),
            ("Солдаты устроили стрельбу в Бангладеш.", "violence.attack", "Бангладеш"),
            ("Протестующие вышли на улицы Еревана.", "unrest.protest", "Еревана"),
        ],
    )
    def test_a_locative_is_a_location(self, events: Read, text: str, kind: str, place: str) -> None:
        """In the last word of a name, before an undeclined one, and where no ending tells."""
        assert places(only(events(text), kind)) == [("location", place)]

    def test_a_verbal_noun_takes_a_genitive(self, events: Read) -> None:
        """«Обстрел Донецка» was there, and the dead are its own."""
        shelling = only(
            events("При обстреле Донецка погибли двое военных, ещё семеро ранены."),
            "violence.shelling",
        )
        assert places(shelling) == [("location", "Донецка")]
        assert [(c.kind, c.count) for c in shelling.casualties] == [("killed", 2), ("wounded", 7)]

    def test_the_name_behind_the_capital(self, events: Read) -> None:
        """«В столице Турции Анкаре» is one place."""
        blast = only(events("В столице Турции Анкаре прогремел взрыв."), "violence.bombing")
        assert places(blast) == [("location", "столице Турции")]
        assert blast.places[0].resolution.place.name == "Ankara"

    @pytest.mark.parametrize(
        ("text", "kind", "found"),
        [
            ("В Мьянме из-под ареста выпущен журналист.", "coercion.arrest", ["Мьянме"]),
            ("Армия нанесла удар по военным объектам Сирии.", "violence.strike", ["Сирии"]),
            ("Вслед за Римом беспорядки вспыхнули в Турине.", "unrest.riot", ["Турине"]),
            (
                "Взрывы прогремели в трёх городах: Риме и Турине.",
                "violence.bombing",
                ["Риме", "Турине"],
            ),
            (
                "Взрывы прогремели в Ливерпуле, Манчестере и Бристоле.",
                "violence.bombing",
                ["Ливерпуле", "Манчестере", "Бристоле"],
            ),
            (
                "Лайнер разбился под Турином, сообщили в Варшаве.",
                "hazard.accident",
                ["под Турином"],
            ),
        ],
    )
    def test_what_stands_between_tells_no_other_place(
        self, events: Read, text: str, kind: str, found: list[str]
    ) -> None:
        """Numbers, adjectives, lists and hyphens part no place from its event; tellers are none."""
        assert places(only(events(text), kind)) == [("location", words) for words in found]

    def test_a_base_in_a_town_is_where_a_ship_sets_out(self, events: Read) -> None:
        """«С базы в»: the town of the base is the origin, whatever stands right before it."""
        voyage = only(events("Лодка следовала с базы в Ростоке на базу в Осло."), "movement.voyage")
        assert places(voyage) == [("origin", "Ростоке"), ("destination", "Осло")]

    def test_a_town_fought_for_is_where_the_fighting_is(self, events: Read) -> None:
        """«Бои за Ракку» are in and around it."""
        clash = only(events("Курды вели бои за Ракку."), "violence.armed_clash")
        assert places(clash) == [("location", "Ракку")]

    def test_troops_leave_in_the_reflexive_passive(self, events: Read) -> None:
        """«Войска выводятся»: what the verb needs stands before it."""
        leaving = only(events("Войска выводятся из Кабула."), "movement.troop_movement")
        assert places(leaving) == [("origin", "Кабула")]
        assert leaving.status == "asserted"


class TestWho:
    """Genitives and instrumentals name who takes part."""

    def test_an_office_is_followed_by_its_country(self, events: Read) -> None:
        """A president with country and name is one participant, and so is his host."""
        meeting = only(
            events("Президент Финляндии Саули Ниинистё встретился с премьером Японии в Токио."),
            "diplomacy.meeting",
        )
        named = [(p.text, p.country) for p in meeting.participants]
        assert named == [("Президент Финляндии Саули Ниинистё", "FI"), ("премьером Японии", "JP")]
        assert places(meeting) == [("location", "Токио")]

    def test_an_army_is_followed_by_its_country(self, events: Read) -> None:
        """«Войска Азербайджана» act; where they go is the place."""
        move = only(events("Войска Азербайджана вошли в Лачин."), "movement.troop_movement")
        assert [(p.role, p.text, p.country) for p in move.participants] == [
            ("actor", "Войска Азербайджана", "AZ")
        ]
        assert places(move) == [("destination", "Лачин")]

    def test_two_countries_of_one_office(self, events: Read) -> None:
        """«Лидеры России и Турции» are two, and "and" belongs to neither."""
        meeting = only(
            events("В Сочи прошла встреча лидеров России и Турции."), "diplomacy.meeting"
        )
        named = [(p.text, p.country) for p in meeting.participants]
        assert named == [("лидеров России", "RU"), ("Турции", "TR")]

    def test_a_demonstrative_is_no_armed_group(self, events: Read) -> None:
        """«Эта» is spelt like the name of an armed group, and is none."""
        crash = only(events("Эта катастрофа произошла в Казахстане."), "hazard.accident")
        assert crash.participants == ()

    def test_buyer_and_seller(self, events: Read) -> None:
        """Who buys is the recipient; the number before the weapons is the deal's."""
        deal = only(
            events("Индия купила у Франции 26 истребителей за 7 млрд евро."), "deal.arms_deal"
        )
        assert ("recipient", "IN") in {(p.role, p.country) for p in deal.participants}
        assert deal.count == 26
        assert deal.money is not None
        assert (deal.money.amount, deal.money.currency) == (7e9, "EUR")


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Армия намерена начать наступление на Мосул.", "violence.armed_clash", "hypothetical"),
        ("Король Испании посетит Рабат в июне.", "diplomacy.visit", "hypothetical"),
        ("Если переговоры сорвутся, авиация разбомбит Газни.", "violence.strike", "hypothetical"),
        ("Повстанцы начали обстреливать Хомс.", "violence.shelling", "asserted"),
        ("Войска не входили в город Дамаск.", "movement.troop_movement", "negated"),
        ("Теракт в Казани был предотвращён.", "violence.bombing", "negated"),
        ("По данным полиции, в Кабуле похищен врач.", "violence.attack", "reported"),
        ("Неизвестные якобы обстреляли Тобрук.", "violence.shelling", "reported"),
        ("Дамаск обстрелян, сообщил представитель армии.", "violence.shelling", "reported"),
        ("Полковник заявил, что танки вошли в Алеппо.", "movement.troop_movement", "reported"),
        ("Вероятно, взрыв в Мосуле устроил смертник.", "violence.bombing", "assessed"),
    ],
)
def test_status(events: Read, text: str, kind: str, status: str) -> None:
    """Plans, conditions, denials, hearsay and guesses are kept apart from facts."""
    assert only(events(text), kind).status == status


@pytest.mark.parametrize(
    ("text", "kind", "aspect"),
    [
        ("Бои под Алеппо продолжаются третий день подряд.", "violence.armed_clash", "ongoing"),
        ("Боевики регулярно обстреливают Сдерот.", "violence.shelling", "habitual"),
        (
            "Советские войска вошли в Кабул в декабре 1979 года.",
            "movement.troop_movement",
            "historical",
        ),
    ],
)
def test_aspect(events: Read, text: str, kind: str, aspect: str) -> None:
    """What goes on, recurs or lies far back is told from what happened once."""
    assert only(events(text), kind).aspect == aspect


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Второй раунд переговоров прошёл в Стамбуле.", "diplomacy.meeting", "раунд переговоров"),
        ("Раненых вертолётом переправили в госпиталь Ростова.", "movement.flight", "переправили"),
        ("Под Брянском сработало взрывное устройство.", "violence.bombing", "сработало"),
        ("Мятежники свергли президента в Ниамее.", "violence.attack", "свергли"),
        ("Огонь уничтожил 30 домов под Курганом.", "hazard.fire", "уничтожил"),
        ("В Ереване толпа подожгла здание мэрии.", "unrest.riot", "подожгла"),
        ("Двое горняков отравились метаном в Воркуте.", "hazard.accident", "отравились"),
        ("На фермах под Тюменью обнаружен птичий грипп.", "hazard.outbreak", "обнаружен"),
        (
            "Колумбия разорвала дипотношения с Израилем.",
            "diplomacy.relations",
            "разорвала дипотношения",
        ),
        ("В Дагестане ликвидированы двое боевиков.", "violence.armed_clash", "ликвидированы"),
        ("В Актау прогремел взрыв газа.", "hazard.accident", "прогремел"),
    ],
)
def test_words_name_events_on_either_side(events: Read, text: str, kind: str, words: str) -> None:
    """A verb tells the event with what it needs before or behind it, in any case."""
    event = only(events(text), kind)
    assert text[event.trigger.start : event.trigger.end] == words


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Пожар вспыхнул на складе в Омске в ночь на 14 мая.", "2024-05-14", None),
        ("Пожар произошёл на складе в Омске в прошлую пятницу.", "2024-05-10", None),
        ("Пожар произошёл на складе в Омске две недели назад.", "2024-05-01", None),
        ("Пожар произошёл на складе в Омске девятого мая.", "2024-05-09", None),
        ("Пожары на складах в Омске шли с 3 по 7 мая.", "2024-05-03", "2024-05-07"),
        ("Пожар произошёл на складе в Омске осенью 2021 года.", "2021-09", "2021-11"),
    ],
)
def test_dates(events: Read, text: str, start: str, end: str | None) -> None:
    """Days, weekdays, spans and ordinals in any case are dates of the event."""
    time = only(events(text), "hazard.fire").time
    assert time is not None
    assert (time.start, time.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "Взрыв аплодисментов потряс оперный театр в Вене.",
        "Нападающий атаковал ворота соперников в Турине.",
        "Курс валюты рухнул, сообщает биржа в Токио.",
        "Новый альбом группы взорвал чарты в Лондоне.",
        "В Париже вспыхнул спор вокруг реформы школы.",
        "Наступление холодов отметили синоптики в Якутске.",
        "Лекция об учении Будды прошла в Элисте.",
        "Финальные встречи чемпионата по теннису прошли в Риме.",
        "Депутаты приняли закон о бюджете в Риме.",
        "Фирма заключила договор аренды с жильцами в Туле.",
        "Переводчик взял на себя расходы в Омске.",
        "Команда выиграла финал, и зал взорвался от восторга в Казани.",
    ],
)
def test_figures_of_speech_give_nothing(events: Read, text: str) -> None:
    """Applause, sport, markets and weather use the words of war without any."""
    assert [event.type for event in events(text)] == []


@pytest.mark.parametrize(
    ("text", "kind", "status", "place"),
    [
        ("Он был задержан в Вене.", "coercion.arrest", "asserted", "Вене"),
        ("В Риме задержан также второй поджигатель.", "coercion.arrest", "asserted", "Риме"),
        ("Солдат попал в плен под Алеппо.", "coercion.arrest", "asserted", "под Алеппо"),
        ("Космонавты вернулись на Землю.", "movement.flight", "asserted", "Землю"),
        ("Старт корабля «Союз» назначен на 12 июня.", "movement.flight", "hypothetical", None),
        ("У берегов Чили пропала подлодка.", "hazard.accident", "asserted", "У берегов Чили"),
        ("На совещании в Осло обсудили тарифы.", "diplomacy.meeting", "asserted", "Осло"),
        ("Министр принял посла в Анкаре.", "diplomacy.meeting", "asserted", "Анкаре"),
        ("Концерн приобрёл завод за 3 млрд евро.", "deal.trade", "asserted", None),
        ("Президент отменил визит в Оттаву.", "diplomacy.visit", "negated", "Оттаву"),
        ("Задержаны двое подозреваемых в краже из музея.", "coercion.arrest", "asserted", None),
        ("В мэра стрелял снайпер.", "violence.attack", "asserted", None),
        ("Сторож получил пулевое ранение в Омске.", "violence.attack", "asserted", "Омске"),
    ],
)
def test_few_words_tell_an_event(
    events: Read, text: str, kind: str, status: str, place: str | None
) -> None:
    """No participant needs a name, a spaceship flies, and what is called off does not happen."""
    event = only(events(text), kind)
    assert event.status == status
    assert [words for _, words in places(event)] == ([place] if place else [])


@pytest.mark.parametrize(
    "text",
    [
        "Депутаты приняли участие в церемонии в Анкаре.",
        "Комитет взял дело под особый контроль в Туле.",
        "Скандал подорвал доверие к банкам в Вене.",
        "Фирма занимается строительством дорог в Омске.",
        "Сторонники партии вышли на улицы Рима отпраздновать победу.",
        "Похищены картины из музея в Гааге.",
        "Страна занимает четвёртое место в мире после Индии.",
    ],
)
def test_offices_and_phrases_give_nothing(events: Read, text: str) -> None:
    """What is adopted, supervised, undermined, celebrated or stolen uses such words, too."""
    assert [event.type for event in events(text)] == []


@pytest.mark.parametrize(
    ("text", "kind", "words", "place"),
    [
        (
            "Танкер, перехваченный близ Чили, стоит.",
            "coercion.arrest",
            "перехваченный",
            "близ Чили",
        ),
        ("Танкер, который перехватили в Осло, стоит.", "coercion.arrest", "перехватили", "Осло"),
        ("С начала года Иран ведёт переговоры.", "diplomacy.meeting", "ведёт переговоры", None),
        ("Петров находится в тюрьме.", "coercion.arrest", "находится в тюрьме", None),
        ("Актёр задержан в Вене.", "coercion.arrest", "задержан", "Вене"),
        ("Футболист Петров был убит.", "violence.attack", "убит", None),
        ("Он сделал остановку в Осло.", "diplomacy.visit", "сделал остановку в Осло", "Осло"),
        ("Испытательный полёт прошёл.", "movement.flight", "Испытательный полёт", None),
        ("НАТО уходит из Ливии.", "movement.troop_movement", "уходит из Ливии", "Ливии"),
        ("Журналист прибыл в Чили.", "movement.flight", "прибыл в Чили", "Чили"),
        ("Власти Чили выразили протест.", "diplomacy.refusal", "выразили протест", None),
        ("Хакер проник в сеть банка.", "intelligence.cyber", "проник", None),
        ("Двое умерли от ран в Омске.", "violence.attack", "умерли от ран", "Омске"),
        ("Женщину убило током в Вене.", "hazard.accident", "убило током", "Вене"),
    ],
)
def test_clauses_and_bare_names_tell_events(
    events: Read, text: str, kind: str, words: str, place: str | None
) -> None:
    """A clause goes with the noun before it, and nobody needs an office to be held or killed."""
    event = only(events(text), kind)
    assert text[event.trigger.start : event.trigger.end] == words
    assert [words for _, words in places(event)] == ([place] if place else [])


@pytest.mark.parametrize(
    "text",
    [
        "Вирус вывел из строя компьютеры военных.",
        "Пожарным пришлось вырезать дверь автомобиля в Туле.",
        "Ему грозит срок до восьми лет в Чили.",
        "Теннисистки встречались в финале в Риме.",
        "Он заключил сделку со следствием в Омске.",
        "Нападающий подписал контракт с клубом в Турине.",
        "Пассажиры вышли из автобуса в Осло.",
        "Группировка входила в структуру армии Чили.",
        "Речь идёт о судне в порту Чили.",
        "Осуждённые за преступления живут в Туле.",
        "Власти намерены ликвидировать дефицит лекарств в Туле.",
    ],
)
def test_what_only_sounds_like_an_event_gives_nothing(events: Read, text: str) -> None:
    """A prison term is no threat, a final no meeting, a plea bargain no treaty."""
    assert [event.type for event in events(text)] == []


def test_what_goes_on_is_no_plan(events: Read) -> None:
    """The present of an imperfective verb is not the future of the perfective beside it."""
    assert only(events("Двое остаются под стражей."), "coercion.arrest").status == "asserted"
