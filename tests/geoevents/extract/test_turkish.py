"""Events in Turkish: cases with and without apostrophe, verbs at the end, plans and hearsay."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import never_matching
from geoevents.extract.morphology import load_morphology

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

DAY = date(2024, 5, 15)  # a Wednesday
NAMED = ("location", "origin", "destination")


@pytest.fixture(scope="module")
def events(read: Read) -> Read:
    """Return a function that gives the events of a Turkish text of 15 May 2024."""
    return partial(read, published=DAY, lang="tr")


@pytest.mark.parametrize(
    ("word", "kind", "lemma", "tags"),
    [
        ("saldırılarında", "noun", "saldırı", {"pl"}),
        ("uçağından", "noun", "uçak", {"sg"}),
        ("bombalandı", "verb", "bombala", {"past", "pass"}),
        ("bombalıyor", "verb", "bombala", {"present"}),
        ("düzenleyecek", "verb", "düzenle", {"future"}),
        ("saldırmadı", "verb", "saldır", {"past", "neg"}),
        ("öldürülmüş", "verb", "öldür", {"past", "evid", "pass"}),
        ("çekildiğini", "verb", "çekil", {"past", "verbal"}),
        ("imzalanması", "verb", "imzala", {"pass"}),
        ("edilemedi", "verb", "et/ed", {"neg", "pass"}),
    ],
)
def test_an_ending_is_cut_off_and_says_what_it_means(
    word: str, kind: str, lemma: str, tags: set[str]
) -> None:
    """A word is a form of its stem, with the tags of passive and ending together."""
    morphology = load_morphology("tr")
    assert morphology is not None
    forms = morphology.forms(kind, lemma)
    found = [
        {*forms[a.form].split(), *a.tags.split()}
        for a in morphology.analyses(fold(word))
        if kind in a.kinds and a.form in forms
    ]
    assert tags in found


def test_every_word_of_the_lexicon_can_match() -> None:
    """A phrase that no text can match is a mistake of whoever wrote it."""
    morphology = load_morphology("tr")
    assert morphology is not None
    rows = load_toml("languages", "tr", "events.toml")["trigger"]
    assert [
        never_matching(morphology, row) for row in rows if never_matching(morphology, row)
    ] == []


@pytest.mark.parametrize(
    ("text", "kind", "told", "named"),
    [
        (
            "İsrail uçakları salı günü Beyrut'u bombaladı.",
            "violence.strike", ("bombaladı", "asserted", "2024-05-14"), [("location", "Beyrut")],
        ),
        (
            "Bağdat'ta iki gazeteci silahlı kişilerce kaçırıldı.",
            "violence.attack", ("kaçırıldı", "asserted", None), [("location", "Bağdat")],
        ),
        (
            "Norveç Başbakanı yarın Tokyo'yu ziyaret edecek.",
            "diplomacy.visit", ("ziyaret edecek", "hypothetical", "2024-05-16"),
            [("location", "Tokyo")],
        ),
        (
            "Ordu, Trablus'a saldırmadı.",
            "violence.attack", ("saldırmadı", "negated", None), [("location", "Trablus")],
        ),
        (
            "Musul yakınlarında çatışma çıktığı iddia edildi.",
            "violence.armed_clash", ("çatışma", "reported", None),
            [("location", "Musul yakınlarında")],
        ),
        (
            "Rusya, Belarus'a füze gönderdi.",
            "transfer.arms_shipment", ("füze gönderdi", "asserted", None), [],
        ),
        (
            "Kahire'den kalkan uçak Atina'ya indi.",
            "movement.flight", ("indi", "asserted", None),
            [("origin", "Kahire"), ("destination", "Atina")],
        ),
        (
            "İran'ın Tebriz kentinde 5 büyüklüğünde deprem oldu.",
            "hazard.earthquake", ("deprem oldu", "asserted", None), [("location", "Tebriz")],
        ),
        (
            "Peru ile Bolivya arasında Lima'da anlaşma imzalandı.",
            "deal.agreement", ("anlaşma imzalandı", "asserted", None), [("location", "Lima")],
        ),
        (
            "İsyancılar Goma'yı ele geçirmiş.",
            "violence.armed_clash", ("ele geçirmiş", "reported", None), [("location", "Goma")],
        ),
        (
            "Polis, Madrid'de üç kişiyi gözaltına aldı.",
            "coercion.arrest", ("gözaltına aldı", "asserted", None), [("location", "Madrid")],
        ),
        (
            "Ankara'da öğretmenler ücretleri protesto etti.",
            "unrest.protest", ("protesto etti", "asserted", None), [("location", "Ankara")],
        ),
        (
            "Göçmenleri taşıyan tekne Malta açıklarında battı.",
            "hazard.accident", ("battı", "asserted", None), [("location", "Malta açıklarında")],
        ),
        (
            "Ordu sözcüsü, Kabil'de saldırının düzenlenmediğini söyledi.",
            "violence.attack", ("saldırının", "negated", None), [("location", "Kabil")],
        ),
    ],
)  # fmt: skip
def test_an_event_is_read(
    events: Read,
    text: str,
    kind: str,
    told: tuple[str, str, str | None],
    named: list[tuple[str, str]],
) -> None:
    """Type, words, status, day and places of the one event are those that the sentence tells."""
    event = only(events(text), kind)
    words, day = text[event.trigger.start : event.trigger.end], event.time and event.time.start
    assert (words, event.status, day) == told
    assert places(event, *NAMED) == named


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (
            "Rusya, Belarus'a füze gönderdi.",
            "transfer.arms_shipment",
            {"supplier": "RU", "recipient": "BY"},
        ),
        (
            "Polonya, Güney Kore'den 96 obüs satın aldı.",
            "deal.arms_deal",
            {"recipient": "PL", "supplier": "KR"},
        ),
        (
            "Tiflis, Moskova'yı casuslukla suçladı.",
            "statement.accusation",
            {"actor": "GE", "target": "RU"},
        ),
    ],
)
def test_cases_give_the_parts(events: Read, text: str, kind: str, roles: dict[str, str]) -> None:
    """Who gives whom what is told by the cases; a comma behind the subject joins no list."""
    event = only(events(text), kind)
    assert {p.role: p.country for p in event.participants} == roles


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Edirne'de 45 düzensiz göçmen yakalandı.", "coercion.arrest", "göçmen yakalandı"),
        (
            "Çad'da 3 terörist etkisiz hale getirildi.",
            "violence.armed_clash",
            "terörist etkisiz hale getirildi",
        ),
        (
            "Libya'da bomba yüklü kamyon patlatıldı.",
            "violence.bombing",
            "bomba yüklü kamyon patlatıldı",
        ),
        ("Göstericiler Tunus'ta karakolu ateşe verdi.", "unrest.riot", "ateşe verdi"),
        ("Oslo'da bir otel yandı.", "hazard.fire", "yandı"),
        ("Lahor'da asansör halatı koptu, iki işçi öldü.", "hazard.accident", "koptu"),
        ("Rusya, Norveç sınırına asker yığıyor.", "force.deployment", "asker yığıyor"),
        ("Konserde silahlı saldırı: Moskova'da 3 ölü.", "violence.attack", "silahlı saldırı"),
    ],
)
def test_phrases_name_events(events: Read, text: str, kind: str, words: str) -> None:
    """What a verb stands with tells the event, be it active or passive."""
    event = only(events(text), kind)
    assert text[event.trigger.start : event.trigger.end] == words


def test_both_of_between_take_part(events: Read) -> None:
    """Of "X ile Y arasında" both are actors, and neither is where it happened."""
    event = only(events("Peru ile Bolivya arasında Lima'da anlaşma imzalandı."), "deal.agreement")
    assert [p.country for p in event.participants] == ["PE", "BO"]


def test_who_is_in_a_place_may_act_elsewhere(events: Read) -> None:
    """The place of "Yemen'deki Husiler" is theirs, and not that of their attack."""
    event = only(events("Yemen'deki Husiler, Kızıldeniz'de gemiye saldırdı."), "violence.attack")
    assert places(event, *NAMED) == [("location", "Kızıldeniz")]


@pytest.mark.parametrize(
    "text",
    [
        "Şirket, rakiplerine fiyat saldırısı başlattı.",
        "Takım ikinci yarıda kaleyi bombaladı.",
        "Borsa güne patlamayla başladı.",
        "Ünlü şarkıcının albümü müzik dünyasında bomba etkisi yarattı.",
        "Bardağın yarısı dolu, dedi Berlin'deki psikolog.",
        "Gemi maketleri Roma'daki fuarda sergilendi.",
        "Oyuncu maçtan sonra Madrid'de ışıkları yaktı.",
        "Yazar Paris'te romanını imzaladı.",
    ],
)
def test_figures_of_speech_tell_nothing(events: Read, text: str) -> None:
    """Words of war in sport, trade and culture name no event."""
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Türkiye, İngiltere ile 20 Eurofighter alımı için anlaşma imzaladı.", 20),
        ("Polonya, Güney Kore'den 180 tank satın almak için sözleşme imzaladı.", 180),
        ("Fransa ile Sırbistan, Rafale satışına ilişkin anlaşma imzaladı.", None),
    ],
)
def test_what_is_signed_is_the_sale_of_arms(read: Read, text: str, count: int | None) -> None:
    """The words before "için" say what was agreed on, and are no plan."""
    [event] = read(text, lang="tr")
    assert (event.type, event.status, event.count) == ("deal.arms_deal", "asserted", count)
