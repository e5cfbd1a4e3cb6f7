"""The command ``extract``: which events do articles tell, as a GIS layer or JSON lines?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.explained import Explain, Page
from geoevents.cli.model import ModelChoice
from geoevents.cli.session import Reading
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.event import Document
    from geoevents.ontology import Ontology

Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="geojson, gpkg or jsonl [default: by suffix]."),
]
Group = Annotated[
    bool | None,
    typer.Option(
        "--group/--no-group",
        help="Say which events of different articles are one, and how many independent sources "
        "report it [default: yes, but for lines on standard output, which would wait for the last "
        "article].",
        show_default=False,
    ),
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
    group: Group = None,
    ontology: options.Ontology = None,
    explain: Explain = None,
    model: ModelChoice,
    run: Reading,
) -> None:
    """Find the events that articles tell; OUT is .geojson, .gpkg or .jsonl."""
    from geoevents.cli.convert import check_output, output_format
    from geoevents.cli.grouped import grouped
    from geoevents.cli.terminal import Terminal
    from geoevents.cli.work import Extract, ExtractLine
    from geoevents.grouping import group_documents
    from geoevents.readers import read_articles
    from geoevents.table import event_table

    kind = output_format(output, format_)
    check_output(output, overwrite=run.overwrite)
    page = Page(explain, output=output, overwrite=run.overwrite)
    own = own_ontology(ontology)
    asked = model.chosen()
    articles = page.only(read_articles(inputs, lang=lang, published=published))
    groups = (kind != "jsonl" or output != options.STDOUT) if group is None else group
    if kind == "jsonl":
        lines = ExtractLine(
            min_score, geometry, ontology=own, model=asked, groups=groups, explain=page.is_wanted
        )
        run.write_lines(
            lines,
            articles,
            output,
            wants_events=True,
            then=lambda found: (grouped if groups else iter)(page.kept(found)),
        )
        page.write(Terminal(quiet=run.quiet))
        return
    with run.begin() as (terminal, ledger):
        gazetteer = run.open(terminal)
        work = Extract(min_score, ontology=own, model=asked, explain=page.is_wanted)
        results = page.kept(run.results(work, articles, gazetteer))
        found = documents(ledger.follow(results))
        found = group_documents(found) if groups else found
        events = event_table(found, gazetteer, ontology=own)
        _write_layers(kind, output, found, events, gazetteer, overwrite=run.overwrite)
        page.write(terminal)
        ledger.say(wants_events=True)


def own_ontology(path: Path | None) -> Ontology | None:
    """Return the ontology of a user's file, None where none is named."""
    from geoevents.ontology_file import read_ontology

    return None if path is None else read_ontology(path)


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
    kind: str,
    output: str,
    found: list[Document],
    events: GeoDataFrame,
    gazetteer: Gazetteer,
    *,
    overwrite: bool,
) -> None:
    from geoevents.table import places_table
    from geoevents.writers import stamp, whole_file, write_geojson, write_geopackage

    with whole_file(output, overwrite=overwrite) as path:
        if kind == "geojson":
            write_geojson(path, events, stamp=stamp(gazetteer))
        else:
            write_geopackage(path, events, places=places_table(found), stamp=stamp(gazetteer))
