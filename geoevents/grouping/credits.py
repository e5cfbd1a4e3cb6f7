"""Which news agencies does an article credit by their signature?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNNAMED = ""
"""Stands for "agencies" without a name."""

_HEAD, _TAIL = 160, 120  # characters in which a dateline and a last signature stand
_LINE = 60  # characters of a line that holds nothing but a signature
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,50})[)\]]|(?<!\S)/([^/\n]{2,30})/(?!\w)")
_DASHES = re.compile(r"\s[-–—]\s|[–—]|[-–—]\s")
_SEPARATORS = r"[/,،;+|&]"


@dataclass(frozen=True, slots=True)
class _Signatures:
    """How agencies sign: their ids by folded name, and the words around."""

    names: Mapping[str, str]
    joined: re.Pattern[str]
    lead_in: re.Pattern[str]


@cache
def _signatures() -> _Signatures:
    data = load_toml("ontology", "agencies.toml")
    rows = {agency: row["names"] for agency, row in data["agencies"].items()}
    rows[UNNAMED] = data["unnamed"]["names"]
    around = data["around"]
    joiners = "|".join(map(re.escape, around["joiners"]))
    lead_in = "|".join(map(re.escape, sorted(around["lead_in"], key=len, reverse=True)))
    return _Signatures(
        {_key(name): agency for agency, names in rows.items() for name in names},
        re.compile(rf"{_SEPARATORS}|\s(?:{joiners})\s", re.IGNORECASE),
        re.compile(rf"\A(?:{lead_in})(?:\s*:\s*|\s+)", re.IGNORECASE),
    )


def find_credits(text: str) -> frozenset[str]:
    r"""Return the agencies that sign an article.

    A signature stands in brackets or between dashes at the head, in brackets at the end, or in a
    line of its own. "An official told Reuters" is none: there the article asked for itself.

    Parameters
    ----------
    text
        The article.

    Returns
    -------
    frozenset of str
        Ids of ``data/ontology/agencies.toml``; :data:`UNNAMED` for "agencies".

    Examples
    --------
    >>> sorted(find_credits("BEIRUT (Reuters) - Two people died.\nSource: agencies"))
    ['', 'reuters']
    >>> sorted(find_credits("An official told Reuters that two people died."))
    []
    """
    return frozenset(agency for words in _places(text) for agency in _signed(words))


def _places(text: str) -> Iterator[str]:
    """Yield the words that stand where a signature would."""
    story = text.strip()
    for match in _BRACKETS.finditer(story):
        if match.start() < _HEAD or match.end() > len(story) - _TAIL:
            yield match[1] or match[2]
    lines = [line.strip() for line in story.splitlines()]
    yield from (line for line in lines if line and len(line) <= _LINE)
    head = story[:_HEAD].splitlines()
    for line in head:
        yield from _DASHES.split(line)[1:-1]


def _signed(words: str) -> list[str]:
    """Return the agencies of words that are signatures and nothing else."""
    signatures = _signatures()
    bare = signatures.lead_in.sub("", words.strip(" .*-–—"), count=1)
    keys = [_key(part) for part in signatures.joined.split(bare)]
    agencies = [signatures.names.get(key) for key in keys if key]
    known = [agency for agency in agencies if agency is not None]
    return known if known and len(known) == len(agencies) else []


def _key(name: str) -> str:
    return fold(name).replace(" ", "")
