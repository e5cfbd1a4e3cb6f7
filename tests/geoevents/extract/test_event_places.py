"""Where an event happened: the words that say so, and those that only look like it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoevents.article import Article
from geoevents.extract.pipeline import extract
from geoevents.table import event_table

from .test_pipeline import only, places

if TYPE_CHECKING:
    from gazetteer import Gazetteer

    from .conftest import Read

ENDS = ("location", "origin", "destination")


class TestGovernments:
    """A capital or country that speaks is who speaks, not where something happens."""

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Rebels shelled the town of Donetsk overnight, Kyiv said.", "violence.shelling"),
            ("طهران تقول إن الطيران قصف مدينة حلب.", "violence.strike"),
            ("اتهمت أنقرة أثينا بقصف جزيرة لسبوس.", "violence.shelling"),
        ],
    )
    def test_who_speaks_is_no_location(self, read: Read, text: str, kind: str) -> None:
        """Neither before nor behind its verb does a government give the event a place."""
        named = {words for _, words in places(only(read(text), kind), *ENDS)}
        assert named.isdisjoint({"Kyiv", "طهران", "أنقرة", "أثينا"})

    def test_officials_in_a_capital_are_not_the_capital(self, read: Read) -> None:
        """A capital behind "in" stays a place that is named with the event."""
        event = only(
            read("A bomb exploded in Quetta, officials in Islamabad said."), "violence.bombing"
        )
        assert places(event, *ENDS) == [("location", "Quetta")]


def test_an_attack_that_somebody_claimed_keeps_its_place(read: Read) -> None:
    """After a place, "claimed by" is a passive, and nobody speaks there."""
    event = only(
        read("There were attacks in Syria, among them one in Homs claimed by ISIS."),
        "violence.attack",
    )
    assert ("location", "Homs") in places(event)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        # Who is abducted from somewhere was there.
        (
            "Militants abducted 30 students from a school in Kaduna State.",
            "violence.attack",
            "Kaduna State",
        ),
        ("اختطف مسلحون ثلاثين فتى من مدرسة في ولاية كادونا.", "violence.attack", "كادونا"),
        # What is blocked is where the protest is.
        (
            "Protesters blocked the Beirut-Damascus highway.",
            "unrest.protest",
            "Beirut-Damascus highway",
        ),
        ("قطع محتجون طريق بيروت دمشق.", "unrest.protest", "طريق بيروت دمشق"),
        # Who is on a river is there, and a sport's word does not hide the dead.
        (
            "Pirates on the Amazon River shot and killed the cup winner.",
            "violence.attack",
            "Amazon River",
        ),
        # Between a verbal noun and its object stands who does it.
        ("أدان الوزير مهاجمة مسلحين قرية تل تمر.", "violence.attack", "تل تمر"),
        # A place before "and" with a verb belongs to the verb before it.
        (
            "اختطفت ناقلة نفط قبالة سواحل عمان واقتيدت إلى ميناء بندر جاسك.",
            "violence.attack",
            "قبالة سواحل عمان",
        ),
        # An adjective follows its noun: no "Turkish villages".
        ("قصفت المدفعية التركية قرى شمال غرب الحسكة.", "violence.shelling", "شمال غرب الحسكة"),
    ],
)
def test_where_it_happened(read: Read, text: str, kind: str, place: str) -> None:
    """The only place of each, a location."""
    assert places(only(read(text), kind), *ENDS) == [("location", place)]


class TestObjects:
    """What a verb of striking strikes is the disaster's place."""

    def test_a_disaster_strikes_the_object_of_its_verb(self, read: Read) -> None:
        """Between the disaster and the province that it hits, its strength may be told."""
        event = only(
            read("هز زلزال بلغت قوته 5.4 درجات ولاية البويرة شرقي الجزائر."), "hazard.earthquake"
        )
        assert places(event, *ENDS) == [("location", "البويرة")]

    def test_what_lies_near_another_place_is_where_the_first_is(self, read: Read) -> None:
        """After a place, "near X" says where that one lies."""
        event = only(read("Gunmen attacked a market in Jos near Bauchi."), "violence.attack")
        assert places(event) == [("location", "Jos"), ("context", "near Bauchi")]

    def test_and_opens_another_place(self, read: Read) -> None:
        """Two phrases joined by "and" are two locations."""
        event = only(read("Rockets hit targets in Homs and near Hama."), "violence.shelling")
        assert places(event) == [("location", "Homs"), ("location", "near Hama")]

    def test_what_an_owner_holds_is_as_the_owner_is(self, read: Read) -> None:
        """In "in Kenya's Mombasa" both names follow the same word of relation."""
        event = only(read("A fire broke out in Kenya's Mombasa district on Monday."), "hazard.fire")
        assert places(event) == [("context", "Kenya"), ("location", "Mombasa")]

    def test_a_city_that_owns_a_square_or_quarter_is_where_that_lies(self, read: Read) -> None:
        """As a country is: the event is in the square, not in two places."""
        event = only(read("A fire broke out in Cairo's Tahrir Square on Monday."), "hazard.fire")
        assert places(event) == [("context", "Cairo"), ("location", "Tahrir Square")]
        event = only(read("A fire broke out in Kyiv's Podil district."), "hazard.fire")
        assert places(event) == [("context", "Kyiv"), ("location", "Podil")]

    def test_a_base_left_is_where_a_movement_begins(self, read: Read) -> None:
        """In "from its base in X" the place is the origin."""
        event = only(
            read("The troops withdrew from their base in Agadez to Niamey."),
            "movement.troop_movement",
        )
        assert places(event) == [("origin", "Agadez"), ("destination", "Niamey")]

    def test_a_missile_is_launched_where_it_comes_from(self, read: Read) -> None:
        """The launch site is the location, the sea it flies to is not."""
        event = only(
            read("North Korea test-fired a missile from Wonsan toward the Sea of Japan."),
            "force.weapons_test",
        )
        assert places(event, "location") == [("location", "Wonsan")]

    def test_two_countries_as_ends_are_two_movements(self, read: Read) -> None:
        """A ship that docks in one country and then leaves for another has made two voyages."""
        events = read("رست سفينة شحن في ميناء جدة أمس، قبل أن تغادر السفينة إلى جيبوتي.")
        ends = [places(e, "destination") for e in events if e.type == "movement.voyage"]
        assert ends == [[("destination", "ميناء جدة")], [("destination", "جيبوتي")]]


