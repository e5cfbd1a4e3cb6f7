"""Train ``data/models/search.json``: how surely a name that is only like one means its place.

``python -m tools.train_search [-o FILE]`` takes cities' names in Arabic, Hebrew and Cyrillic out of
an index of its own and looks them up in it, misspells names in every script and looks those up too,
and names that little known places do bear, and fits a conditional logit to which candidate is
right, if any. Cities that ``tools.train_transliteration`` holds out are not used:
``benchmarks/cross_script.py`` measures on them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.index.build import build_index
from gazetteer.index.draft import Draft, embedded_draft
from gazetteer.index.store import Store
from gazetteer.lookup import LIKENESS_FEATURES, Lookup
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.language import language_of_name
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import script_of
from tools.train_transliteration import is_held_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Array = np.ndarray[Any, Any]

SCRIPTS: Final = ("Arabic", "Hebrew", "Cyrillic")
_PER_SCRIPT = 700
_MISSPELT = 900
_SEED = 17
_SMALLEST_CITY = 5_000  # inhabitants
_NONE_WEIGHT = 0.3  # share of the queries of which the place is not held at all
_HELD = 600  # per script
_NAMESAKE_WEIGHT = 0.15  # of a known name that is another place's, beside one that is its bearer's
_RIDGE = 1e-3
_QUALIFIED = re.compile(r"[،,(/]")


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look up, and the id of the place that it means."""

    name: str
    place_id: str
    country: str


