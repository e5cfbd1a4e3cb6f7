"""Which words say whose ("Turkish", أذربيجاني) and not where?"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import MissingDataError
from gazetteer.mentions.word_variants import stem_length, word_variants
from gazetteer.text.inflect import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.text.tokens import Token

_LONGEST = 3  # words: "South African", "Costa Rican"


@dataclass(frozen=True, slots=True)
class Demonym:
    """A demonym in a text: its span, its words, and the place whose people it names."""

    start: int
    end: int
    first: int
    last: int
    form: str
    particle: str
    place_id: str


@cache
def demonym_forms(lang: str) -> Mapping[str, str]:
    """Return a language's demonyms: every folded form, and the id of its place."""
    lang = lang.split("-", maxsplit=1)[0]
    try:
        path = data_path("languages", lang, "demonyms.tsv")
    except MissingDataError:
        return {}
    forms: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for citation in filter(None, row["forms"].split("|")):
                for form in expand(citation, lang=lang):
                    forms.setdefault(form, row["id"])
    return forms


@cache
def _phrase_heads(lang: str) -> frozenset[str]:
    """First words of the demonyms that have several."""
    return frozenset(form.split()[0] for form in demonym_forms(lang) if " " in form)


def find_demonyms(
    text: str, tokens: Sequence[Token], rules: LanguageRules, *, cased: bool
) -> list[Demonym]:
    """Return the demonyms of a text, longest first at each word, none overlapping.

    Parameters
    ----------
    text, tokens, rules
        The text, its words and its language's rules.
    cased
        Whether the text tells capitals from small letters: demonyms then need a capital in
        languages that write them so.
    """
    forms = demonym_forms(rules.lang)
    needs_capital = cased and "capital_demonyms" in rules.flags
    found: list[Demonym] = []
    free_from = 0
    for i in range(len(tokens)):
        if i < free_from or (needs_capital and not tokens[i].is_capitalized):
            continue
        demonym = next(_readings(text, tokens, i, forms, rules), None)
        if demonym is not None and not _is_surname(demonym, text, tokens, rules):
            found.append(demonym)
            free_from = demonym.last + 1
    return found


def _is_surname(demonym: Demonym, text: str, tokens: Sequence[Token], rules: LanguageRules) -> bool:
    """Whether what may be a demonym stands behind a given name: "محمد السوداني", "Ahmet Türk"."""
    i = demonym.first
    if not i or demonym.particle or not demonym.form.endswith(rules.surname_endings):
        return False
    last = tokens[i - 1].folded
    given: set[tuple[str, ...]] = {(head,) for _, head in rules.heads(last)}
    given |= {(head, last) for _, head in rules.heads(tokens[max(i - 2, 0)].folded)}
    named = not rules.given_names.isdisjoint(given)
    are_names = not any(token.surface.islower() for token in tokens[i - 1 : i + 1])
    return named and are_names and text[tokens[i - 1].end : demonym.start].isspace()


def _readings(
    text: str, tokens: Sequence[Token], i: int, forms: Mapping[str, str], rules: LanguageRules
) -> Iterator[Demonym]:
    longest = _LONGEST if tokens[i].folded in _phrase_heads(rules.lang) else 1
    for last in range(min(i + longest, len(tokens)) - 1, i - 1, -1):
        gaps = [
            text[a.end : b.start]
            for a, b in zip(tokens[i:last], tokens[i + 1 : last + 1], strict=True)
        ]
        if any(gap.strip("-‐ ") or "\n" in gap for gap in gaps):
            continue
        rest = [token.folded for token in tokens[i + 1 : last + 1]]
        token = tokens[last]
        endings = {len(token.folded), stem_length(token, rules)}
        for variant in word_variants(tokens[i].folded, rules):
            head = variant.lead + tokens[i].folded[variant.skip :]
            for end in sorted(endings, reverse=True):
                words = [head, *rest]
                words[-1] = words[-1][: len(words[-1]) - (len(token.folded) - end)]
                form = " ".join(words)
                if form in forms:
                    yield Demonym(
                        tokens[i].offset(variant.skip),
                        token.end if end == len(token.folded) else token.offset(end - 1) + 1,
                        i,
                        last,
                        form,
                        variant.particle,
                        forms[form],
                    )
