"""Which lines of an article are the story, and which are the page around it?"""

from __future__ import annotations

import re
from functools import cache

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError

_LINE = re.compile(r"[^\n]+")


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    rows: list[str] = []
    for name in dict.fromkeys((lang, "en")):
        try:
            rows += load_toml("languages", name, "boilerplate.toml")["lines"]
        except MissingDataError:
            continue
    return tuple(re.compile(row, re.IGNORECASE) for row in rows)


def story_spans(text: str, lang: str) -> list[Span]:
    r"""Return the lines that tell the story, without "read also", photo credits and the like.

    Parameters
    ----------
    text
        The text of an article.
    lang
        Its BCP 47 language; English patterns are applied as well.

    Returns
    -------
    list of Span
        Lines in order, as code point offsets.

    Examples
    --------
    >>> text = "Two people died.\nRead also: Storm hits coast"
    >>> [text[s.start:s.end] for s in story_spans(text, "en")]
    ['Two people died.']
    """
    return [
        Span(line.start(), line.end())
        for line in _LINE.finditer(text)
        if line.group().strip() and not is_boilerplate(line.group(), lang)
    ]


def is_boilerplate(line: str, lang: str) -> bool:
    """Return whether a line belongs to the page and not to the story."""
    return any(pattern.search(line.strip()) for pattern in _patterns(lang))
