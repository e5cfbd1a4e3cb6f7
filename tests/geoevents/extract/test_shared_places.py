"""Events that happened where another one of their sentence did, or where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("He had been shot in a clash in Hebron.", "violence.attack", "Hebron"),
        ("Two officers were captured in an attack in Tikrit.", "coercion.arrest", "Tikrit"),
        (
            "In Kandahar, a bomb killed six civilians, and police arrested two suspects.",
            "coercion.arrest",
            "Kandahar",
        ),
        (
            "The envoy flew to Homs, where gunmen attacked a school.",
            "violence.attack",
            "Homs",
        ),
        ("وصل الوفد إلى حلب حيث قتل خمسة أشخاص في انفجار.", "violence.bombing", "حلب"),
        ("On the island of Lesbos, police arrested three men.", "coercion.arrest", "Lesbos"),
        ("Gunmen killed six men traveling on a bus in Quetta.", "violence.attack", "Quetta"),
    ],
)
def test_an_event_takes_the_place_that_its_sentence_gives(
    read: Read, text: str, kind: str, name: str
) -> None:
    """What was part of another event, follows "where", or an opening phrase, was there too."""
    assert places(only(read(text), kind), "location") == [("location", name)]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Police made arrests in Turin following a protest.", "unrest.protest", "Turin"),
        ("During clashes in Hebron, soldiers arrested three men.", "coercion.arrest", "Hebron"),
        (
            "Troops shot six men in a series of intense gunbattles in Hebron.",
            "violence.attack",
            "Hebron",
        ),
        ("فرضت الشرطة حظر تجول في البصرة إثر اشتباكات.", "violence.armed_clash", "البصرة"),
        ("اعتقلت الشرطة ثلاثة أشخاص خلال احتجاجات في تونس.", "coercion.arrest", "تونس"),
        ("שלושה בני אדם נעצרו בחיפה לאחר הפיצוץ.", "violence.bombing", "חיפה"),
        ("Троих задержали во время протестов в Минске.", "coercion.arrest", "Минске"),
        ("سه نفر هنگام اعتراضات در شیراز بازداشت شدند.", "coercion.arrest", "شیراز"),
        ("Ankara'da patlamanın ardından üç kişi gözaltına alındı.", "coercion.arrest", "Ankara"),
        (
            "Deux hommes ont été tués lors d'affrontements à Bamako.",
            "violence.armed_clash",
            "Bamako",
        ),
    ],
)
def test_what_happened_at_the_same_time_or_after_it_was_there_too(
    read: Read, text: str, kind: str, name: str
) -> None:
    """Words such as "during" or "after" join an event without a place to one that has it."""
    assert places(only(read(text), kind), "location") == [("location", name)]


def test_what_a_craft_has_on_board_goes_where_it_goes(read: Read) -> None:
    """A load told of before the journey takes its ends."""
    text = "سفينة محملة بالأسلحة كانت متجهة من إيران إلى اليمن."
    shipped = only(read(text), "transfer.arms_shipment")
    assert places(shipped, "origin", "destination") == [
        ("origin", "إيران"),
        ("destination", "اليمن"),
    ]


def test_what_was_brought_has_the_ends_of_the_journey(read: Read) -> None:
    """Though the journey's words go around it; who sends for people is none of its ends."""
    text = "نقلت طائرات شحن قطرية مساعدات طبية من الدوحة إلى العريش."
    ends = [("origin", "الدوحة"), ("destination", "العريش")]
    assert places(only(read(text), "transfer.aid"), "origin", "destination") == ends
    text = "Two ships brought grain from Odesa to Alexandria on Friday."
    ends = [("origin", "Odesa"), ("destination", "Alexandria")]
    assert places(only(read(text), "movement.voyage"), "origin", "destination") == ends
    text = "أجلت فرنسا رعاياها من نيامي إلى باريس."
    ends = [("origin", "نيامي"), ("destination", "باريس")]
    assert places(only(read(text), "movement.convoy"), "origin", "destination") == ends


def test_a_quarter_of_a_city_is_more_exact_than_the_city(read: Read) -> None:
    """Glued to the city's name, «ل» says whose quarter it is."""
    blast = only(read("انفجار في الضاحية الجنوبية لبيروت."), "violence.bombing")
    assert places(blast, "location") == [("location", "الضاحية الجنوبية")]
    assert blast.participants == ()


def test_what_is_off_a_coast_is_more_exact_than_the_sea(read: Read) -> None:
    """A drill off a town does not fill the sea that it is in."""
    drill = only(read("بدأت سفن جزائرية في البحر المتوسط مناورات قبالة وهران."), "force.exercise")
    assert places(drill, "location") == [("location", "قبالة وهران")]


def test_a_withdrawal_within_an_agreement_is_no_withdrawal_from_it(read: Read) -> None:
    """Forces leave a district «في إطار اتفاق»."""
    text = "انسحبت القوات الأرمينية من قضاء أغدام في إطار اتفاق وقف إطلاق النار."
    left = only(read(text), "movement.troop_movement")
    assert places(left, "origin") == [("origin", "أغدام")]


def test_where_arms_go_is_told_apart_from_who_gets_them(read: Read) -> None:
    """Russian "в" names where they go, and the dative who gets them."""
    sent = only(read("США обвинили Иран в поставках оружия в Йемен."), "transfer.arms_supply")
    assert places(sent, "destination") == [("destination", "Йемен")]
    given = only(read("США обвинили Иран в поставках оружия Йемену."), "transfer.arms_supply")
    assert places(given, "destination") == []


