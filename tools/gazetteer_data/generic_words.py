"""What is left of a division's name without the word that says what it is?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_WORDS: Final[dict[str, dict[str, list[str]]]] = tomllib.loads(
    Path(__file__).with_name("generic_words.toml").read_text("utf-8")
)
_SHORTEST: Final = 2


@cache
def _sorted(lang: str, side: str) -> tuple[str, ...]:
    """Return the words of one side, the longest first, so that phrases win over their parts."""
    return tuple(sorted(_WORDS.get(lang, {}).get(side, []), key=len, reverse=True))


def strip_generic(name: str, lang: str) -> str:
    """Return a name without one generic word at its beginning or end.

    A remainder that would be a lone letter or an adjective's article is not cut out: the name
    then comes back whole.

    Examples
    --------
    >>> strip_generic("محافظة بغداد", "ar"), strip_generic("Bakı", "az")
    ('بغداد', 'Bakı')
    >>> strip_generic("Odesa Oblast", "en"), strip_generic("Province of Ávila", "en")
    ('Odesa', 'Ávila')
    """
    folded = name.casefold()
    for word in _sorted(lang, "leading"):
        if folded.startswith(word if word.endswith("'") else f"{word} "):
            bare = name[len(word) :].strip()
            return bare if len(bare) > _SHORTEST else name
    for word in _sorted(lang, "trailing"):
        if folded.endswith(f" {word}"):
            bare = name[: -len(word)].strip()
            return bare if len(bare) > _SHORTEST else name
    return name
