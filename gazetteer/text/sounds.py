"""Which names may sound alike, in whatever script they are written? Their consonant skeletons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

LATIN = "Latin"
SCRIPTS = (LATIN, "Arabic", "Hebrew", "Cyrillic", "Greek", "Armenian", "Georgian")
"""Scripts whose letters have sounds, as named in ``scripts.toml``."""

_CLASSES = "BTKMNLR"
_MOST_VARIANTS = 24  # skeletons tried for one name; the letters heard in two ways are few
_DOUBLED = tuple((2 * sound, sound) for sound in _CLASSES)
_PAIR = "\x01"  # stands for a stop and a sibilant that make one sound


@dataclass(frozen=True, slots=True)
class _Script:
    """How one script's letters sound.

    Attributes
    ----------
    name
        As in ``scripts.toml``.
    pairs
        Matches a stop and a sibilant that make one sound.
    usual
        Class of each letter, as a table for ``str.translate``; other characters vanish.
    heard
        All classes of each letter, the usual one first.
    """

    name: str
    pairs: re.Pattern[str]
    usual: dict[int, str]
    heard: dict[str, tuple[str, ...]]


class _Vanishing(dict[int, str]):
    """A table for ``str.translate`` that drops what it does not list."""

    def __missing__(self, code: int) -> str:
        self[code] = ""
        return ""


@cache
def _scripts() -> dict[str, _Script]:
    table = load_toml("languages", "sounds.toml")
    return {name: _script(name, table) for name in SCRIPTS}


def _script(name: str, table: dict[str, dict[str, dict[str, str]]]) -> _Script:
    heard = {
        letter: tuple(sound.strip("_") for sound in sounds)
        for sounds, letters in table["classes"][name].items()
        for letter in letters
    }
    pairs = sorted(table["pairs"].get(name, ()), key=len, reverse=True)
    usual = _Vanishing({ord(letter): sounds[0] for letter, sounds in heard.items()})
    usual[ord(_PAIR)] = "K"
    heard[_PAIR] = ("K", "TK")
    return _Script(name, re.compile("|".join(pairs) or r"(?!)"), usual, heard)


@cache
def _script_of_letter() -> dict[str, str]:
    ranges = load_toml("languages", "scripts.toml")["ranges"]
    return {
        char: name
        for name in _scripts()
        for low, high in ranges[name]
        for char in map(chr, range(low, high + 1))
        if char.isalpha()
    }


def script_of(folded: str) -> str | None:
    """Return the script of a folded name: that of its first letter whose script has sounds.

    Examples
    --------
    >>> script_of("باكو"), script_of("baku"), script_of("北京")
    ('Arabic', 'Latin', None)
    """
    known = _script_of_letter()
    return next((known[char] for char in folded if char in known), None)


def skeleton(folded: str, script: str) -> str:
    """Return the consonant classes of a folded name, each letter as it is usually heard.

    Examples
    --------
    >>> skeleton("cilacap", "Latin")
    'KLKB'
    """
    sounds = _scripts()[script]
    return _undoubled(sounds.pairs.sub(_PAIR, folded).translate(sounds.usual))


def skeletons(folded: str, script: str) -> list[str]:
    """Return all skeletons under which a name may be held in another script, the usual one first.

    Examples
    --------
    >>> skeletons("سيلاكاب", "Arabic")
    ['KLKB', 'TLKB']
    """
    sounds = _scripts()[script]
    heard = sounds.heard
    lines = [""]
    for char in sounds.pairs.sub(_PAIR, folded):
        lines = [line + way for way in heard.get(char, ("",)) for line in lines][:_MOST_VARIANTS]
    return list(dict.fromkeys(map(_undoubled, lines)))


@lru_cache(maxsize=256)
def neighbours(skeleton: str) -> frozenset[str]:
    """Return the skeletons one consonant away: one left out, put in or heard otherwise.

    Examples
    --------
    >>> sorted(neighbours("K"))[:4]
    ['', 'B', 'BK', 'KB']
    """
    cuts = [(skeleton[:i], skeleton[i:]) for i in range(len(skeleton) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near |= {head + sound + tail for head, tail in cuts for sound in _CLASSES}
    near |= {head + sound + tail[1:] for head, tail in cuts if tail for sound in _CLASSES}
    return frozenset(map(_undoubled, near)) - {skeleton}


def sounds_like(folded: str, script: str, latin: Iterable[str]) -> bool:
    """Return whether a folded name may be one of some Latin ones: all consonants agree but one.

    Examples
    --------
    >>> sounds_like("بافالو", "Arabic", ["buffalo"]), sounds_like("دمشق", "Arabic", ["aleppo"])
    (True, False)
    """
    heard = set(skeletons(folded, script))
    own = {skeleton(name, LATIN) for name in latin}
    return not own.isdisjoint(heard) or any(neighbours(one) & heard for one in own)


def _undoubled(line: str) -> str:
    """Return classes without repetitions of one beside itself."""
    for double, single in _DOUBLED:
        while double in line:
            line = line.replace(double, single)
    return line