def test_what_is_taken_up_again_is_the_place_that_was_visited(read: Read) -> None:
    """In "X which he visited" the visit was to X, whatever else the sentence reaches."""
    text = "وصل الرئيس إلى سوريا قادما من ماليزيا التي زارها لمدة ثلاثة أيام."
    assert places(only(read(text), "diplomacy.visit"), "location") == [("location", "ماليزيا")]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("This is Angola's worst cholera outbreak.", "hazard.outbreak", "Angola"),
        ("Nepal’s strongest earthquake killed hundreds.", "hazard.earthquake", "Nepal"),
        ("Mosul's deadliest bombing of the year killed forty.", "violence.bombing", "Mosul"),
        ("There were two fires each day in Iraq.", "hazard.fire", "Iraq"),
        ("A truck plunged into the river in Multan.", "hazard.accident", "Multan"),
        ("إسرائيل أوقفت حربها ضد لبنان.", "violence.armed_clash", "لبنان"),
        ("انفجرت عبوة ناسفة بأحد أحياء بغداد.", "violence.bombing", "بغداد"),
        ("اعتقل الجيش ثلاثة في إحدى قرى جنين.", "coercion.arrest", "جنين"),
    ],
)
def test_what_a_place_owns_or_suffers_happened_there(
    read: Read, text: str, kind: str, name: str
) -> None:
    """A possessor, what something falls into, and whom a war is waged against."""
    assert places(only(read(text), kind), "location") == [("location", name)]


def test_a_government_that_bombs_is_no_place_of_its_own_bombing(read: Read) -> None:
    """A country may own what it does to others."""
    assert places(only(read("Iraq's bombing killed forty."), "violence.bombing"), "location") == []


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Fallujah has been patrolled by soldiers.", "force.deployment", "Fallujah"),
        ("Mosul was bombed at night.", "violence.bombing", "Mosul"),
        ("Grozny, captured by rebels in August, is quiet.", "violence.armed_clash", "Grozny"),
        ("Soldiers patrolled the roads of Tripoli.", "force.deployment", "Tripoli"),
        ("Gunmen killed six men in the restive quarter of Kirkuk.", "violence.attack", "Kirkuk"),
    ],
)
def test_what_is_acted_upon_is_where_it_happened(
    read: Read, text: str, kind: str, name: str
) -> None:
    """The subject of a passive is the object, and a noun such as "roads" belongs to its place."""
    assert places(only(read(text), kind), "location") == [("location", name)]


@pytest.mark.parametrize(
    "text",
    [
        "Planes that patrol the zones are based in Kuwait.",
        "Police arrested a man born in Tunis.",
        "اعتقلت الشرطة رجلا يقيم في تونس.",
    ],
)
def test_where_somebody_belongs_is_not_where_it_happened(read: Read, text: str) -> None:
    """A seat or a place of birth is no location."""
    assert all(places(event, "location") == [] for event in read(text))


def test_a_capital_attacked_by_rebels_is_a_place(read: Read) -> None:
    """Who fights attacks a city, and an official its government; a site makes it a city, too."""
    fought = only(read("Rebels attacked Damascus at dawn, residents said."), "violence.attack")
    assert places(fought, "location") == [("location", "Damascus")]
    argued = only(read("The minister attacked Berlin over its policy."), "violence.attack")
    assert places(argued, "location") == []
    bombed = only(read("A car bomb destroyed an upscale Baghdad restaurant."), "violence.bombing")
    assert places(bombed, "location") == [("location", "Baghdad")]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A bomb exploded in Homs. Five people were killed in the city.", "the city", "Homs"),
        ("انفجرت قنبلة في حمص. وقتل خمسة أشخاص في المدينة.", "المدينة", "Homs"),
        ("Un attentat a frappé Gao. Cinq civils ont été tués dans la ville.", "la ville", "Gao"),
        ("В Донецке прогремел взрыв. В городе погибли пять человек.", "городе", "Donetsk"),
        ("Mersin'de bomba patladı. Kentte beş kişi öldürüldü.", "Kent", "Mersin"),
        ("در کابل بمبی منفجر شد. در این شهر پنج نفر کشته شدند.", "این شهر", "Kabul"),
    ],
)
def test_the_city_is_the_one_named_before(read: Read, text: str, words: str, name: str) -> None:
    """The words stand in the text, and what they mean is inferred."""
    (place,) = only(read(text), "violence.attack").places
    assert (place.role, place.resolution.mention.text) == ("location", words)
    assert place.resolution.place is not None
    assert place.resolution.place.name == name
    assert place.resolution.geometry_basis == "inferred"
    assert [reason.rule for reason in place.why] == ["place.by_word", "place.known"]


def test_there_is_where_something_happened_before(read: Read) -> None:
    """What names no kind of place is inferred from the event before."""
    event = only(
        read("A bomb exploded in Homs. Five people were killed at the scene."), "violence.attack"
    )
    assert event.places == ()
    assert [p.resolution.mention.text for p in event.inferred_places] == ["Homs"]
    assert [reason.rule for reason in event.inferred_places[0].why] == ["place.referred"]


def test_a_place_before_after_is_another_events(read: Read) -> None:
    """What stands before "after" is where something else was."""
    text = "The envoy returned to Nairobi after the killing of five farmers."
    assert places(only(read(text), "violence.attack"), "location") == []
