"""Which options do several commands share?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

STDOUT = "-"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


def _date(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date as YYYY-MM-DD") from None


def language(value: str) -> str:
    """Return a language code of the command line, or end with a usage error."""
    if not _LANGUAGE.fullmatch(value):
        raise typer.BadParameter(f"{value!r} is not a language code as ar, en or fa")
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
        parser=_date,
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
Country = Annotated[
    str | None,
    typer.Option(parser=_country, metavar="XX", help="Only places of this country (alpha-2 code)."),
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
Geometry = Annotated[bool, typer.Option("--geometry", help="Add each place's geometry as GeoJSON.")]
