"""The command ``gazetteer info``: what does the gazetteer hold?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geoevents.cli import options
from geoevents.cli.session import Session


class Grouping(StrEnum):
    """What is counted by what: places by layer, kind or country; names by language."""

    LAYER = "layer"
    KIND = "kind"
    COUNTRY = "country"
    LANGUAGE = "language"


By = Annotated[
    Grouping | None,
    typer.Option(
        "--by",
        metavar="WHAT",
        help="Count places by layer (source and group of kinds), kind or country, or names by "
        "language.",
        show_choices=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of lines.")]


def info(
    *,
    by: By = None,
    as_json: Json = False,
    quiet: options.Quiet = False,
    index: options.Index = None,
) -> None:
    """Show what the gazetteer holds, its versions and where its index is."""
    from geoevents.cli.counts import counts
    from geoevents.writers import write_lines

    session = Session(index=index, no_overlay=True, quiet=quiet)
    with session.begin() as (terminal, _):
        facts = session.open(terminal).info()
        shown = facts if by is None else counts(Path(facts["index"]), by)
        if as_json:
            write_lines(options.STDOUT, [shown])
            return
        for key, value in shown.items():
            if isinstance(value, dict):
                typer.echo(f"{key}:")
                typer.echo("".join(f"  {k}: {v}\n" for k, v in value.items()), nl=False)
            else:
                typer.echo(f"{key}: {value}")
