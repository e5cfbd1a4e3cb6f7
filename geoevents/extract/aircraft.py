"""Which words of a text are a type of aircraft: "Il-76", "C-130", "Boeing 747"?"""

from __future__ import annotations

import re
from functools import cache

from gazetteer import Span
from gazetteer.data import load_toml

_NUMBER = r"\d{1,4}[A-Za-zА-Яа-я]{0,3}(?!\w)"


@cache
def _models() -> re.Pattern[str]:
    data = load_toml("ontology", "aircraft.toml")
    hyphened, named = ("|".join(map(re.escape, data[key])) for key in ("hyphened", "named"))
    return re.compile(rf"(?<!\w)(?:(?:{hyphened})[-‐‑]?|(?:{named})[-‐‑ ]?[A-Z]?-?){_NUMBER}")


def find_models(text: str, start: int, end: int) -> list[Span]:
    """Return where a part of a text names types of aircraft.

    Parameters
    ----------
    text
        The text.
    start, end
        The part, as code point offsets.

    Examples
    --------
    >>> text = "An Il-76 and two F-16s landed beside a Boeing 747-400."
    >>> [text[m.start : m.end] for m in find_models(text, 0, len(text))]
    ['Il-76', 'F-16s', 'Boeing 747']
    """
    return [Span(m.start(), m.end()) for m in _models().finditer(text, start, end)]
