"""Under which names does Wikidata know places, in the languages that are wanted?

Its public query service is asked for the items that carry the places' GeoNames ids, some hundred
at a time, with pauses: for many places this takes hours, and goes on where it was interrupted.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from urllib3.exceptions import ProtocolError

from gazetteer.errors import BadQueryError
from gazetteer.fetch.checks import check_media_type
from gazetteer.fetch.http import SetbackError
from gazetteer.fetch.part import Part, State
from gazetteer.sources.wikidata import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from gazetteer.fetch.catalogue import RemoteFile
    from gazetteer.fetch.http import Http

    #: Called with how many queries are done, and how many there are in all.
    Progress = Callable[[int, int | None], None]

#: Ids in one query: answered within a second or two, and the query is short enough to be sent.
BATCH: Final = 250
_LARGEST_ANSWER: Final = 64 * 1024**2  # bytes; 250 places in 300 languages give some 15 MB
_ITEM: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")
_JSON: Final = "application/sparql-results+json"


def fetch_labels(
    http: Http,
    wanted: RemoteFile,
    geonameids: Sequence[int],
    *,
    langs: Sequence[str],
    base_url: str,
    folder: Path,
    on_progress: Progress | None = None,
) -> Path:
    """Ask for the labels of places, and write them as a tab-separated table.

    Parameters
    ----------
    http : Http
        The client; its patience says how long to pause between queries.
    wanted : RemoteFile
        The query, and what the table is called.
    geonameids : sequence of int
        The places' GeoNames ids.
    langs : sequence of str
        Wikidata's language codes, for example ``["ar", "fa"]``.
    base_url : str
        Server of the query service.
    folder : Path
        Where to put the table; made when it is not there.
    on_progress : callable, optional
        Called after each query.

    Returns
    -------
    Path
        The table, readable by :func:`gazetteer.sources.wikidata.read_labels`.

    Raises
    ------
    BadQueryError
        If there is no place, no language, or a language code is none.
    FetchError
        If the service cannot be reached, does not answer, or the table cannot be stored. What
        has come is kept for the next run with the same places and languages.
    """
    ids = sorted(set(geonameids))
    langs = [lang.lower() for lang in langs]
    _check_arguments(ids, langs)
    url = wanted.url(base_url)
    part = Part(folder / wanted.name)
    part.prepare()
    plan = _plan(url, wanted.query, ids, langs)
    state = part.state()
    if state is None or not _goes_on(plan, state, part):
        state = plan
    batches = list(_batches(ids))
    for step in range(state.steps, len(batches)):
        query = _query(wanted.query, batches[step], langs)
        rows = http.persist("POST", url, partial(_ask, http, url, query))
        header = [COLUMNS] if step == 0 else []
        state = _add(part, state, [*header, *rows], step + 1)
        if on_progress:
            on_progress(step + 1, len(batches))
        if step + 1 < len(batches):
            time.sleep(http.patience.pause_s)
    part.finish()
    return part.target


def _check_arguments(ids: Sequence[int], langs: Sequence[str]) -> None:
    if not ids:
        raise BadQueryError("There is no place with a GeoNames id to ask for.")
    if not langs:
        raise BadQueryError("No language is given: name the languages that are wanted, as ar.")
    for lang in langs:
        if not _LANGUAGE.fullmatch(lang):
            raise BadQueryError(f"{lang!r} is no language code of Wikidata, as ar or zh-hant.")


def _plan(url: str, query: str, ids: Sequence[int], langs: Sequence[str]) -> State:
    """Return the state before the first query; the same only for the same questions."""
    questions = json.dumps([query, BATCH, list(ids), list(langs)])
    return State(url, hashlib.sha256(questions.encode()).hexdigest(), done=0)


def _goes_on(plan: State, state: State, part: Part) -> bool:
    """Tell whether what has come answers the same questions, and is all there."""
    same = (state.origin, state.validator) == (plan.origin, plan.validator)
    return same and (state.done or 0) <= part.size()


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _query(template: str, ids: Sequence[int], langs: Sequence[str]) -> str:
    numbers = " ".join(f'"{number}"' for number in ids)
    tags = ", ".join(f'"{lang}"' for lang in langs)
    return template.replace("{ids}", numbers).replace("{langs}", tags)


def _ask(http: Http, url: str, query: str) -> list[tuple[str, ...]]:
    """Return the rows of one answer.

    The service writes while it computes: one that runs out of time breaks off in the middle of
    an answer that began as a success.
    """
    headers = {"Accept": _JSON}
    with http.opened("POST", url, headers=headers, form={"query": query}) as answer:
        check_media_type(url, answer.headers.get("Content-Type", ""))
        body = answer.read(_LARGEST_ANSWER + 1, decode_content=True)
    try:
        bindings = json.loads(body)["results"]["bindings"]
        return sorted({row for binding in bindings if (row := _row(binding))})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        broken = ProtocolError("its answer breaks off or is no SPARQL result")
        raise SetbackError(error=broken) from error


def _row(binding: dict[str, Any]) -> tuple[str, ...] | None:
    """Return item, GeoNames id, language and label; None for what is not of that form."""
    item = _ITEM.fullmatch(binding["item"]["value"])
    number = str(binding["geonameid"]["value"])
    lang = str(binding["label"].get("xml:lang", ""))
    label = " ".join(str(binding["label"]["value"]).split())
    if item is None or not number.isascii() or not number.isdigit() or not (lang and label):
        return None
    return item[1], number, lang, label


def _add(part: Part, state: State, rows: Sequence[Sequence[str]], steps: int) -> State:
    """Write the rows of one answer behind the others; return what is sure now."""
    with part.opened(state.done or 0) as stream:
        stream.write("".join("\t".join(row) + "\n" for row in rows).encode())
        done = stream.tell()
    state = replace(state, done=done, steps=steps)
    part.note(state)
    return state
