"""The command ``extract``: which events do articles tell, as a GIS layer or JSON lines?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Reading
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Gazetteer
    from geoevents.event import Document

Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="geojson, gpkg or jsonl [default: by suffix]."),
]


@with_shared_options
def extract(
    inputs: options.Inputs,
    output: options.Output = options.STDOUT,
    *,
    format_: Format = None,
    geometry: options.Geometry = False,
    published: options.Published = None,
    lang: options.Lang = None,
    min_score: options.MinScore = 0.0,
    run: Reading,
) -> None:
    """Find the events that articles tell; OUT is .geojson, .gpkg or .jsonl."""
    from geoevents.cli.convert import check_output, output_format
    from geoevents.cli.work import Extract, ExtractLine
    from geoevents.readers import read_articles

    kind = output_format(output, format_)
    check_output(output, overwrite=run.overwrite)
    articles = read_articles(inputs, lang=lang, published=published)
    if kind == "jsonl":
        work = ExtractLine(min_score, geometry)
        run.write_lines(work, articles, output, wants_events=True)
        return
    with run.begin() as (terminal, ledger):
        gazetteer = run.open(terminal)
        results = ledger.follow(run.results(Extract(min_score), articles, gazetteer))
        _write_layers(kind, output, documents(results), gazetteer, overwrite=run.overwrite)
        ledger.say(wants_events=True)


def documents(results: Iterable[Any]) -> list[Document]:
    """Return the documents of a run, without its failures.

    Raises
    ------
    NothingReadError
        If all inputs failed.
    """
    from geoevents.cli.convert import NothingReadError
    from geoevents.readers import Failure

    listed = list(results)
    found = [result.value for result in listed if not isinstance(result, Failure)]
    if listed and not found:
        raise NothingReadError
    return found


def _write_layers(
    kind: str, output: str, found: list[Document], gazetteer: Gazetteer, *, overwrite: bool
) -> None:
    from geoevents.table import event_table, places_table
    from geoevents.writers import stamp, whole_file, write_geojson, write_geopackage

    events = event_table(found, gazetteer)
    with whole_file(output, overwrite=overwrite) as path:
        if kind == "geojson":
            write_geojson(path, events, stamp=stamp(gazetteer))
        else:
            write_geopackage(path, events, places=places_table(found), stamp=stamp(gazetteer))
