"""Which codes do CAMEO, PLOVER and ACLED have?"""

from __future__ import annotations

from functools import cache

from gazetteer.data import load_toml


@cache
def codes(scheme: str) -> frozenset[str]:
    """Return the codes of a codebook, from ``data/ontology/codebooks.toml``.

    Parameters
    ----------
    scheme
        ``cameo`` (codes of two to four digits), ``plover`` (event types) or ``acled`` (sub-event
        types).

    Examples
    --------
    >>> "195" in codes("cameo"), "FIGHT" in codes("plover"), "Grenade" in codes("acled")
    (True, False, True)
    """
    table = load_toml("ontology", "codebooks.toml")[scheme]
    if scheme == "plover":
        return frozenset(table["codes"])
    if scheme == "acled":
        return frozenset(code for subtypes in table.values() for code in subtypes)
    return frozenset(table) | {code for listed in table.values() for code in listed.split()}


def plover_of(cameo: str) -> str:
    """Return the PLOVER event type of a CAMEO code; empty where PLOVER has dropped it.

    Examples
    --------
    >>> plover_of("0874"), plover_of("195"), plover_of("191"), plover_of("010")
    ('RETREAT', 'ASSAULT', 'COERCE', '')
    """
    rule = load_toml("ontology", "codebooks.toml")["plover"]["from_cameo"]
    return str(rule.get(cameo[:3]) or rule.get(cameo[:2], ""))
