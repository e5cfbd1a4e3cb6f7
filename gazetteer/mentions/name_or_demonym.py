"""Is a word the name of a place, or a word for its people?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.index.store import Posting
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.recognizer import Recognized
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView

_CERTAINLY_A_NAME = 0.95  # whatever people it may be the word for
_SURELY_A_NAME = 0.75  # of what may be a demonym's spelling as well


def settle(
    names: Sequence[Recognized], demonyms: Sequence[Demonym], view: TextView, store: Store
) -> tuple[list[Recognized], list[Demonym]]:
    """Return names and demonyms so that a word that can be either is one of both.

    Parameters
    ----------
    names, demonyms
        What a text has of them, each taken by itself.
    view
        The text.
    store
        The opened index.
    """
    as_names = [_as_name(d, store) for d in demonyms if _is_rather_a_name(d, view)]
    people = [d for d in demonyms if not (_is_rather_a_name(d, view) or _cannot_stand(d, view))]
    alone = {d.first: store.row(d.place_id) for d in people if d.first == d.last}
    names = [n for n in names if not _is_adjective(n, alone.get(n.match.first), view, store)]
    spoken = {
        n.match.first: {p.place for p in n.match.postings if _may_be_spoken(p, view, store)}
        for n in names
    }
    # "روسيا" is the country, though it is also how "a Russian" is written after a verb.
    people = [d for d in people if store.row(d.place_id) not in spoken.get(d.first, ())]
    # "برازيليا" is the capital, though a Brazilian is written so after a verb.
    certain = {n.match.first for n in names if n.p_place >= _CERTAINLY_A_NAME}
    people = [d for d in people if d.first not in certain]
    of_people = {i for d in people for i in range(d.first, d.last + 1)}
    names = [n for n in names if _is_long(n) or n.match.first not in of_people]
    of_names = {i for n in names for i in range(n.match.first, n.match.last + 1)}
    names += [n for n in as_names if n.match.first not in of_names]
    return names, [d for d in people if d.first not in of_names]


def _is_rather_a_name(demonym: Demonym, view: TextView) -> bool:
    """Whether a bare demonym behind a preposition has an ending that only a name has there."""
    rules, word = view.rules, demonym.form
    is_bare = not rules.article or not word.startswith(rules.article)
    endings = rules.name_after_preposition
    return (
        is_bare
        and bool(endings)
        and word.endswith(endings)
        and _is_behind_preposition(demonym, view)
        and not _cannot_stand(demonym, view)
    )


def _cannot_stand(demonym: Demonym, view: TextView) -> bool:
    """Whether a word has an ending that no demonym has behind a preposition."""
    ends = demonym.form.endswith(view.rules.never_after_preposition)
    return ends and _is_behind_preposition(demonym, view)


def _is_behind_preposition(demonym: Demonym, view: TextView) -> bool:
    first = demonym.first
    follows = not demonym.particle and view.joins(first)
    return follows and view.rules.has("preposition", view.word(first - 1))


def _is_long(name: Recognized) -> bool:
    return name.match.last > name.match.first


def _may_be_spoken(posting: Posting, view: TextView, store: Store) -> bool:
    """Whether a place's name is not only another language's: "Azerbaijani" is Swahili for it."""
    lang = store.name_lang(posting.name)
    return lang.startswith("und") or lang.partition("-")[0] == view.rules.lang


def _is_adjective(name: Recognized, people_of: int | None, view: TextView, store: Store) -> bool:
    """Whether a name is a demonym, held as a spelling or not: "قوات تركية" are no "تركيا".

    ``people_of`` is the place whose people the word means, if it means any.
    """
    match = name.match
    if _is_long(name) or people_of not in {p.place for p in match.postings}:
        return False
    word = view.word(match.first)[len(match.particle) :]
    held = {p.place for p in match.postings if fold(store.name(p.name)) == word}
    spelt = people_of not in held and name.p_place < _SURELY_A_NAME
    return spelt or _goes_with_a_noun(match, view)


def _goes_with_a_noun(match: Match, view: TextView) -> bool:
    """Whether a bare feminine follows a noun, known by its ending, that describes no place."""
    i, rules = match.first, view.rules
    if match.particle or not view.joins(i) or view.classes(i - 1) - {"guard"}:
        return False
    if not view.word(i).endswith(rules.name_after_preposition):
        return False
    return view.tokens[i - 1].surface.endswith(rules.noun_endings)


def _as_name(demonym: Demonym, store: Store) -> Recognized:
    row = store.row(demonym.place_id)
    posting = Posting(row, store.first_name(row))
    match = Match(
        demonym.start,
        demonym.end,
        demonym.first,
        demonym.last,
        -1,
        demonym.particle,
        0,
        True,
        (posting,),
    )
    return Recognized(match, 0.75)
