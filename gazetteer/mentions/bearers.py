"""Which places may be meant by a name, in a text of a language?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.index.layout import OWN
from gazetteer.index.store import CODE, Posting
from gazetteer.text.normalize import fold
from gazetteer.text.vowel_marks import are_vowelled_otherwise, is_vowelled

if TYPE_CHECKING:
    from gazetteer.index.store import Accepts, Store

UNTAGGED = "und"
"""Language of names whose source names none; ``und-Arab`` names at least the script."""

_REMEMBERED = 1 << 16  # names and languages whose places are kept in memory
_HAMZA = "ء"


class Bearers:
    """The places of each held name, under the name they have in a language.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._untagged = [lang for lang in store.langs if lang.startswith(UNTAGGED)]
        self._remembered = lru_cache(_REMEMBERED)(self._find)

    def admitted(
        self, surface: str, key: int, lang: str, accepts: Accepts | None = None
    ) -> tuple[Posting, ...]:
        """Return a key's places that may be meant by these words in a text of this language."""
        postings, has_codes = (
            self._remembered(key, lang) if accepts is None else self._find(key, lang, accepts)
        )
        store = self._store
        if _HAMZA in surface[1:-1]:  # "جاءوا", they came, is no "جاوا"
            postings = tuple(p for p in postings if _HAMZA in store.name(p.name))
        if is_vowelled(surface):
            fitting = (
                p for p in postings if not are_vowelled_otherwise(surface, store.name(p.name))
            )
            postings = tuple(fitting) or postings
        if not has_codes:
            return postings
        return tuple(
            posting
            for posting in postings
            if store.name_kind(posting.name) != CODE or store.is_spelt(posting.name, surface)
        )

    def _find(
        self, key: int, lang: str, accepts: Accepts | None = None
    ) -> tuple[tuple[Posting, ...], bool]:
        """Return the places of a name under their names in a language; whether any is a code."""
        store = self._store
        postings = store.postings(key, accepts)
        if lang != UNTAGGED:
            in_lang = (self._in_language(posting, lang, key) for posting in postings)
            postings = [posting for posting in in_lang if posting is not None]
        has_codes = any(store.name_kind(posting.name) == CODE for posting in postings)
        return tuple(postings), has_codes

    def _in_language(self, posting: Posting, lang: str, key: int) -> Posting | None:
        """Return a place under its name in a language; None where it has others in that one.

        Of names that fold alike a key keeps one: "Türkiye" may stand there as Azerbaijani, and
        "Beer Sheva", of no language in particular, as Czech.
        """
        store = self._store
        name_lang = store.name_lang(posting.name)
        if name_lang == lang or store.name_kind(posting.name) == OWN:
            return posting
        if not store.has_name_in(posting.place, lang):
            return posting
        spelling = store.spelling(key)
        own = store.names_in(posting.place, lang)
        name = next((name for name in own if fold(store.name(name)) == spelling), None)
        if name is None and name_lang.startswith(UNTAGGED):
            return posting
        if name is None:
            untagged = store.names_in(posting.place, *self._untagged)
            name = next((name for name in untagged if fold(store.name(name)) == spelling), None)
        return None if name is None else Posting(posting.place, name)
