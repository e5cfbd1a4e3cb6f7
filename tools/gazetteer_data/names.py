"""Which strings of the sources are names, in which script and language?"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from tools.gazetteer_data.model import Name

_SCRIPTS: Final = tomllib.loads(Path(__file__).with_name("scripts.toml").read_text("utf-8"))
WANTED: Final[dict[str, list[str]]] = _SCRIPTS["wanted"]

#: Longer strings are descriptions, not names.
LONGEST_NAME: Final = 80

_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_JAPANESE: Final = frozenset({"Hani", "Hira", "Kana"})
_MACHINE: Final = re.compile(r"[a-z0-9 '`\-./]+")
_WEB: Final = re.compile(r"https?:|www\.|\w\.\w+/", re.IGNORECASE)


def clean(text: str) -> str:
    """Return a name without invisible marks and stray blanks, in NFC.

    The zero-width non-joiner stays: it belongs to Persian spelling.

    Examples
    --------
    >>> clean("طريف\u200e\u200e ")
    'طريف'
    """
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


@cache
def _script_of(character: str) -> str:
    if not unicodedata.category(character).startswith("L"):
        return ""
    word = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    if word in {"MODIFIER", "FEMININE", "MASCULINE"}:
        return ""
    return str(_SCRIPTS["unicode"].get(word, "Zzzz"))


def scripts(text: str) -> frozenset[str]:
    """Return the ISO 15924 codes of the scripts of a string's letters.

    Examples
    --------
    >>> sorted(scripts("باكو Baku"))
    ['Arab', 'Latn']
    """
    return frozenset(map(_script_of, set(text))) - {""}


def is_name(text: str) -> bool:
    """Tell whether a cleaned string can be a name at all.

    Mixed scripts, strings without a letter, web addresses and overlong strings are not.

    Examples
    --------
    >>> is_name("Rostov-na-Donu"), is_name("Bakи"), is_name("2021"), is_name("https://x.org")
    (True, False, False, False)
    """
    found = scripts(text)
    if not found or len(text) > LONGEST_NAME or _WEB.search(text):
        return False
    return len(found) == 1 or found <= _JAPANESE


def is_machine_romanisation(text: str) -> bool:
    """Tell whether a string is one of GeoNames' all-lowercase ASCII key strings.

    Examples
    --------
    >>> is_machine_romanisation("bakww"), is_machine_romanisation("Baku")
    (True, False)
    """
    return _MACHINE.fullmatch(text) is not None


def written_in(text: str, lang: str) -> bool:
    """Tell whether a text is in a script in which the language is written."""
    allowed = _SCRIPTS["languages"].get(lang, ["Latn"])
    found = scripts(text)
    return bool(found) and found <= set(allowed)


def guess_language(text: str) -> str:
    """Return the tag that the script alone decides.

    Examples
    --------
    >>> guess_language("באקו"), guess_language("باکو"), guess_language("Baku")
    ('he', 'und-Arab', 'und')
    """
    found = scripts(text)
    if found == {"Latn"}:
        return "und"
    if found & {"Hira", "Kana"}:
        return "ja"
    if len(found) != 1:
        return "und"  # no script decides; the order of a set must not
    (script,) = found
    return str(_SCRIPTS["decides"].get(script, f"und-{script}"))


class NameList:
    """Collects the names of one place, each language and text once, in order of arrival."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def add(self, text: str | None, *, lang: str = "", kind: str = "official") -> None:
        """Add a name if it is one, and is in a script of its language.

        Parameters
        ----------
        text : str or None
            As the source has it; ``None`` and junk are passed over.
        lang : str, optional
            BCP 47; guessed from the script when empty.
        kind : str, optional
            As in :class:`~tools.gazetteer_data.model.Name`.
        """
        name = clean(text or "")
        if not is_name(name) or (lang and not written_in(name, lang)):
            return
        self._names.setdefault((name, lang or guess_language(name)), kind)

    def add_display(self, text: str) -> None:
        """Add the name that a source displays, whatever it is made of."""
        name = clean(text)
        self._names.setdefault((name, guess_language(name)), "official")

    def add_code(self, text: str) -> None:
        """Add a code, such as "GYD" or "U.S."."""
        self._names.setdefault((text, "und"), "code")

    def __contains__(self, text: str) -> bool:
        return any(text == name for name, _ in self._names)

    def texts(self, lang: str) -> list[str]:
        """Return the names held in one language."""
        return [text for text, tag in self._names if tag == lang]

    def names(self) -> tuple[Name, ...]:
        """Return everything collected; an untagged name gives way to the same text tagged.

        The first name stays first, whatever its tag.
        """
        tagged = {text for text, lang in self._names if not lang.startswith("und")}
        return tuple(
            Name(text, lang, kind)
            for position, ((text, lang), kind) in enumerate(self._names.items())
            if position == 0 or not lang.startswith("und") or text not in tagged
        )
