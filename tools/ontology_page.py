"""What do the tables of event types in docs/ontology.md hold? Writes them anew from the data.

Run ``python -m tools.ontology_page`` after changing ``data/ontology/events.toml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gazetteer.data import load_toml
from geoevents.ontology import SCHEMES, EventType, builtin

PAGE = Path(__file__).parents[1] / "docs" / "ontology.md"
HEAD = ("type", "what it is", "drawn as", "who and what", *(one.upper() for one in SCHEMES))


def updated(page: str) -> str:
    """Return a page with what stands between its marks made anew."""
    parts = {"types": types(), "reasons": reasons()}
    for name, made in parts.items():
        start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(start)
        page = f"{before}{start}\n\n{made}\n\n{end}{rest.partition(end)[2]}"
    return page


def types() -> str:
    """Return the event types as tables of Markdown, one for each family."""
    return "\n\n".join(_family(name, about) for name, about in builtin().families.items())


def reasons() -> str:
    """Return why codebooks have no counterpart, as a table by the reason's name."""
    return _table(("reason", "why"), *_data()["reasons"].items())


def _family(name: str, about: str) -> str:
    rows = [_row(one) for one in builtin().types.values() if one.family == name]
    return f"**{name}**: {about[:1].lower()}{about[1:]}.\n\n{_table(HEAD, *rows)}"


def _row(one: EventType) -> tuple[str, ...]:
    roles = ", ".join(dict.fromkeys(one.participants.values())) or "–"
    given = _data()["types"][one.name]
    codes = [getattr(one, scheme) or f"none ({given[scheme]['none']})" for scheme in SCHEMES]
    return (f"`{one.name.partition('.')[2]}`", one.definition, one.geometry, roles, *codes)


def _table(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _data() -> dict[str, Any]:
    return load_toml("ontology", "events.toml")


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
