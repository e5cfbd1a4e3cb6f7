"""In which countries is a language at home?"""

from __future__ import annotations

from functools import cache

from gazetteer.data import load_toml


@cache
def home_countries(lang: str) -> frozenset[str]:
    """Return where a language is official and much spoken, as ISO 3166-1 codes.

    Parameters
    ----------
    lang
        Language code. English has none: it is at home everywhere.

    Returns
    -------
    frozenset of str
        Empty for languages without a home in ``data/languages/homes.toml``.
    """
    homes: dict[str, list[str]] = load_toml("languages", "homes.toml")["homes"]
    return frozenset(homes.get(lang, ()))
