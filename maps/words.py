"""What does the interface say in the reader's language?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from maps.data import data_path, load_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"
#: Primary language subtags written from right to left.
RTL = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

#: Primary language subtags not written in Latin letters; any other reader knows these.
OTHER_LETTERS = RTL | frozenset(
    {
        "am", "as", "be", "bg", "bn", "bo", "dz", "el", "gu", "hi", "hy", "ja", "ka", "kk", "km",
        "kn", "ko", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "os", "pa", "ru", "si",
        "sr", "ta", "te", "tg", "th", "ti", "tt", "uk", "yue", "zh",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes
    ----------
    lang
        BCP 47 tag that was asked for.
    sections
        Section name ("ui", "types", …) to key to word, English where the language has none. A
        phrase that goes with a number is a table of its forms by CLDR's plural category ("one",
        "few", "other" …).
    """

    lang: str
    sections: Mapping[str, Mapping[str, str | Mapping[str, str]]]

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``."""
        return direction(self.lang)

    @property
    def is_latin(self) -> bool:
        """Whether the language is written in Latin letters."""
        return primary(self.lang) not in OTHER_LETTERS

    def of(self, section: str, key: str) -> str:
        """Return a word, or the key made readable where there is none.

        Examples
        --------
        >>> load("en").of("types", "movement.flight")
        'Flight'
        >>> load("en").of("types", "movement.balloon_ride")
        'Balloon ride'
        """
        found = self.sections[section].get(key) or humanise(key)
        return found if isinstance(found, str) else found["other"]


def humanise(key: str) -> str:
    """Make a readable word of a key: ``"movement.balloon_ride"`` gives ``"Balloon ride"``."""
    word = key.rpartition(".")[2].replace("_", " ").strip() or key
    return word[:1].upper() + word[1:]


def primary(lang: str) -> str:
    """Return the primary subtag: ``"ar-EG"`` gives ``"ar"``."""
    return lang.replace("_", "-").partition("-")[0].lower()


def direction(lang: str | None) -> str:
    """Return the writing direction of a language, ``"ltr"`` where it is unknown."""
    return "rtl" if lang and primary(lang) in RTL else "ltr"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages the interface speaks, sorted."""
    return tuple(sorted(path.stem for path in data_path("maps", "languages").glob("*.toml")))


@cache
def load(lang: str) -> Words:
    """Return the words of a language; what it lacks is English."""
    english = load_toml("maps", "languages", f"{FALLBACK}.toml")
    known = primary(lang) in languages()
    own = load_toml("maps", "languages", f"{primary(lang)}.toml") if known else {}
    return joined(lang, english, own)


def joined(lang: str, english: Mapping[str, Any], own: Mapping[str, Any]) -> Words:
    """Return the words of a language's file; what it lacks is English.

    Parameters
    ----------
    lang
        BCP 47 tag that was asked for.
    english, own
        Files of words by section; what is no section is passed over.

    Examples
    --------
    >>> english = {"page": {"text": "Text", "place": "place"}}
    >>> joined("fr", english, {"page": {"text": "Texte"}}).sections["page"]
    {'text': 'Texte', 'place': 'place'}
    """
    sections = {
        name: {**words, **own.get(name, {})}
        for name, words in english.items()
        if isinstance(words, dict)
    }
    return Words(lang, sections)