def draw(
    draft: Draft,
    script: str,
    count: int,
    seed: int,
    *,
    wanted: Callable[[str], bool],
    smallest: int,
) -> list[Query]:
    """Take cities' names in a script out of a draft, and return one of each as a query.

    Parameters
    ----------
    draft
        Changed: the drawn cities lose all their names in the script.
    script
        Name of the script.
    count
        How many cities; at most a tenth of them in the United States.
    seed
        Of the draw.
    wanted
        Which place ids may be drawn.
    smallest
        Inhabitants that a city has at least.
    """
    places, names = draft.places, draft.names
    written: dict[int, list[int]] = defaultdict(list)
    for i, (row, text) in enumerate(zip(names.place, names.text, strict=True)):
        settled = places.kind[row] in SETTLEMENT_KINDS and places.population[row] >= smallest
        if settled and script_of(fold(text)) == script and wanted(places.id[row]):
            written[row].append(i)
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated
    rows = sorted(row for row, own in written.items() if _plain(names.text, own))
    chance.shuffle(rows)
    american = [row for row in rows if places.country[row] == "US"][: count // 10]
    others = [row for row in rows if places.country[row] != "US"]
    drawn = [*american, *others][:count]
    queries = [
        Query(chance.choice(_plain(names.text, written[row])), places.id[row], places.country[row])
        for row in drawn
    ]
    gone = {i for row in drawn for i in written[row]}
    for column in ("place", "lang", "kind", "text"):
        values = getattr(names, column)
        setattr(names, column, [value for i, value in enumerate(values) if i not in gone])
    return queries


def _plain(texts: list[str], own: list[int]) -> list[str]:
    return [texts[i] for i in own if not _QUALIFIED.search(texts[i])]


def misspell(name: str, chance: random.Random) -> str:
    """Return a name with one slip: a letter left out, doubled, swapped or another one."""
    i = chance.randrange(1, len(name) - 1)
    slips = (
        name[:i] + name[i + 1 :],
        name[:i] + name[i] + name[i:],
        name[:i] + name[i + 1] + name[i] + name[i + 2 :],
        name[:i] + chance.choice(name) + name[i + 1 :],
    )
    return chance.choice(slips)


def _misspelt(draft: Draft) -> Iterator[Query]:
    chance = random.Random(_SEED)  # noqa: S311 -- as above
    places, names = draft.places, draft.names
    while True:
        i = chance.randrange(len(names.text))
        row, text = names.place[i], names.text[i]
        if (
            places.kind[row] in SETTLEMENT_KINDS
            and places.population[row] >= _SMALLEST_CITY
            and script_of(fold(text))
            and len(text) > 4
            and not _QUALIFIED.search(text)
            and not is_held_out(places.id[row])
        ):
            yield Query(misspell(text, chance), places.id[row], places.country[row])


def _held(draft: Draft, script: str) -> Iterator[Query]:
    """Yield names in a script that settlements bear."""
    chance = random.Random(_SEED)  # noqa: S311 -- as above
    places, names = draft.places, draft.names
    written = [
        i
        for i, (row, text) in enumerate(zip(names.place, names.text, strict=True))
        if places.kind[row] in SETTLEMENT_KINDS and script_of(text) == script
    ]
    for i in chance.sample(written, _HELD):
        row = names.place[i]
        if not is_held_out(places.id[row]) and not _QUALIFIED.search(names.text[i]):
            yield Query(names.text[i], places.id[row], places.country[row])


@dataclass(slots=True)
class _Lot:
    """Features of one query's candidates, and which is right; -1 when none is."""

    features: Array
    right: int
    weight: float


def _lots(store: Store, queries: list[Query]) -> Iterator[_Lot]:
    lookup = Lookup(store)
    for query in queries:
        lang, right = language_of_name(query.name), store.row(query.place_id)
        exact = lookup.exact(query.name, lang=lang)
        held = [(c.posting.place, {"prior": c.odds, "held": 1.0}) for c in exact]
        called_alike = list(lookup.namesakes(query.name, exact, accepts=None))
        found = [*held, *((posting.place, features) for posting, features in called_alike)]
        if lookup.is_doubtful(query.name, exact):
            alike = lookup.likenesses(
                fold(query.name), lang=lang, accepts=None, is_held=bool(exact)
            )
            found += [(posting.place, features) for _, posting, features in alike]
        elif not called_alike:
            continue
        if not found:
            continue
        features = np.array([[f.get(key, 0.0) for key in LIKENESS_FEATURES] for _, f in found])
        places = [place for place, _ in found]
        weight = _NAMESAKE_WEIGHT if exact and right not in {place for place, _ in held} else 1.0
        best = [i for i, place in enumerate(places) if place == right]
        if best:
            nats = features[:, LIKENESS_FEATURES.index("nats")]
            yield _Lot(features, max(best, key=lambda i: nats[i]), weight)
            others = [i for i, place in enumerate(places) if place != right]
            if not exact and others:
                yield _Lot(features[others], -1, _NONE_WEIGHT)
        else:
            yield _Lot(features, -1, weight)


def _fit(lots: list[_Lot]) -> Array:
    from scipy.optimize import minimize

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for lot in lots:
            odds = np.append(lot.features @ weights[:-1], weights[-1])
            share = np.exp(odds - odds.max())
            share /= share.sum()
            total -= lot.weight * float(np.log(share[lot.right] + 1e-12))
            share[lot.right] -= 1
            slope[:-1] += lot.weight * (share[:-1] @ lot.features)
            slope[-1] += lot.weight * share[-1]
        return total, slope

    start = np.zeros(len(LIKENESS_FEATURES) + 1)
    fitted: Array = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return fitted


def main() -> None:
    """Draw, build, look up, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path("data/models/search.json"))
    options = parser.parse_args()
    draft = embedded_draft()
    slips = _misspelt(draft)
    queries = [next(slips) for _ in range(_MISSPELT)]
    for script in SCRIPTS:
        queries += draw(
            draft,
            script,
            _PER_SCRIPT,
            _SEED,
            wanted=lambda place_id: not is_held_out(place_id),
            smallest=_SMALLEST_CITY,
        )
        queries += _held(draft, script)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(build_index(Path(folder) / "index", draft=draft))
        lots = list(_lots(store, queries))
    *weights, none = np.round(_fit(lots), 4).tolist()
    model = {"likeness": dict(zip(LIKENESS_FEATURES, weights, strict=True)), "none": none}
    options.output.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(f"{len(queries)} queries, {len(lots)} lots: {model}")


if __name__ == "__main__":
    main()
