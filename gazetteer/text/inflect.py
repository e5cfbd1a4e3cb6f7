"""Which forms of a word does a running text show? Those that its language's table gives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold


@dataclass(frozen=True, slots=True)
class _Inflection:
    """How words of one language change.

    Attributes
    ----------
    prefixes
        What may be glued before a word, for example an article; folded.
    all_words
        Whether all words of a phrase change together, or only its last one.
    endings
        For each ending of a citation form, as written, what may stand in its place, folded.
    longest
        Length of the longest ending.
    """

    prefixes: tuple[str, ...]
    all_words: bool
    endings: dict[str, tuple[str, ...]]
    longest: int

    def ending_of(self, word: str) -> str | None:
        """Return the longest listed ending of a word; None when no rule is for it."""
        tails = (word[len(word) - n :] for n in range(min(self.longest, len(word)), -1, -1))
        return next((tail for tail in tails if tail in self.endings), None)

    def change(self, phrase: str) -> list[str]:
        """Return the phrase, folded, with each ending that its last word may take."""
        words = phrase.split(" ")
        ending = self.ending_of(words[-1])
        if ending is None:
            return [fold(phrase)]
        last = len(words) - 1
        changes = [
            w.endswith(ending) and (self.all_words or i == last) for i, w in enumerate(words)
        ]
        stems = [
            fold(word.removesuffix(ending) if change else word)
            for word, change in zip(words, changes, strict=True)
        ]
        return [
            " ".join(stem + new * change for stem, change in zip(stems, changes, strict=True))
            for new in self.endings[ending]
        ]

    def prefix(self, phrase: str) -> set[str]:
        """Return the phrase bare and with each prefix, on the first word and on all."""
        forms = {phrase, *(prefix + phrase for prefix in self.prefixes)}
        if self.all_words:
            forms |= {prefix + phrase.replace(" ", f" {prefix}") for prefix in self.prefixes}
        return forms


@cache
def _inflection(lang: str) -> _Inflection:
    try:
        table = load_toml("languages", lang, "inflection.toml")
    except MissingDataError:
        return _Inflection(prefixes=(), all_words=False, endings={}, longest=0)
    endings = {
        ending: tuple(map(_fold_ending, (ending, *others)))
        for ending, others in table["endings"].items()
    }
    return _Inflection(
        prefixes=tuple(map(fold, table["prefixes"])),
        all_words=table["all_words"],
        endings=endings,
        longest=max(map(len, endings), default=0),
    )


def _fold_ending(ending: str) -> str:
    """Fold an ending; a sign that folds to a space keeps it away from the stem before it."""
    return fold(f"x{ending}")[1:]


def expand(citation_form: str, *, lang: str) -> frozenset[str]:
    """Return the folded forms in which a text may show a word or a phrase.

    The forms come from the language's ``inflection.toml``; there may be some among them that
    nobody writes. Particles that are glued to any word (Arabic و ف ب ل ك, Hebrew ב ל מ) are left
    to whoever reads the text; the article is among the forms.

    Parameters
    ----------
    citation_form
        The form a dictionary lists, in its usual spelling.
    lang
        BCP 47 code. In a language without a table a word does not change.

    Returns
    -------
    frozenset of str
        Folded by :func:`gazetteer.text.normalize.fold`; empty when the form holds no word.

    Examples
    --------
    >>> sorted(expand("Dutchman", lang="en"))
    ['dutchman', 'dutchmen']
    >>> "الكوريه الجنوبيه" in expand("كوري جنوبي", lang="ar")
    True
    >>> "россиянам" in expand("россиянин", lang="ru")
    True
    """
    if not fold(citation_form):
        return frozenset()
    inflection = _inflection(lang)
    changed = inflection.change(citation_form)
    return frozenset(form for one in changed for form in inflection.prefix(one))
