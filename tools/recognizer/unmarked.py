"""Which words name a place although a corpus leaves them unmarked?

Corpora mark "US troops" and "the UAE" far more often than not; from one that leaves them out
nothing is to be learned about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import COUNTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match
    from tools.recognizer.corpora import Corpus


def initials_of_countries(
    view: TextView, matches: Sequence[Match], corpus: Corpus, store: Store
) -> Iterator[Match]:
    """Yield the matches that are the initials of a country, in a corpus of others."""
    for match in () if corpus.written else matches:
        kinds = {store.kind_of(posting.place) for posting in match.postings}
        if kinds & COUNTRY_KINDS and view.is_initials(match.first, match.last):
            yield match
