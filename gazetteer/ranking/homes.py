"""How near is a place to the countries where the language of a text is spoken?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.index.space import distances_km
from gazetteer.text.homes import home_countries

if TYPE_CHECKING:
    from gazetteer.ranking.candidates import Candidates

Array = np.ndarray[Any, Any]

_BESIDE = 0.5  # what a place right across the border has of one at home
_BESIDE_KM = 150.0
_SMALL_KM = 1000.0  # radius of a country that is known to be near by where its middle lies


def at_home(candidates: Candidates, lang: str) -> Array:
    """Return 1 for what lies where a language is spoken, less the farther it lies from there.

    What lies in no country, as seas do, is at home everywhere. Countries are named in all languages
    alike: they have 0, as has all where a language has no home.

    Parameters
    ----------
    candidates
        The candidates of a text.
    lang
        The text's language.

    Returns
    -------
    array of float, shape (n candidates,)
    """
    c, store = candidates, candidates.store
    codes = {code: store.country_code(code) for code in sorted(home_countries(lang))}
    held = {code: number for code, number in codes.items() if number is not None}
    home: Array = np.isin(c.country, list(held.values())).astype(float)
    small = {
        row: radius
        for row in (store.row(f"iso:{code}") for code in held)
        if (radius := store.radius_km(row)) < _SMALL_KM
    }
    if small:
        rows = np.array(list(small), dtype=np.int64)
        km = distances_km(
            c.lat[:, None], c.lon[:, None], store.lat_e5[rows] / 1e5, store.lon_e5[rows] / 1e5
        )
        gap = np.maximum(km - np.array(list(small.values())), 0.0).min(axis=1)
        home = np.maximum(home, _BESIDE * np.exp(gap / -_BESIDE_KM))
    home[c.country == 0] = 1.0
    home[c.is_country] = 0.0
    return home
