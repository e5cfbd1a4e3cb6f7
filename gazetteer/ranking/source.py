"""Where was a text published, as far as its address tells?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gazetteer.data import load_toml
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.store import Store

_SHORTEST = 5  # letters of a name that an address is believed to hold
_LONGEST = 40  # letters of a label that are looked at
_MOST_ROWS = 20
_SHORTEST_WORD = 2
_COUNTRY_LETTERS = 2  # of a domain that is a country's


@dataclass(frozen=True, slots=True)
class Source:
    """What the address of a text says of where it comes from.

    Attributes
    ----------
    country
        The index's code of the country of its domain; 0 when it is none's.
    rows
        Rows of the places whose name its domain begins with.
    letters
        The letters of its domain.
    """

    country: int = 0
    rows: tuple[int, ...] = ()
    letters: str = ""

    def names(self, surface: str) -> bool:
        """Return whether the domain holds a name."""
        name = "".join(filter(str.isalpha, fold(surface)))
        return len(name) >= _SHORTEST and name in self.letters


def read_source(store: Store, url: str | None) -> Source | None:
    """Return what an address says of where a text comes from; None when it says nothing.

    Parameters
    ----------
    store
        The opened index.
    url
        Address of the text, or of its publisher.
    """
    labels = _labels(url or "")
    if not labels:
        return None
    rules = _rules()
    *names, top = labels
    country = rules.countries.get(top, top.upper())
    code = store.country_code(country) if len(top) == _COUNTRY_LETTERS else None
    code = None if top in rules.generic else code
    own = ["".join(filter(str.isalpha, label)) for label in names if label not in rules.parts]
    rows = next((found for label in own if (found := _named(store, label, rules.leading))), ())
    return Source(int(code or 0), rows, " ".join(own))


@dataclass(frozen=True, slots=True)
class _Rules:
    countries: dict[str, str]
    generic: frozenset[str]
    parts: frozenset[str]
    leading: tuple[str, ...]


@cache
def _rules() -> _Rules:
    data = load_toml("ontology", "domains.toml")
    return _Rules(
        data["countries"],
        frozenset(data["generic"]),
        frozenset(data["parts"]),
        tuple(sorted(data["leading"], key=len, reverse=True)),
    )


def _labels(url: str) -> list[str]:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return []
    labels = [label[:_LONGEST] for label in host.split(".")]
    return labels if len(labels) > 1 and all(labels) else []


def _named(store: Store, label: str, leading: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of the longest name that a label, or what follows "the", begins with."""
    for lead in (*leading, ""):
        if not label.startswith(lead):
            continue
        rest = label.removeprefix(lead)
        for length in range(len(rest), _SHORTEST - 1, -1):
            rows = [row for key in _spaced(rest[:length]) for row in _bearers(store, key)]
            if rows:
                return tuple(rows[:_MOST_ROWS])
    return ()


def _spaced(letters: str) -> Iterator[str]:
    """Yield the ways to read letters as one or two words."""
    yield letters
    for i in range(_SHORTEST_WORD, len(letters) - _SHORTEST_WORD + 1):
        yield f"{letters[:i]} {letters[i:]}"


def _bearers(store: Store, folded: str) -> Iterator[int]:
    key = store.key(folded)
    if key is not None:
        kinds = SETTLEMENT_KINDS | COUNTRY_KINDS | {"admin1"}
        yield from (p.place for p in store.postings(key) if store.kind_of(p.place) in kinds)
