"""Which options do several commands share?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

STDOUT = "-"


def day(value: str) -> date:
    """Return a date of the command line, or end with a usage error."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date as YYYY-MM-DD") from None


def language(value: str) -> str:
    """Return a language code of the command line, or end with a usage error."""
    from gazetteer.text.language import is_language

    if not is_language(value):
        raise typer.BadParameter(f"{value!r} is not a language code as ar, en or fa")
    return value


def _page_language(value: str) -> str:
    from maps.words import languages, primary

    if primary(language(value)) not in languages():
        raise typer.BadParameter(f"{value!r} is no language of pages: {', '.join(languages())}")
    return value


def _viewpoint(value: str) -> str:
    from gazetteer import BadQueryError
    from gazetteer.viewpoints import Viewpoint

    try:
        return str(Viewpoint.parse(value))
    except BadQueryError as error:
        raise typer.BadParameter(str(error)) from None


def _recognition(value: str) -> str:
    if value not in {"joined", "instead"}:
        raise typer.BadParameter(f"{value!r} is neither joined nor instead")
    return value


def _country(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", value):
        raise typer.BadParameter(f"{value!r} is not a two-letter country code as AZ or IL")
    return value.upper()


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files (.txt .html .jsonl), folders, or - for standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="OUT", help="File to write; - is standard output.")
]
Published = Annotated[
    date | None,
    typer.Option(
        parser=day,
        metavar="YYYY-MM-DD",
        help="Publication date of articles that state none: relative dates start from it.",
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        parser=language,
        metavar="CODE",
        help="Language of articles that state none [default: seen from the text].",
    ),
]
UiLang = Annotated[
    str | None,
    typer.Option(
        "--ui-lang",
        parser=_page_language,
        metavar="CODE",
        help="Language of the page itself [default: the articles' language].",
    ),
]
Countries = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        parser=_country,
        metavar="XX",
        help="Only places of this country (alpha-2 code); may be given again.",
    ),
]
Day = Annotated[
    date | None,
    typer.Option(
        "--at",
        parser=day,
        metavar="YYYY-MM-DD",
        help="Only what was there on this day: countries and borders of the past.",
    ),
]
MinScore = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        metavar="0..1",
        help="Leave out places that are less likely to be right than this.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the output if it exists.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No notes and no progress; errors are still shown.")
]
Jobs = Annotated[int, typer.Option(min=1, metavar="N", help="Number of processes.")]
Index = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Place index to open read-only.", show_default=False),
]
Overlay = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="File of your own places, which win [default: GEOEVENTS_PLACES, else in your data "
        "folder].",
        show_default=False,
    ),
]
NoOverlay = Annotated[bool, typer.Option("--no-overlay", help="Without your own places.")]
Viewpoint = Annotated[
    str,
    typer.Option(
        parser=_viewpoint,
        metavar="CC",
        help="Whose map of disputed borders: a country's (alpha-2 code), or neutral.",
    ),
]
Recognizer = Annotated[
    str | None,
    typer.Option(
        metavar="NAME[:MODEL]",
        help="Another recognizer of place names: spacy:MODEL, transformers:FOLDER, natasha, or one "
        "that a package brings.",
        show_default=False,
    ),
]
Recognition = Annotated[
    str,
    typer.Option(
        parser=_recognition,
        metavar="WAY",
        help="With --recognizer: joined (its names and our own) or instead (its names alone).",
    ),
]
Ontology = Annotated[
    Path | None,
    typer.Option(
        "--ontology",
        metavar="FILE",
        help="File of your own event types and words (.toml), beside the built-in ones.",
        show_default=False,
    ),
]
Geometry = Annotated[bool, typer.Option("--geometry", help="Add each place's geometry as GeoJSON.")]
