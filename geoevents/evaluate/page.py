"""How are mistakes read, one by one and on a map, in one page that needs no network?

All text travels in one escaped JSON island, and the page's script shows it through ``textContent``
only, so that nothing a text or a file says can become markup or script.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.evaluate.mistakes import KINDS, counted
from geoevents.evaluate.report import as_text
from geoevents.pages import filled

if TYPE_CHECKING:
    from geoevents.evaluate.evaluation import Evaluation
    from geoevents.evaluate.mistakes import Mistake

_ASSETS = Path(__file__).parent / "assets"
_SHARED = ("text.js", "basemap.js")  # of the map's own scripts: elements and countries

_DECIMALS = 5  # about a metre
_LABELS = {
    "missed": ("Missed", "in gold, and not found"),
    "false": ("False", "found, and not in gold"),
    "misplaced": ("Misplaced", "farther than 161 km and outside gold's area and box"),
    "unplaced": ("Not placed", "found, and no place given"),
    "ends": ("Other ends", "found with another start or end"),
}


def error_page(evaluation: Evaluation, *, title: str = "Mistakes") -> str:
    """Return a page of HTML that shows the mistakes of an evaluation.

    Parameters
    ----------
    evaluation
        What :func:`geoevents.evaluate.evaluate` found.
    title
        Heading of the page.

    Returns
    -------
    str
        The page: figures; mistakes by kind and words, each in its sentence; a map with a line from
        gold to answer. Script, style and countries are inside it; nothing is loaded.
    """
    from maps import basemap, inline

    return filled(
        _own("page.html"),
        title=title,
        styles=_styles(),
        scripts={"leaflet": inline.library(inline.LEAFLET), "script": _script()},
        content=_content(evaluation, title),
        parts={"basemap": basemap.topology()},
        inline_styles=True,
    )


def _content(evaluation: Evaluation, title: str) -> dict[str, Any]:
    shown = counted(evaluation.mistakes)
    return {
        "title": title,
        "figures": as_text(evaluation),
        "kinds": [
            {
                "id": kind,
                "label": _LABELS[kind][0],
                "about": _LABELS[kind][1],
                "total": evaluation.mistake_totals[kind],
                "shown": shown[kind],
            }
            for kind in KINDS
        ],
        "mistakes": [_row(mistake) for mistake in evaluation.mistakes],
    }


def _row(mistake: Mistake) -> dict[str, Any]:
    from maps.words import direction

    row = {
        "kind": mistake.kind,
        "doc": mistake.doc_id,
        "words": mistake.words,
        "sentence": mistake.sentence,
        "dir": direction(mistake.lang) if mistake.lang else "auto",
        "goldSpan": mistake.gold_span,
        "answerSpan": mistake.answer_span,
        "gold": _point(mistake.gold_point),
        "answer": _point(mistake.answer_point),
        "goldName": mistake.gold_name,
        "answerName": mistake.answer_name,
        "km": None if mistake.km is None else round(mistake.km, 1),
        "score": mistake.score,
        "pPlace": mistake.p_place,
    }
    return {name: value for name, value in row.items() if value is not None}


def _point(point: tuple[float, float] | None) -> list[float] | None:
    return point and [round(degrees, _DECIMALS) for degrees in point]


@cache
def _own(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _styles() -> str:
    from maps.inline import leaflet_styles

    # Leaflet's pictures are of controls that the page does not have.
    return "\n".join((leaflet_styles(lambda _: "none"), _own("page.css")))


@cache
def _script() -> str:
    from maps.inline import own_scripts

    return "\n".join((own_scripts(*_SHARED), _own("page.js")))
