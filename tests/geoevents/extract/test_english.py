"""Events in English: passives, gaps, verbs that are their own past, plans and figures of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.data import load_toml
from geoevents.extract.dates import find_times
from geoevents.extract.lexicon import never_matching
from geoevents.extract.morphology import load_morphology

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

NAMED = ("location", "origin", "destination")


def test_every_phrase_can_match() -> None:
    """No word of the list is one that no text can ever match."""
    morphology = load_morphology("en")
    assert morphology is not None
    rows = load_toml("languages", "en", "events.toml")["trigger"]
    assert not [words for row in rows for words in never_matching(morphology, row)]


def test_a_verb_may_be_its_own_past() -> None:
    """The past of "cut" is spelt like its base; that of "fly" is not."""
    morphology = load_morphology("en")
    assert morphology is not None
    assert morphology.forms("verb", "cut/cut/cut")["cut"] == "base past"
    assert morphology.forms("verb", "fly/flew/flown")["fly"] == "base"


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (
            "The river burst its banks near Passau.",
            ("hazard.flood", "burst", "asserted"),
            [("location", "near Passau")],
        ),
        (
            "A mob set fire to a police station in Dhaka.",
            ("unrest.riot", "set fire to", "asserted"),
            [("location", "Dhaka")],
        ),
        (
            "The refugees were taken by train from Przemysl to Warsaw.",
            ("movement.convoy", "taken by train", "asserted"),
            [("origin", "Przemysl"), ("destination", "Warsaw")],
        ),
        (
            "The blaze has also gutted a warehouse in Lagos.",
            ("hazard.fire", "blaze", "asserted"),
            [("location", "Lagos")],
        ),
        (
            "Government troops left Raqqa for Hama.",
            ("movement.troop_movement", "left", "asserted"),
            [("origin", "Raqqa"), ("destination", "Hama")],
        ),
        (
            "Rebel soldiers occupied Goma.",
            ("movement.troop_movement", "occupied", "asserted"),
            [("destination", "Goma")],
        ),
        (
            "Trucks loaded with food left Port Sudan for El Fasher.",
            ("movement.convoy", "left", "asserted"),
            [("origin", "Port Sudan"), ("destination", "El Fasher")],
        ),
        (
            "The demonstration turned violent in Bishkek.",
            ("unrest.riot", "turned", "asserted"),
            [("location", "Bishkek")],
        ),
        (
            "Raids by Saudi jets left 12 dead in Hodeidah.",
            ("violence.strike", "Raids by", "asserted"),
            [("location", "Hodeidah")],
        ),
        (
            "Villagers in Kilis were wounded by mortar rounds.",
            ("violence.shelling", "wounded by mortar", "asserted"),
            [("location", "Kilis")],
        ),
        (
            "The shelling of Nikopol killed a woman.",
            ("violence.shelling", "shelling", "asserted"),
            [("location", "Nikopol")],
        ),
        (
            "Storm Ciaran lashed Brittany overnight.",
            ("hazard.storm", "Storm", "asserted"),
            [("location", "Brittany")],
        ),
        (
            "Poultry farms in Brittany have been hit by bird flu.",
            ("hazard.outbreak", "hit by bird", "asserted"),
            [("location", "Brittany")],
        ),
        (
            "The charity handed out blankets to survivors in Antakya.",
            ("transfer.aid", "handed out blankets", "asserted"),
            [("location", "Antakya")],
        ),
        (
            "Dockworkers downed tools in Rotterdam.",
            ("unrest.protest", "downed tools", "asserted"),
            [("location", "Rotterdam")],
        ),
        (
            "Bangladesh has called in the army in Dhaka.",
            ("force.deployment", "called in", "asserted"),
            [("location", "Dhaka")],
        ),
        (
            "Hundreds of reservists will take part in a drill in Estonia.",
            ("force.exercise", "drill", "hypothetical"),
            [("location", "Estonia")],
        ),
        (
            "A summit of African leaders will be held in Lome.",
            ("diplomacy.meeting", "summit", "hypothetical"),
            [("location", "Lome")],
        ),
        (
            "The summit in Lome was cancelled.",
            ("diplomacy.meeting", "summit", "negated"),
            [("location", "Lome")],
        ),
        (
            "The suspect, from the town of Vejle, was captured in Malmö.",
            ("coercion.arrest", "was captured", "asserted"),
            [("location", "Malmö")],
        ),
        (
            "Rebels captured the town of Bria.",
            ("violence.armed_clash", "captured", "asserted"),
            [("location", "Bria")],
        ),
        (
            "A coalition strike destroyed two tanks near Tikrit.",
            ("violence.strike", "destroyed", "asserted"),
            [("location", "near Tikrit")],
        ),
        (
            "Vets found the virus in ducks at a farm in Norfolk.",
            ("hazard.outbreak", "found", "asserted"),
            [("location", "Norfolk")],
        ),
        (
            "The deaths in Hue were due to bird flu.",
            ("hazard.outbreak", "bird flu", "asserted"),
            [("location", "Hue")],
        ),
        (
            "A woman was struck by a car in Salford.",
            ("hazard.accident", "was struck", "asserted"),
            [("location", "Salford")],
        ),
        (
            "The crash happened on a road near Toledo.",
            ("hazard.accident", "crash", "asserted"),
            [("location", "near Toledo")],
        ),
        (
            "Two men were robbed at gunpoint in Fresno.",
            ("violence.attack", "robbed at", "asserted"),
            [("location", "Fresno")],
        ),
        (
            "The house in Hull was destroyed by fire.",
            ("hazard.fire", "destroyed by fire", "asserted"),
            [("location", "Hull")],
        ),
        (
            "He is being held without bond in a jail in Memphis.",
            ("coercion.arrest", "held", "asserted"),
            [("location", "Memphis")],
        ),
        (
            "Officers often patrol the streets of Naples.",
            ("force.deployment", "patrol", "asserted"),
            [("location", "Naples")],
        ),
        (
            "The injured climber was flown to a hospital in Innsbruck.",
            ("movement.flight", "flown to", "asserted"),
            [("destination", "Innsbruck")],
        ),
        (
            "A trader was burnt alive in Kano.",
            ("violence.attack", "burnt alive", "asserted"),
            [("location", "Kano")],
        ),
        (
            "Yemen's civil war has killed thousands in Taiz.",
            ("violence.armed_clash", "civil war", "asserted"),
            [("location", "Taiz")],
        ),
        (
            "Riot police blocked protesters from entering the square in Sofia.",
            ("coercion.blockade", "blocked", "asserted"),
            [("location", "Sofia")],
        ),
        (
            "Hundreds of soldiers patrolled Nairobi after the vote.",
            ("force.deployment", "patrolled", "asserted"),
            [("location", "Nairobi")],
        ),
        (
            "Rebels seized the town of Bunia on Monday.",
            ("violence.armed_clash", "seized", "asserted"),
            [("location", "Bunia")],
        ),
        (
            "The guerrillas captured one-third of Nepal within a year.",
            ("violence.armed_clash", "captured", "asserted"),
            [("location", "Nepal")],
        ),
        (
            "Warplanes bombed the rebel-held city of Benghazi's old harbour.",
            ("violence.strike", "Warplanes bombed", "asserted"),
            [("location", "Benghazi")],
        ),
        (
            "Hundreds of students took to the streets of Skopje.",
            ("unrest.protest", "took to", "asserted"),
            [("location", "Skopje")],
        ),
        (
            "Back in Gyumri, dozens of teachers demonstrated for higher pay.",
            ("unrest.protest", "demonstrated", "asserted"),
            [("location", "Gyumri")],
        ),
        (
            "The army launched an offensive in northern Idlib, targeting the village of Binnish.",
            ("violence.armed_clash", "offensive", "asserted"),
            [("location", "northern Idlib"), ("location", "Binnish")],
        ),
        (
            "According to a police source in Amman, gunmen attacked a convoy near Daraa.",
            ("violence.attack", "attacked", "reported"),
            [("location", "near Daraa")],
        ),
        (
            "Portugal has reported its first case of mpox.",
            ("hazard.outbreak", "reported", "asserted"),
            [("location", "Portugal")],
        ),
        (
            "Late on Friday in Mosul, a man and three of his sons were killed by gunfire.",
            ("violence.attack", "gunfire", "asserted"),
            [("location", "Mosul")],
        ),
        (
            "In Kano, a terminal was destroyed in the 2 p.m. (1300 GMT) blast.",
            ("violence.bombing", "blast", "asserted"),
            [("location", "Kano")],
        ),
        (
            "Gunmen shot a lawyer in the courtyard of his Baghdad apartment block.",
            ("violence.attack", "shot", "asserted"),
            [("location", "Baghdad")],
        ),
        (
            "Rebels have captured about a third of Chad since April.",
            ("violence.armed_clash", "captured", "asserted"),
            [("location", "Chad")],
        ),
        (
            "A police squad stormed an apartment in Marseille.",
            ("violence.attack", "stormed", "asserted"),
            [("location", "Marseille")],
        ),
    ],
)  # fmt: skip
def test_a_sentence_tells_one_event(
    read: Read, text: str, told: tuple[str, str, str], expected: list[tuple[str, str]]
) -> None:
    """The event has its type, the words that name it, its status and its places."""
    kind, words, status = told
    event = only(read(text, lang="en"), kind)
    assert text[event.trigger.start : event.trigger.end].startswith(words)
    assert event.status == status
    assert places(event, *NAMED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Back in Lyon, the band played its new album.",
        "Landslide victory for the opposition in Lima.",
        "The team rallied from a deficit in Denver.",
        "Her speech in Oslo caused a storm of protest.",
        "Ms Lynch is a lawyer in Boston.",
        "The minister was under fire over the budget in Madrid.",
        "The wine was sold after a press conference in Paris.",
        "The court in Ghent ruled that the tax cut was legal.",
        "One lane of the road near Bath was closed for repairs.",
        "You can visit the old town of Bern on foot.",
        "The striker fired a rocket into the net in Turin.",
        "Ducks conquered the internet in 2015.",
        "Share prices collapsed in Tokyo.",
        "Her new album stormed the charts in Leipzig.",
        "The city of Perth was struck by the beauty of her songs.",
        "Ana Silva captured the gold medal in Lisbon.",
        "Jail records are kept in Bristol.",
        "A boy fighting leukaemia drew pictures in Derby.",
        "The driver tested positive for cocaine in Perth.",
        "The Highway Patrol office in Tulsa has moved.",
        "Firefighters arrived at the flats in Reno within minutes.",
        "The shop is close to the railway in Crewe.",
        "The minister came under fire from critics in Madrid.",
        "A volunteer talked about Civil War monuments in Richmond.",
        "The senator captured the attention of voters in Iowa.",
        "The school fair in Leeds began March 20.",
        "Doctors in Turin told parents to get a flu shot.",
        "The treaty entered into force in Bern.",
        "Two water tanks were installed in Kisumu.",
    ],
)
def test_figures_of_speech_tell_nothing(read: Read, text: str) -> None:
    """Words of war and disaster in sport, trade, culture and debate name no event."""
    assert read(text, lang="en") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Two men were arrested in Lille, while four others were detained in Ghent.",
            ["coercion.arrest", "coercion.arrest"],
        ),
        (
            "Militants shelled a camp in Sidon, and hours later the army launched another assault.",
            ["violence.shelling", "violence.attack"],
        ),
        (
            "Police shot a man in Oran, and his brother was stabbed to death.",
            ["violence.attack", "violence.attack"],
        ),
        (
            "A man was shot in Oran and later stabbed to death.",
            ["violence.attack"],
        ),
        (
            "Militants shelled a camp in Sidon, and many hours later a man spoke of the attack.",
            ["violence.shelling"],
        ),
        (
            "Clashes broke out in Mosul after an attack on a convoy.",
            ["violence.armed_clash", "violence.attack"],
        ),
    ],
)
def test_what_is_told_apart_is_another_event(read: Read, text: str, kinds: list[str]) -> None:
    """Another place, sufferer or attack makes another event; "the attack" is the one told."""
    assert [event.type for event in read(text, lang="en")] == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Cholera broke out in Harare. Two cases were also reported in Lusaka.",
            ["hazard.outbreak", "hazard.outbreak"],
        ),
        ("The court sat in Harare. Two cases were also reported in Lusaka.", []),
    ],
)
def test_cases_are_those_of_the_disease_told_of(read: Read, text: str, kinds: list[str]) -> None:
    """What counts cases tells of sick people behind a sentence that names their disease."""
    assert [event.type for event in read(text, lang="en")] == kinds


def test_whoever_accuses_vouches_for_it(read: Read) -> None:
    """An accusation that is told on somebody's word was made; what it is about is only told."""
    events = read("Iran accused Iraq of the raid, a spokesman said.", lang="en")
    assert [(event.type, event.status) for event in events] == [
        ("statement.accusation", "asserted"),
        ("violence.attack", "reported"),
    ]


def test_fall_is_a_season_beside_a_year() -> None:
    """The fall of a year is its autumn; the fall of a town is not."""
    (time,) = find_times("in the fall of 2000", lang="en")
    assert (time.start, time.end) == ("2000-09", "2000-11")
    assert find_times("the fall of the town", lang="en") == []
