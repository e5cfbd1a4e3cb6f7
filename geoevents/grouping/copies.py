"""Which articles repeat the text of another?"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from gazetteer.text.language import primary_language
from gazetteer.text.tokens import tokenize
from geoevents.extract.story import story_spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sketch = NDArray[np.uint64]

SHINGLE = 5  # words: shorter runs are common phrases, longer ones do not survive light editing
SKETCH = 256  # hashes kept of a text; of shorter texts all, so that they are compared exactly
MARKS = 16  # hashes by which a copy is looked for: two texts that share half miss with 0.5**16
MIN_SHARE = 0.5  # of the shorter text's shingles; an editor who changes every tenth word keeps 0.59
_FEWEST = 8  # shingles that tell a text from others
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # of splitmix64, Steele et al. 2014
_GOLDEN = 0x9E3779B97F4A7C15


def sketch_of(text: str, lang: str | None) -> Sketch:
    """Return the smallest hashes of a text's runs of five words (a bottom-k sketch).

    From two sketches the share of common runs is estimated, also where one text is a part of the
    other (Broder 1997, "On the resemblance and containment of documents").

    Parameters
    ----------
    text
        The article.
    lang
        Its language; lines of the page around the story are left out.

    Returns
    -------
    numpy.ndarray
        At most :data:`SKETCH` sorted 64-bit hashes; the same on every machine. A text of fewer
        than five words has one.
    """
    spans = story_spans(text, primary_language(lang) or "und")
    tokens = chain.from_iterable(tokenize(text, span.start, span.end) for span in spans)
    words = np.fromiter((_word_hash(token.folded) for token in tokens), dtype=np.uint64)
    if not words.size:
        return np.zeros(0, dtype=np.uint64)
    width = min(SHINGLE, words.size)
    hashes = np.zeros(words.size - width + 1, dtype=np.uint64)
    for i in range(width):
        hashes = _mixed(hashes + words[i : i + hashes.size])
    return np.unique(hashes)[:SKETCH]


def share(first: Sketch, second: Sketch) -> float:
    """Return which share of the shorter text's runs of words the other one has, 0 to 1.

    Examples
    --------
    >>> whole = " ".join(map(str, range(1000)))
    >>> half = " ".join(map(str, range(500)))
    >>> share(sketch_of(whole, "en"), sketch_of(half, "en")) > 0.9
    True
    """
    if np.array_equal(first, second):
        return float(first.size > 0)
    # Below this hash both sketches hold all that their texts have.
    full = [sketch[-1] for sketch in (first, second) if sketch.size == SKETCH]
    ours, theirs = ((s[s <= min(full)] if full else s) for s in (first, second))
    fewest = min(ours.size, theirs.size)
    if fewest < _FEWEST:
        return 0.0
    return float(np.intersect1d(ours, theirs, assume_unique=True).size / fewest)


def _mixed(values: Sketch) -> Sketch:
    """Return well scattered hashes of 64-bit numbers; they wrap around."""
    mixed = values + np.uint64(_GOLDEN)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(_MIX[0])
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX[1])
    return mixed ^ (mixed >> np.uint64(31))


@lru_cache(maxsize=1 << 16)
def _word_hash(folded: str) -> int:
    return crc32(folded.encode("utf-8", "surrogatepass"))
