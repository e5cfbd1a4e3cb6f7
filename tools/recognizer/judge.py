"""How are the spans weighed that may be names? Features of texts that the tagger has not seen."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.recognizer import (
    ANY_LANGUAGE,
    OF_POSTS,
    candidates,
    names_more,
    read_words,
    usage_of,
)
from gazetteer.mentions.span_features import FEATURES, weigh
from gazetteer.text.tokens import tokenize
from tools.recognizer.unmarked import initials_of_countries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gazetteer.index.store import Store
    from gazetteer.mentions.matcher import Matcher
    from gazetteer.mentions.tagger import Tagger
    from gazetteer.text.tokens import Token
    from tools.recognizer.corpora import Corpus

Array = np.ndarray[Any, Any]
Span = tuple[int, int]

_OWN = 0.5  # how freely a language's weights leave those that all share
_OF_POSTS = 1.0  # and how freely those of posts leave their language's
_FEWEST_POSTS = 100  # texts of a language that posts in it have weights of their own from
_STEPS = 2000
_BODIES = frozenset({"ORG", "ORGpart"})  # of places inside their names corpora of names say nothing


@dataclass(frozen=True)
class Judged:
    """A text's spans: their features, where they stand, and which are names.

    ``usage`` is its language, or that of posts in it; ``words`` are their first and last words,
    ``gold`` all annotated spans, outermost ones only; ``told`` are those of which the corpus says
    whether they are places.
    """

    corpus: Corpus
    usage: str
    features: Array
    spans: list[Span]
    words: list[Span]
    gold: frozenset[Span]
    told: Array

    @property
    def is_name(self) -> Array:
        """Which spans are annotated."""
        return np.array([span in self.gold for span in self.spans], dtype=bool)


def judged(
    document: dict[str, Any], corpus: Corpus, tagger: Tagger, matcher: Matcher, store: Store
) -> Judged:
    """Return the spans of an annotated text that may be names."""
    text = document["text"]
    view = TextView(text, tokenize(text), language_rules(document["lang"]))
    reading = read_words(view, matcher, store, tagger=tagger)
    found = candidates(reading, store)
    spans = [(m.start, m.end) for m in found]
    gold = [(t["start"], t["end"]) for t in document["toponyms"] if t.get("form") != "demonym"]
    gold = [g for g in gold if not any(o != g and o[0] <= g[0] and g[1] <= o[1] for o in gold)]
    if corpus.whole_words:
        spans = [whole_words(view.tokens, span) for span in spans]
        gold = [whole_words(view.tokens, span) for span in gold]
    words = [(m.first, m.last) for m in found]
    within = [names_more(reading, m) for m in found]
    bodies = [(o["start"], o["end"]) for o in document.get("others", ()) if o["kind"] in _BODIES]
    within = [
        more or any(a <= m.start and m.end <= b and (a, b) != (m.start, m.end) for a, b in bodies)
        for more, m in zip(within, found, strict=True)
    ]
    told = np.array([corpus.guideline == "toponyms" or not more for more in within], dtype=bool)
    for match in initials_of_countries(view, found, corpus, store):
        at = found.index(match)
        told[at] &= spans[at] in gold
    features = weigh(reading, found, store)
    return Judged(corpus, usage_of(view), features, spans, words, frozenset(gold), told)


def whole_words(tokens: Sequence[Token], span: Span) -> Span:
    """Return a span widened to the words that it touches, with what is glued to them."""
    touched = [t for t in tokens if t.start < span[1] and span[0] < t.end]
    return (touched[0].start, touched[-1].end) if touched else span


def fit(texts: Sequence[Judged], settings: dict[str, Any]) -> dict[str, Array]:
    """Return the weights of :data:`FEATURES` by language and usage, by logistic regression.

    Those of posts are drawn to those of their language, if there are enough of them, and these to
    those that all languages share (``mul``). What can only speak for a place, or only against it,
    never does the contrary because another feature says it, too.

    Parameters
    ----------
    texts
        Weighed spans, and which of them are names.
    settings
        ``never_negative`` and ``never_positive``: names of features.
    """
    held = _with_known_usages([text for text in texts if text.told.any()])
    usages = _usages({text.usage for text in held})
    drawn_to = np.array([usages.index(_wider(usage)) for usage in usages[1:]])
    freely = np.array([_OF_POSTS if usage.endswith(OF_POSTS) else _OWN for usage in usages[1:]])
    features = np.concatenate([text.features[text.told] for text in held])
    sign = 2.0 * np.concatenate([text.is_name[text.told] for text in held]) - 1
    counts = np.concatenate([np.full(text.told.sum(), text.corpus.judged) for text in held])
    used = np.concatenate([np.full(text.told.sum(), usages.index(text.usage)) for text in held])
    rows = [np.flatnonzero(used == i) for i in range(len(usages))]
    shape = (len(usages), len(FEATURES))

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape)
        apart = (weights[1:] - weights[drawn_to]) / freely[:, None]
        pulled = apart / freely[:, None]
        total = (weights[0] @ weights[0] + (apart * apart).sum()) / 2
        slope = np.concatenate([weights[:1], pulled])
        np.add.at(slope, drawn_to, -pulled)
        for i, own in enumerate(rows):
            margins = sign[own] * (features[own] @ weights[i])
            total += counts[own] @ np.logaddexp(0, -margins)
            pulls = -counts[own] * sign[own] * expit(-margins)
            slope[i] += pulls @ features[own]
        return float(total), slope.ravel()

    bounds = [
        (
            0 if name in settings["never_negative"] else None,
            0 if name in settings["never_positive"] else None,
        )
        for name in FEATURES
    ]
    start = np.zeros(shape[0] * shape[1])
    fitted = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds * shape[0],
        options={"maxiter": _STEPS},
    ).x.reshape(shape)  # fmt: skip
    return dict(zip(usages, fitted, strict=True))


def _with_known_usages(texts: Sequence[Judged]) -> list[Judged]:
    """Return texts, posts counted to their language where there are few."""
    met = Counter(text.usage for text in texts)
    return [
        replace(text, usage=text.usage.removesuffix(OF_POSTS))
        if met[text.usage] < _FEWEST_POSTS
        else text
        for text in texts
    ]


def _usages(met: set[str]) -> list[str]:
    """Return what has weights of its own: what all share, the languages, and posts in them."""
    return [ANY_LANGUAGE, *sorted(met | {usage.removesuffix(OF_POSTS) for usage in met})]


def _wider(usage: str) -> str:
    """Return whose weights those of a usage are drawn to."""
    lang = usage.removesuffix(OF_POSTS)
    return lang if lang != usage else ANY_LANGUAGE


def write(weights: dict[str, Array], path: Path) -> None:
    """Write weights as :func:`gazetteer.mentions.recognizer.recognizer_weights` reads them."""
    model = {
        usage: {name: round(float(w), 4) for name, w in zip(FEATURES, of, strict=True)}
        for usage, of in sorted(weights.items())
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
