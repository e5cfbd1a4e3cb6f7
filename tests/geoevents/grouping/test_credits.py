"""Agencies are seen where they sign, and nowhere else."""

import pytest

from gazetteer.data import load_toml
from geoevents.grouping.credits import UNNAMED, find_credits

STORY = "Two people died when a bridge gave way.\n"


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        (f"BEIRUT (Reuters) - {STORY}", {"reuters"}),
        (f"KABUL, March 3 (AP) — {STORY}", {"ap"}),
        (f"МОСКВА, 3 марта. /ТАСС/. {STORY}", {"tass"}),
        ("غزة (أ ف ب) - انهار جسر ومات شخصان.", {"afp"}),
        ("دمشق - سانا - انهار جسر ومات شخصان.", {"sana"}),
        ("انهار جسر ومات شخصان.\n\nالمصدر: رويترز", {"reuters"}),
        ("انهار جسر في برلين ومات شخصان. (د.ب.أ)", {"dpa"}),
        (f"By The Associated Press\n{STORY}", {"ap"}),
        (f"{STORY}(AFP, Reuters)", {"afp", "reuters"}),
        (f"{STORY}Reuters and AP", {"ap", "reuters"}),
        ("שני בני אדם נהרגו. (רויטרס)", {"reuters"}),
        (f"{STORY}Source: agencies", {UNNAMED}),
        ("المصدر: وكالات\nانهار جسر ومات شخصان.", {UNNAMED}),
    ],
)
def test_signatures(text, agencies):
    """A dateline, brackets at the end and a line of its own are signatures."""
    assert find_credits(text) == agencies


@pytest.mark.parametrize(
    "text",
    [
        f"An official told Reuters that it was closed. {STORY}",
        f"{STORY * 10}The Anti-Poverty plan (AP) was discussed too. {STORY * 10}",
        "Reuters journalists went on strike in London on Monday over pay and working hours.",
        "قال مسؤول لرويترز إن الجسر انهار.",
        f"({STORY.strip()})",
        "",
    ],
)
def test_what_is_no_signature(text):
    """An agency that the text speaks of has not signed it."""
    assert find_credits(text) == frozenset()


def test_no_two_agencies_sign_alike():
    """A signature stands for one agency."""
    from geoevents.grouping.credits import _key

    rows = load_toml("ontology", "agencies.toml")["agencies"]
    signed = [(key, name) for name, row in rows.items() for key in {_key(n) for n in row["names"]}]
    assert len({key for key, _ in signed}) == len(signed)
    assert {row["checked"] for row in rows.values()} <= {"articles", "lists", "unverified"}
