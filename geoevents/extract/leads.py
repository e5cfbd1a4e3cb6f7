"""Which small words before a form tell whether it is a verb or a noun?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Leads:
    """Words by which a form that may be a verb or a noun is told apart; none where no form may."""

    noun: frozenset[str]
    determiners: frozenset[str]
    definite: frozenset[str]
    verb: frozenset[str]
    either: frozenset[str]
    gerund: frozenset[str]
    subjects: frozenset[str]
    agents: frozenset[str]
    auxiliaries: frozenset[str]


@cache
def leads_of(lang: str) -> Leads:
    """Return the words of a language that stand before its verbs and nouns."""
    data = load_toml("languages", lang, "cues.toml")
    return Leads(
        frozenset(map(fold, data["noun_lead"])),
        frozenset(map(fold, data["determiners"])),
        frozenset(map(fold, data["definite"])),
        frozenset(map(fold, data["verb_lead"])),
        frozenset(map(fold, data.get("either_lead", ()))),
        frozenset(map(fold, data.get("gerund_lead", ()))),
        frozenset(data["subject_classes"]),
        frozenset(map(fold, data.get("agent_lead", ()))),
        frozenset(map(fold, data.get("auxiliaries", ()))),
    )


def verb_leads(lang: str) -> frozenset[str]:
    """Return the small words, such as "has", that stand before verbs in a language."""
    return leads_of(lang).verb
