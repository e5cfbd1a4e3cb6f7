"""Which of a language's words are also place names, and how common are they?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def common_words(lang: str) -> Mapping[str, float]:
    """Return how common a language's words are that are also place names.

    Returns
    -------
    mapping of str to float
        Folded word to its Zipf frequency (log10 of occurrences per billion words).
    """
    try:
        path = data_path("languages", lang.split("-", maxsplit=1)[0], "common_words.tsv")
    except MissingDataError:
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return {word: float(zipf) for word, zipf in (line.split("\t") for line in lines)}
