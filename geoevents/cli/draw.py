"""The command ``map``: where did it happen, on a page that opens without a network?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Reading
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geoevents.cli.notes import Ledger
    from geoevents.cli.terminal import Terminal
    from geoevents.ontology import Ontology

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Articles (.txt .html .jsonl, folders, -) or event tables (.geojson .gpkg .parquet).",
        show_default=False,
    ),
]
Page = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT.html",
        help="Page to write, or .png: a picture of it, taken by Chromium; - is standard output "
        "[default: the first input's name, .html].",
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help="Title of the page [default: the only article's, else the first input's name].",
    ),
]
UiLang = Annotated[
    str | None,
    typer.Option(
        "--ui-lang",
        metavar="CODE",
        help="Language of the page itself [default: the articles' language].",
    ),
]


@with_shared_options
def draw(
    inputs: Inputs,
    output: Page = None,
    *,
    title: Title = None,
    ui_lang: UiLang = None,
    published: options.Published = None,
    lang: options.Lang = None,
    min_score: options.MinScore = 0.0,
    ontology: options.Ontology = None,
    run: Reading,
) -> None:
    """Draw the events of articles, or of an event table, as one HTML page or a picture of it."""
    from geoevents.cli.convert import check_output
    from geoevents.cli.extract import own_ontology
    from geoevents.cli.work import Extract
    from geoevents.readers import TABLE_FORMATS, read_articles
    from geoevents.writers.atomic import whole_file

    target = output or _default_output(inputs[0])
    check_output(target, overwrite=run.overwrite)
    if _is_picture(target):
        _check_browser()
    tables = [name for name in inputs if Path(name).suffix.lower() in TABLE_FORMATS]
    articles = [name for name in inputs if name not in tables]
    own = own_ontology(ontology)
    with run.begin() as (terminal, ledger):
        layers = _Layers(own)
        for name in tables:
            layers.add_file(name)
        if articles:
            gazetteer = run.open(terminal)
            work = Extract(min_score, takes_events=True, ontology=own)
            items = read_articles(articles, lang=lang, published=published)
            layers.read(run.results(work, items, gazetteer), gazetteer, ledger)
        language = ui_lang or layers.language(ledger)
        with whole_file(target, overwrite=run.overwrite) as path:
            layers.save(path, title=title or layers.title(inputs[0]), lang=language)
        ledger.say(wants_events=True)
        _say_where(target, terminal)


_IdAndTitle = tuple[str | None, str | None]
"""Of an article; None where an event table does not state it."""


class _Layers:
    """The tables that make up a map, and how their own types look."""

    def __init__(self, ontology: Ontology | None) -> None:
        self._ontology = ontology
        self._events: list[GeoDataFrame] = []
        self._places: list[GeoDataFrame] = []
        self._articles: set[_IdAndTitle] = set()

    def add_file(self, name: str) -> None:
        """Add an event table and the places beside it."""
        from geoevents.readers import read_event_table, read_places_table

        events = read_event_table(name)
        self._events.append(events)
        self._articles |= _articles(events)
        places = read_places_table(name)
        if places is not None:
            self._places.append(places)

    def read(self, results: Any, gazetteer: Any, ledger: Ledger) -> None:
        """Add the events of articles."""
        from geoevents.cli.extract import documents
        from geoevents.table import event_table, places_table

        read = documents(ledger.follow(results))
        self._events.append(event_table(read, gazetteer, ontology=self._ontology))
        self._places.append(places_table(read))
        self._articles |= {(one.article.id, one.article.title) for one in read}

    def title(self, first_input: str) -> str | None:
        """Return the title of the only article, else the first input's name; of a stream None."""
        title = next(iter(self._articles))[1] if len(self._articles) == 1 else None
        return title or (None if first_input == options.STDOUT else _stem(first_input))

    def language(self, ledger: Ledger) -> str:
        """Return the language of most articles, English where none is known."""
        known = ledger.languages.copy()
        for table in self._events:
            if "lang" in table.columns and not known:
                known.update(table["lang"].dropna().astype(str))
        return known.most_common(1)[0][0] if known else "en"

    def save(self, path: Path, *, title: str | None, lang: str) -> None:
        """Draw the map and write it."""
        from geoevents.errors import DrawingError
        from maps import EventMap, MapError, photograph

        places = _joined(self._places) if self._places else None
        own = self._ontology
        styles = {name: asdict(look) for name, look in own.looks.items()} if own else {}
        try:
            drawn = EventMap(
                _joined(self._events),
                places=places,
                title=title,
                lang=lang,
                styles=styles,
                type_styles=own.styles() if own else {},
            )
            if _is_picture(path.name):
                page = path.with_suffix(".html")
                drawn.save(page)
                photograph(page, path)
            else:
                drawn.save(path)
        except MapError as error:
            raise DrawingError(str(error)) from error


def _joined(tables: list[GeoDataFrame]) -> GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    if len(tables) == 1:
        return tables[0]
    filled = [table for table in tables if len(table)] or tables[:1]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), geometry="geometry")


def _articles(table: GeoDataFrame) -> set[_IdAndTitle]:
    """Return the id and title of each article of an event table, None where it states none."""
    import pandas as pd

    stated = pd.DataFrame(table).reindex(columns=["doc_id", "source_title"]).astype(object)
    return set(stated.where(stated.notna(), None).itertuples(index=False, name=None))


def _default_output(first_input: str) -> str:
    return options.STDOUT if first_input == options.STDOUT else _stem(first_input) + ".html"


def _stem(path: str) -> str:
    """Return the name of a file or folder without its suffix, of the current one too."""
    name = Path(path).name
    return Path(path if name.strip(".") else Path(path).resolve()).stem or "map"


def _is_picture(target: str) -> bool:
    return Path(target).suffix.lower() == ".png"


def _check_browser() -> None:
    """Raise what would end the work late, before it begins."""
    from geoevents.errors import DrawingError
    from maps import MapError
    from maps.picture import browser_program

    try:
        browser_program()
    except MapError as error:
        raise DrawingError(str(error)) from error


def _say_where(target: str, terminal: Terminal) -> None:
    if _is_picture(target):
        terminal.note(f"The picture is in {target!r}.")
    elif target != options.STDOUT:
        terminal.note(f"The map is in {target!r}: open it in a browser.")
