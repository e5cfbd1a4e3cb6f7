"""How coarse shall places be told: to so many kilometres, or to their first-level division?"""

from __future__ import annotations

import math

ADM1 = "adm1"
FINEST_KM, COARSEST_KM = 1.0, 1000.0

Grain = float | str
"""Side of a cell in kilometres, or :data:`ADM1`."""


def parse_grain(words: str | float) -> Grain:
    """Return how coarse places shall be.

    Parameters
    ----------
    words
        A number of kilometres, 1 to 1,000, or ``adm1``.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> parse_grain("25"), parse_grain("adm1")
    (25.0, 'adm1')
    """
    if isinstance(words, str) and words.strip().lower() == ADM1:
        return ADM1
    try:
        km = float(words)
    except ValueError:
        km = math.nan
    if not FINEST_KM <= km <= COARSEST_KM:
        raise ValueError(
            f"{words!r} is neither {ADM1} nor a number of kilometres from {FINEST_KM:g} to "
            f"{COARSEST_KM:g}"
        )
    return km