class TestUnheldNames:
    """A place that the text states and no gazetteer holds is not lost."""

    TEXT = "Rebels captured the village of Zaqqumbar on Friday."

    def test_the_event_keeps_the_name(self, read: Read) -> None:
        """The place stands in the event, without coordinates."""
        event = only(read(self.TEXT), "violence.armed_clash")
        (place,) = event.places
        assert (place.role, place.resolution.mention.text) == ("location", "Zaqqumbar")
        assert place.resolution.place is None

    def test_the_table_has_a_row_without_geometry(self, gazetteer: Gazetteer) -> None:
        """The row names the place, so that nobody takes the event for one without any."""
        table = event_table([extract(Article(text=self.TEXT), gazetteer)], gazetteer)
        (row,) = table.to_dict("records")
        assert (row["role"], row["place"], row["geometry"]) == ("location", "Zaqqumbar", None)

    def test_the_region_around_stays_a_location(self, read: Read) -> None:
        """Where the village cannot be drawn, the region it lies in is the best that is known."""
        event = only(
            read("Rebels captured the village of Zaqqumbar in the Luhansk region."),
            "violence.armed_clash",
        )
        assert ("location", "Luhansk") in places(event)

    def test_a_name_after_it_follows_the_same_relation(self, read: Read) -> None:
        """An unknown first name of a list does not take the place from the second."""
        event = only(
            read("اعتقل الجيش سبعة شبان في مدن زقمبار ونابلس.", published=date(2024, 5, 15)),
            "coercion.arrest",
        )
        assert ("location", "نابلس") in places(event)

    def test_a_place_singled_out_is_listed_with_the_one_around_it(self, read: Read) -> None:
        """What follows "especially" stands where the place before it stands."""
        event = only(
            read("دارت اشتباكات في شمال العراق، وخاصة منطقة الحدود مع سوريا، بحسب شهود."),
            "violence.armed_clash",
        )
        assert ("location", "منطقة الحدود مع سوريا") in places(event)

    @pytest.mark.xfail(strict=False, reason="the recogniser doubts the city without a preposition")
    def test_a_visit_is_to_the_place_behind_the_visitor(self, read: Read) -> None:
        """An office with its country does not own the name that follows: that is the object."""
        event = only(read("زار وزير الدفاع الفرنسي نيروبي في عام 2019."), "diplomacy.visit")
        assert ("location", "نيروبي") in places(event)


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("נשיא המדינה המריא לפריז; גרמניה תשגר צוות חילוץ מברלין.", "movement.flight", ["פריז"]),
        (
            "The president flew to Baku; Georgia is leaving the court in Strasbourg.",
            "movement.flight",
            ["Baku"],
        ),
        (
            "The minister flew to Rome; officials from Malta are expected soon.",
            "movement.flight",
            ["Rome"],
        ),
        (
            "The ship left Odesa; it is bound for Istanbul.",
            "movement.voyage",
            ["Odesa", "Istanbul"],
        ),
        (
            "Three people were killed in Kharkiv; in Odesa, two.",
            "violence.attack",
            ["Kharkiv", "Odesa"],
        ),
    ],
)
def test_a_semicolon_ends_what_is_told(read: Read, text: str, kind: str, where: list[str]) -> None:
    """What follows it is another statement, unless "in X" right behind goes on with the same."""
    event = only(read(text), kind)
    assert [p.resolution.mention.text for p in event.places if p.role != "context"] == where


