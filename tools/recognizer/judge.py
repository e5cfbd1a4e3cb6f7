"""How are the spans weighed that may be names? Features of texts that the tagger has not seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.recognizer import ANY_LANGUAGE, candidates, names_more, read_words
from gazetteer.mentions.span_features import FEATURES, weigh
from gazetteer.text.tokens import tokenize

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
_STEPS = 2000
_BODIES = frozenset({"ORG", "ORGpart"})  # of places inside their names corpora of names say nothing


@dataclass(frozen=True)
class Judged:
    """A text's spans: their features, where they stand, and which are names.

    ``words`` are their first and last words, ``gold`` all annotated spans, outermost ones only;
    ``told`` are those of which the corpus says whether they are places.
    """

    corpus: Corpus
    lang: str
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
    features = weigh(reading, found, store)
    lang = document["lang"]
    return Judged(corpus, lang, features, spans, words, frozenset(gold), told)


def whole_words(tokens: Sequence[Token], span: Span) -> Span:
    """Return a span widened to the words that it touches, with what is glued to them."""
    touched = [t for t in tokens if t.start < span[1] and span[0] < t.end]
    return (touched[0].start, touched[-1].end) if touched else span


def fit(texts: Sequence[Judged], settings: dict[str, Any]) -> dict[str, Array]:
    """Return the weights of :data:`FEATURES` by language, by logistic regression.

    Those of a language are drawn to those that all share (``mul``). What can only speak for a
    place, or only against it, never does the contrary because another feature says it, too.

    Parameters
    ----------
    texts
        Weighed spans, and which of them are names.
    settings
        ``never_negative`` and ``never_positive``: names of features.
    """
    held = [text for text in texts if text.told.any()]
    languages = sorted({text.lang for text in held})
    features = np.concatenate([text.features[text.told] for text in held])
    sign = 2.0 * np.concatenate([text.is_name[text.told] for text in held]) - 1
    counts = np.concatenate([np.full(text.told.sum(), text.corpus.judged) for text in held])
    spoken = np.concatenate([np.full(text.told.sum(), languages.index(text.lang)) for text in held])
    rows = [np.flatnonzero(spoken == i) for i in range(len(languages))]
    shape = (1 + len(languages), len(FEATURES))

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(shape)
        apart = weights[1:] - weights[0]
        total = (weights[0] @ weights[0] + (apart * apart).sum() / _OWN**2) / 2
        slope = np.empty(shape)
        slope[0] = weights[0] - apart.sum(axis=0) / _OWN**2
        for i, own in enumerate(rows):
            margins = sign[own] * (features[own] @ weights[1 + i])
            total += counts[own] @ np.logaddexp(0, -margins)
            pulls = -counts[own] * sign[own] * expit(-margins)
            slope[1 + i] = pulls @ features[own] + apart[i] / _OWN**2
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
    return {ANY_LANGUAGE: fitted[0], **dict(zip(languages, fitted[1:], strict=True))}


def write(weights: dict[str, Array], path: Path) -> None:
    """Write weights as :func:`gazetteer.mentions.recognizer.recognizer_weights` reads them."""
    model = {
        lang: {name: round(float(w), 4) for name, w in zip(FEATURES, of, strict=True)}
        for lang, of in sorted(weights.items())
    }
    path.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
