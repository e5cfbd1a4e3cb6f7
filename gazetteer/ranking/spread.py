"""Where do the names of a text lie together, whichever of its places each may mean?"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

_CELLS_PER_DEGREE = 2
_ROUND = 360 * _CELLS_PER_DEGREE
_AROUND = np.array([dy * _ROUND + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])


def others_of_code(code: Array, owner: Array, weight: Array) -> tuple[Array, Array]:
    """Count, for each candidate, the other names that have one of the same code.

    Parameters
    ----------
    code
        Of each candidate, not negative.
    owner
        Number of the name that each candidate belongs to.
    weight
        Of each name.

    Returns
    -------
    count, weighted
        How many other names have a candidate of the code, and what they weigh together.

    Examples
    --------
    >>> count, _ = others_of_code(np.array([7, 3, 7]), np.array([0, 0, 1]), np.ones(2))
    >>> count.tolist()
    [1.0, 0.0, 1.0]
    """
    codes, owners = np.divmod(_distinct(code.astype(np.int64) * len(weight) + owner), len(weight))
    size = int(code.max()) + 1
    count = np.bincount(codes, minlength=size)[code] - 1.0
    weighted = np.bincount(codes, weight[owners], size)[code] - weight[owner]
    return count, np.maximum(weighted, 0.0)


def others_around(lat: Array, lon: Array, owner: Array, weight: Array) -> tuple[Array, Array]:
    """Count, for each candidate, the other names that have one within about 50 km.

    Candidates are gathered in cells of half a degree, so that time grows with their number and not
    with its square; those of the cell and of the eight around it count.

    Parameters
    ----------
    lat, lon
        Of each candidate, degrees.
    owner
        Number of the name that each candidate belongs to.
    weight
        Of each name.

    Returns
    -------
    count, weighted
        As of :func:`others_of_code`.

    Examples
    --------
    >>> lat, lon = np.array([40.4, 40.6, -30.0]), np.array([49.8, 49.7, 49.7])
    >>> count, _ = others_around(lat, lon, np.array([0, 1, 1]), np.ones(2))
    >>> count.tolist()
    [1.0, 1.0, 0.0]
    """
    y = np.floor((lat + 90) * _CELLS_PER_DEGREE).astype(np.int64)
    x = np.floor((lon + 180) * _CELLS_PER_DEGREE).astype(np.int64)
    own = y * _ROUND + x
    reached = (own[:, None] + _AROUND).ravel() + _ROUND
    pairs = _distinct(reached * len(weight) + np.repeat(owner, len(_AROUND)))
    cells, owners = np.divmod(pairs, len(weight))  # in order: cells are, too
    at = np.cumsum(np.diff(cells, prepend=cells[0]) != 0)
    held = _distinct(cells)
    where = np.searchsorted(held, own + _ROUND)
    count = np.bincount(at)[where] - 1.0
    weighted = np.bincount(at, weight[owners])[where] - weight[owner]
    return count, np.maximum(weighted, 0.0)


def _distinct(values: Array) -> Array:
    """Return the values in order, each once: faster for few values than numpy's own."""
    ordered = np.sort(values)
    distinct: Array = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return distinct