@pytest.mark.parametrize(
    "text",
    [
        "Two residents were shot in Haifa; a driver was arrested in Acre.",
        "Пять жителей ранены в Сумах; в Харькове задержали мужчину.",
        "שני תושבים נורו בחיפה; נהג נעצר בעכו.",
    ],
)
def test_who_is_counted_before_a_semicolon_is_not_counted_behind_it(read: Read, text: str) -> None:
    """Numbers of one statement count nothing in the other."""
    assert only(read(text), "coercion.arrest").count in {None, 1}


def test_who_acts_behind_a_semicolon_does_not_act_before_it(read: Read) -> None:
    """A country of the next statement takes no part."""
    [event] = read("Soldiers were arrested; Rwanda said nothing.")
    assert event.participants == ()


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("פיצוצים נשמעו בדמשק ובחומס.", "violence.bombing", ["דמשק", "חומס"]),
        ("חיילים נהרגו בקרב בחרקיב ובאודסה.", "violence.armed_clash", ["חרקיב", "אודסה"]),
        ("وقعت انفجارات بدمشق وبحمص.", "violence.bombing", ["دمشق", "حمص"]),
        ("قصفت الطائرات مواقع في الحديدة وبصعدة.", "violence.strike", ["الحديدة", "صعدة"]),
        ("انفجارهایی در دمشق و در حمص رخ داد.", "violence.bombing", ["دمشق", "حمص"]),
        ("Şam'da ve Humus'ta patlamalar oldu.", "violence.bombing", ["Şam", "Humus"]),
        ("Des explosions ont retenti à Damas et à Homs.", "violence.bombing", ["Damas", "Homs"]),
        ("Взрывы прогремели в Дамаске и в Хомсе.", "violence.bombing", ["Дамаске", "Хомсе"]),
    ],
)
def test_and_in_goes_on_with_a_list(read: Read, text: str, kind: str, where: list[str]) -> None:
    """A place with both particles, glued or not, is one more place and says where none lies."""
    event = only(read(text), kind)
    assert [p.resolution.mention.text for p in event.places if p.role == "location"] == where


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("پالایشگاه آبادان آتش گرفت.", "hazard.fire", "پالایشگاه آبادان"),
        ("نیروگاه زاپوریژیا آتش گرفت.", "hazard.fire", "نیروگاه زاپوریژیا"),
        ("فرودگاه مهرآباد هدف قرار گرفت.", "violence.attack", "فرودگاه مهرآباد"),
        ("شهر حلب مورد حمله قرار گرفت.", "violence.attack", "حلب"),
        ("The Haifa refinery caught fire.", "hazard.fire", "Haifa refinery"),
        ("Запорожская АЭС загорелась.", "hazard.fire", "Запорожская АЭС"),
        ("Hayfa rafinerisi alev aldı.", "hazard.fire", "Hayfa rafinerisi"),
    ],
)
def test_a_site_that_burns_or_is_hit_is_the_place(
    read: Read, text: str, kind: str, where: str
) -> None:
    """As the subject of a mishap, or of a passive, a site is where it happened."""
    assert places(only(read(text), kind)) == [("location", where)]


def test_a_ship_named_like_a_city_is_no_place(read: Read) -> None:
    """What sinks under the name of a city is no city."""
    event = only(read("The Moskva sank in the Black Sea."), "hazard.accident")
    assert places(event) == [("location", "Black Sea")]


def test_who_is_made_a_target_is_the_target(read: Read) -> None:
    """The subject of a passive without "to become" does nothing."""
    event = only(read("نیروهای روسی در خارکیف هدف حمله قرار گرفتند."), "violence.attack")
    assert [(p.role, p.text) for p in event.participants] == [("target", "نیروهای روسی")]
