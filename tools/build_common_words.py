"""Which words are common? Writes ``common_words.tsv`` for each language.

Where names begin with capitals, only those words are written that are names of places as well.

Needs ``wordfreq`` 3.1.1 (its data: CC BY-SA 4.0) and the built ``data/gazetteer``::

    pip install wordfreq==3.1.1
    python -m tools.build_common_words

The same input gives the same bytes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_labels, decode_text, read_table
from gazetteer.sources.curated import read_curated
from gazetteer.text.normalize import fold

_LANGUAGES = Path(__file__).parent.parent / "data" / "languages"
_LANGS = ("ar", "en", "fa", "fr", "he", "ru", "tr")
_WITHOUT_CAPITALS = frozenset({"ar", "fa", "he"})
_COMMONEST = 30_000
_SHORTEST_NAME = 2  # letters that must be left when a particle is cut off

# What is written glued to the next word, and what to put in its place to get at the name.
_GLUED = {
    "ar": [(p, "") for p in ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل")]
    + [("لل", "ال"), ("ولل", "ال"), ("ول", ""), ("وب", ""), ("فب", ""), ("فل", "")],
    "he": [(p, "") for p in ("ו", "ה", "ב", "ל", "מ", "ש", "כ")],
}


def name_words() -> frozenset[str]:
    """Return the folded names of the gazetteer that are one word; codes are left out."""
    table = read_table(data_path("gazetteer", "names.npz"))
    kinds = decode_labels(table["kind"], table["kinds"])
    texts = decode_text(table["text"])
    shipped = {text for text, kind in zip(texts, kinds, strict=True) if kind != "code"}
    curated = {name.text for place in read_curated() for name in place.names if name.kind != "code"}
    return frozenset(folded for folded in map(fold, shipped | curated) if folded.isalpha())


def word_frequencies(lang: str) -> dict[str, float]:
    """Return the commonest words of a language, folded, with their share of all words."""
    # Imported by name: nobody but the one who rebuilds the lists has it.
    wordfreq = import_module("wordfreq")
    frequencies: dict[str, float] = defaultdict(float)
    for word in wordfreq.top_n_list(lang, _COMMONEST):
        folded = fold(word)
        if folded.isalpha():
            frequencies[folded] += wordfreq.word_frequency(word, lang)
    return dict(frequencies)


def reads_as_name(word: str, names: frozenset[str], *, lang: str) -> bool:
    """Return whether a word is a name, or is one without the particles glued to it.

    Examples
    --------
    >>> reads_as_name("وبري", frozenset({"بري"}), lang="ar")
    True
    >>> reads_as_name("للبصره", frozenset({"البصره"}), lang="ar")
    True
    >>> reads_as_name("كتاب", frozenset({"بري"}), lang="ar")
    False
    """
    return word in names or any(
        word.startswith(particle)
        and len(word) - len(particle) >= _SHORTEST_NAME
        and put_back + word.removeprefix(particle) in names
        for particle, put_back in _GLUED.get(lang, ())
    )


def zipf(frequency: float) -> float:
    """Return the frequency as occurrences in 10^9 words, as a common logarithm, to one decimal.

    Examples
    --------
    >>> zipf(0.001)
    6.0
    """
    return round(math.log10(frequency) + 9, 1)


def main() -> None:
    """Write the list of each language."""
    names = name_words()
    for lang in _LANGS:
        frequencies = word_frequencies(lang)
        rows = [
            f"{word}\t{zipf(frequency)}"
            for word, frequency in sorted(frequencies.items())
            if lang in _WITHOUT_CAPITALS or reads_as_name(word, names, lang=lang)
        ]
        target = _LANGUAGES / lang / "common_words.tsv"
        target.write_text("\n".join(("word\tzipf", *rows, "")), encoding="utf-8", newline="\n")
        print(f"{lang}: {len(rows):,} of {len(frequencies):,} words")


if __name__ == "__main__":
    main()
