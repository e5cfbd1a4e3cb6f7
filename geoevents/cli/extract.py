"""The command ``extract``: which events do articles tell, as a GIS layer or JSON lines?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.coarsened import Coarsen, Coarsener
from geoevents.cli.corrected import Corrections, Corrector
from geoevents.cli.explained import Explain, Page
from geoevents.cli.layers import Layers
from geoevents.cli.model import ModelChoice
from geoevents.cli.session import Reading
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Gazetteer
    from geoevents.event import Document
    from geoevents.ontology import Ontology

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Articles (.txt .html .jsonl, folders, -); for a layer also event tables (.geojson "
        ".gpkg .parquet).",
        show_default=False,
    ),
]
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
    inputs: Inputs,
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
    ui_lang: options.UiLang = None,
    corrections: Corrections = None,
    coarsen: Coarsen = None,
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

    kind = output_format(output, format_)
    read = (*inputs, *(corrections or ()), *filter(None, [ontology]))
    check_output(output, overwrite=run.overwrite, inputs=read)
    page = Page(explain, lang=ui_lang, output=output, overwrite=run.overwrite, inputs=read)
    own = own_ontology(ontology)
    asked = model.chosen()
    corrector, coarsener = Corrector(corrections), Coarsener(coarsen)
    _check_coarse(coarsener, kind, explains=page.is_wanted)
    tables, texts = _parted(inputs, kind)
    articles = page.only(read_articles(texts, lang=lang, published=published))
    groups = (kind != "jsonl" or output != options.STDOUT) if group is None else group
    terminal = Terminal(quiet=run.quiet)
    if kind == "jsonl":
        lines = ExtractLine(
            min_score,
            geometry,
            ontology=own,
            model=asked,
            groups=groups,
            explain=page.wanted,
            corrections=corrector.located(run.open(terminal)) if corrector else (),
        )
        run.write_lines(
            lines,
            articles,
            output,
            stated_format=kind,
            wants_events=True,
            then=lambda found: corrector.told(
                (grouped if groups else iter)(page.kept(corrector.follow(found))), terminal
            ),
        )
        page.write(terminal)
        return
    with run.begin() as (terminal, ledger):
        gazetteer = run.open(terminal)
        work = Extract(
            min_score,
            takes_events=bool(corrector),
            ontology=own,
            model=asked,
            explain=page.wanted,
            corrections=corrector.located(gazetteer),
        )
        layers = Layers(own, corrector, gazetteer)
        for name in tables:
            layers.add_file(name)
        if texts:
            results = page.kept(corrector.follow(run.results(work, articles, gazetteer)))
            found = documents(ledger.follow(results))
            layers.add(group_documents(found) if groups else found)
        _write_layers(kind, output, layers, coarsener, gazetteer, overwrite=run.overwrite)
        page.write(terminal)
        corrector.say(terminal)
        ledger.say(wants_events=True)


def _check_coarse(coarsener: Coarsener, kind: str, *, explains: bool) -> None:
    """Raise where an output carries the words that tell the places."""
    if kind == "jsonl":
        coarsener.refuse("JSON lines", "which carry the whole text: write .geojson or .gpkg")
    if explains:
        coarsener.refuse("--explain", "whose page shows the whole text")


def _parted(inputs: list[str], kind: str) -> tuple[list[str], list[str]]:
    """Return the event tables and the articles among the inputs.

    Raises
    ------
    OptionError
        If event tables are to become JSON lines, which carry the text that tables do not have.
    """
    from geoevents.errors import OptionError
    from geoevents.readers import TABLE_FORMATS

    tables = [name for name in inputs if Path(name).suffix.lower() in TABLE_FORMATS]
    if tables and kind == "jsonl":
        why = f"{tables[0]!r} is an event table, which has no text: write .geojson or .gpkg"
        raise OptionError("--format", kind, why)
    return tables, [name for name in inputs if name not in tables]


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
    layers: Layers,
    coarsener: Coarsener,
    gazetteer: Gazetteer,
    *,
    overwrite: bool,
) -> None:
    from geoevents.writers import stamp, whole_file, write_geojson, write_geopackage

    events = coarsener.table(layers.events(), gazetteer, layers.ontology)
    with whole_file(output, overwrite=overwrite) as path:
        if kind == "geojson":
            write_geojson(path, events, stamp=stamp(gazetteer))
        else:
            places = layers.places(empty=bool(coarsener))
            write_geopackage(path, events, places=places, stamp=stamp(gazetteer))
