"""The command ``gazetteer search``: which places bear this name, or these many names?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Run
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from gazetteer.filters import Box
    from geoevents.cli.lookup import Search
    from geoevents.readers.csv_table import Layout

_HANDFUL = 100  # names that a process takes at once

_SHOWN = {
    "name": "place_name",
    "kind": "place_kind",
    "in": "place_country",
    "lat": "lat",
    "lon": "lon",
    "match": "match",
    "score": "score",
    "id": "place_id",
}
"""Heading of a column, and the key it shows."""


def _point(value: str) -> tuple[float, float]:
    from gazetteer import BadQueryError
    from gazetteer.filters import checked_point

    try:
        lat, lon = map(float, value.split(","))
        return checked_point(lat, lon)
    except BadQueryError as error:
        raise typer.BadParameter(str(error)) from None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no point as 40.41,49.87") from None


def _box(value: str) -> Box:
    from gazetteer import BadQueryError
    from gazetteer.filters import checked_box

    try:
        west, south, east, north = map(float, value.split(","))
        return checked_box((west, south, east, north))
    except BadQueryError as error:
        raise typer.BadParameter(str(error)) from None
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no box as 44.7,38.4,50.4,41.9") from None


Name = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Name in any script.", show_default=False)
]
Batch = Annotated[
    str | None,
    typer.Option(
        metavar="IN",
        help="Look up many: .jsonl or .csv with name, and maybe lang, country, kind, context.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="jsonl or csv [default: by suffix; on stdout as the input].",
    ),
]
SearchLang = Annotated[
    str | None, typer.Option(parser=options.language, metavar="CODE", help="Language of the name.")
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help="Only places of this kind, as city; may be given again."
    ),
]
Near = Annotated[
    Any,
    typer.Option(parser=_point, metavar="LAT,LON", help="Places near this point before others."),
]
InBox = Annotated[
    Any,
    typer.Option(
        "--box", parser=_box, metavar="W,S,E,N", help="Only places in this box (degrees)."
    ),
]
Exact = Annotated[
    bool, typer.Option("--exact", help="Only places of this very name, not of one that is like it.")
]
MinScore = Annotated[
    float | None,
    typer.Option(
        min=0.0,
        max=1.0,
        metavar="0..1",
        help="Leave out places that are less likely to be right than this [default: 0; with "
        "--batch 0.3 where the name is only like the place's].",
    ),
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most so many places of a NAME.")]
Json = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]


@with_shared_options
def search(
    name: Name = None,
    output: options.Output = options.STDOUT,
    *,
    batch: Batch = None,
    format_: Format = None,
    lang: SearchLang = None,
    country: options.Countries = None,
    kind: Kinds = None,
    near: Near = None,
    box: InBox = None,
    at: options.Day = None,
    exact: Exact = False,
    limit: Limit = 10,
    as_json: Json = False,
    geometry: options.Geometry = False,
    min_score: MinScore = None,
    run: Run,
) -> None:
    """Look up a name, or many names with --batch."""
    from geoevents.cli.convert import check_output
    from geoevents.cli.lookup import Search

    if (name is None) == (batch is None):
        raise typer.BadParameter("give either a NAME or --batch IN")
    check_output(output, overwrite=run.overwrite, inputs=[batch] if batch else [])
    work = Search(
        lang=lang,
        countries=tuple(country) if country else None,
        kinds=tuple(kind) if kind else None,
        near=near,
        box=box,
        at=at,
        fuzzy=not exact,
        min_score=min_score,
    )
    target = _Target(output, format_, with_geometry=geometry)
    if name is None:
        _search_many(str(batch), work, target, run)
    else:
        is_table = not (as_json or geometry or format_ or output != options.STDOUT)
        _search_one(name, work, target, run, limit=limit, is_table=is_table)


@dataclass(frozen=True, slots=True)
class _Target:
    """What is written, and where to."""

    output: str
    stated_format: str | None
    with_geometry: bool

    def format(self, on_stdout: str) -> str:
        """Return ``csv`` or ``jsonl``."""
        from geoevents.cli.convert import output_format
        from geoevents.readers import ROW_FORMATS

        return output_format(
            self.output, self.stated_format, formats=ROW_FORMATS, on_stdout=on_stdout
        )

    def shaped(self, work: Search, kind: str) -> Search:
        """Return the work with geometry as a format has it, if it is asked for."""
        from geoevents.cli.lookup import geometry_wkt
        from geoevents.writers import geometry_line

        shapes = {"csv": geometry_wkt, "jsonl": geometry_line}
        return replace(work, shape=shapes[kind]) if self.with_geometry else work

    def delimiter(self, layout: Layout | None) -> str:
        """Return what parts the cells of a table: as it was read, unless the suffix is ``.tsv``."""
        if Path(self.output).suffix.lower() == ".tsv":
            return "\t"
        return layout.delimiter if layout else ","


def _search_many(batch: str, work: Search, target: _Target, run: Run) -> None:
    from geoevents.cli.convert import as_lines
    from geoevents.readers import open_rows
    from geoevents.writers import write_csv, write_lines

    with run.begin() as (terminal, ledger), open_rows(batch) as rows:
        kind = target.format(on_stdout=rows.format)
        work = target.shaped(work, kind)
        gazetteer = run.open(terminal)
        work.found(gazetteer, "", limit=1)  # options that make no sense are told once, not by name
        results = run.results(work, rows.records, gazetteer, handful=_HANDFUL)
        results = ledger.follow(results)
        if kind == "csv":
            write_csv(
                target.output,
                as_lines(results, filled=work.columns),
                columns=None if rows.layout is None else rows.layout.columns,
                last=(*work.columns, "error"),
                delimiter=target.delimiter(rows.layout),
                has_mark=rows.layout is not None and rows.layout.has_mark,
                overwrite=run.overwrite,
            )
        else:
            write_lines(target.output, as_lines(results), overwrite=run.overwrite)
        ledger.say(wants_events=False)


def _search_one(
    name: str, work: Search, target: _Target, run: Run, *, limit: int, is_table: bool
) -> None:
    from geoevents.cli.tables import print_table
    from geoevents.writers import write_csv, write_lines

    kind = target.format(on_stdout="jsonl")
    work = target.shaped(work, kind)
    with run.begin() as (terminal, _):
        gazetteer = run.open(terminal)
        found = work.found(gazetteer, name, limit=limit)
        lines = [{"name": name} | work.line(gazetteer, match) for match in found]
        if not lines:
            terminal.error(f"No place is called {name!r}: try another spelling or fewer options.")
            raise typer.Exit(1)
        if is_table:
            print_table(list(_SHOWN), ([line[key] for key in _SHOWN.values()] for line in lines))
        elif kind == "csv":
            write_csv(
                target.output,
                lines,
                columns=["name"],
                last=work.columns,
                delimiter=target.delimiter(None),
                overwrite=run.overwrite,
            )
        else:
            write_lines(target.output, lines, overwrite=run.overwrite)
