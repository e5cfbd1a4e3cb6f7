"""The command ``map``: where did it happen, on a page that opens without a network?"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.coarsened import Coarsen, Coarsener
from geoevents.cli.corrected import Corrections, Corrector
from geoevents.cli.layers import Layers
from geoevents.cli.network import Cdn, Network, TilesOption
from geoevents.cli.session import Reading
from geoevents.cli.shading import Choropleth, ChoroplethScale, Density, Level, Scale, Shading
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.article import Article
    from geoevents.cli.notes import Ledger
    from geoevents.cli.terminal import Terminal

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
        "[default: the first input's name, .html, or .map.html where that is an input].",
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT",
        help="Title of the page [default: the only article's title or headline, else the name of "
        "the only input, else of the page].",
    ),
]
Group = Annotated[
    bool,
    typer.Option(
        "--group/--no-group",
        help="Say in its popup which articles report an event too, and how many of their sources "
        "are independent.",
    ),
]


@with_shared_options
def draw(
    inputs: Inputs,
    output: Page = None,
    *,
    title: Title = None,
    ui_lang: options.UiLang = None,
    published: options.Published = None,
    lang: options.Lang = None,
    min_score: options.MinScore = 0.0,
    group: Group = True,
    ontology: options.Ontology = None,
    corrections: Corrections = None,
    coarsen: Coarsen = None,
    density: Density = True,
    choropleth: Choropleth = None,
    choropleth_scale: ChoroplethScale = Scale.QUANTILE,
    tiles: TilesOption = None,
    cdn: Cdn = False,
    run: Reading,
) -> None:
    """Draw the events of articles, or of an event table, as one HTML page or a picture of it."""
    from geoevents.cli.convert import check_output
    from geoevents.cli.extract import own_ontology
    from geoevents.cli.work import Extract
    from geoevents.readers import TABLE_FORMATS, read_articles
    from geoevents.writers.atomic import whole_file

    target = output or _default_output(inputs)
    read = (*inputs, *(corrections or ()), *filter(None, [ontology]))
    check_output(target, overwrite=run.overwrite, inputs=read)
    if _is_picture(target):
        _check_browser()
    network = Network(tiles, cdn)
    network.check()
    tables = [name for name in inputs if Path(name).suffix.lower() in TABLE_FORMATS]
    articles = [name for name in inputs if name not in tables]
    own = own_ontology(ontology)
    corrector, coarsener = Corrector(corrections), Coarsener(coarsen)
    with run.begin() as (terminal, ledger):
        wanted = articles or corrector or coarsener or choropleth is Level.ADM1
        gazetteer = run.open(terminal) if wanted else None
        known = corrector.located(gazetteer)
        shading = Shading(density=density, choropleth=choropleth, scale=choropleth_scale)
        drawing = _Drawing(
            Layers(own, corrector, gazetteer), coarsener, gazetteer, shading, network
        )
        for name in tables:
            drawing.add_file(name)
        if articles and gazetteer is not None:
            work = Extract(min_score, takes_events=True, ontology=own, corrections=known)
            items = read_articles(articles, lang=lang, published=published)
            results = corrector.follow(run.results(work, items, gazetteer))
            drawing.read(results, ledger, groups=group)
        language = ui_lang or drawing.language(ledger)
        with whole_file(target, overwrite=run.overwrite) as path:
            named = inputs[0] if len(inputs) == 1 else target
            drawing.save(path, title=title or drawing.title(named), lang=language)
        corrector.say(terminal)
        network.say(terminal)
        ledger.say(wants_events=True)
        _say_where(target, terminal)


_IdAndTitle = tuple[str | None, str | None]
"""Of an article; None where an event table does not state it."""


class _Drawing:
    """The tables that make up a map, and how their own types look."""

    def __init__(
        self,
        layers: Layers,
        coarsener: Coarsener,
        gazetteer: Gazetteer | None,
        shading: Shading,
        network: Network,
    ) -> None:
        self._layers = layers
        self._coarsener = coarsener
        self._gazetteer = gazetteer
        self._shading = shading
        self._network = network
        self._languages: list[str] = []
        self._articles: set[_IdAndTitle] = set()

    def add_file(self, name: str) -> None:
        """Add an event table and the places beside it."""
        events = self._layers.add_file(name)
        self._articles |= _articles(events)
        if "lang" in events.columns:
            self._languages += events["lang"].dropna().astype(str).tolist()

    def read(self, results: Any, ledger: Ledger, *, groups: bool) -> None:
        """Add the events of articles, each with its other reports if asked for."""
        from geoevents.cli.extract import documents
        from geoevents.grouping import group_documents

        read = documents(ledger.follow(results))
        if groups:
            read = group_documents(read)
        self._layers.add(read)
        self._articles |= {(one.article.id, _title(one.article)) for one in read}

    def title(self, path: str) -> str | None:
        """Return the title of the only article, else the name of a file; of a stream None."""
        if self._coarsener:  # a headline or a file's name may name the place
            return None
        title = next(iter(self._articles))[1] if len(self._articles) == 1 else None
        return title or (None if path == options.STDOUT else _stem(path))

    def language(self, ledger: Ledger) -> str:
        """Return the language of most articles, English where none is known."""
        known = ledger.languages or Counter(self._languages)
        return known.most_common(1)[0][0] if known else "en"

    def save(self, path: Path, *, title: str | None, lang: str) -> None:
        """Draw the map and write it."""
        from geoevents.errors import DrawingError, OutputNotWritableError
        from maps import EventMap, MapError, NotWritableError, photograph

        own = self._layers.ontology
        events = self._layers.events()
        if self._gazetteer is not None:
            events = self._coarsener.drawn(events, self._gazetteer, own)
        hides = bool(self._coarsener) or not self._layers.has_places()
        styles = {name: asdict(look) for name, look in own.looks.items()} if own else {}
        try:
            drawn = EventMap(
                events,
                places=None if hides else self._layers.places(),
                title=title,
                lang=lang,
                styles=styles,
                type_styles=own.styles() if own else {},
                coarsened=self._coarsener.grain,
                density=self._shading.density,
                choropleth=self._shading.choropleth,
                areas=self._shading.areas(events, self._gazetteer),
                choropleth_scale=self._shading.scale,
                tiles=self._network.tiles,
                cdn=self._network.cdn,
            )
            if _is_picture(path.name):
                page = path.with_suffix(".html")
                drawn.save(page)
                photograph(page, path)
            else:
                drawn.save(path)
        except NotWritableError as error:
            raise OutputNotWritableError(path, error.why) from error
        except MapError as error:
            raise DrawingError(str(error)) from error


def _articles(table: GeoDataFrame) -> set[_IdAndTitle]:
    """Return the id and title of each article of an event table, None where it states none."""
    import pandas as pd

    stated = pd.DataFrame(table).reindex(columns=["doc_id", "source_title"]).astype(object)
    return set(stated.where(stated.notna(), None).itertuples(index=False, name=None))


def _title(article: Article) -> str | None:
    """Return the title that an article states, else the headline that its text begins with."""
    from geoevents.extract.headline import find_headline

    headline = find_headline(article.text)
    found = article.text[headline.start : headline.end] if headline else None
    return article.title or found


def _default_output(inputs: list[str]) -> str:
    """Return the first input's name as a page's, ``.map.html`` where an input is called so."""
    if inputs[0] == options.STDOUT:
        return options.STDOUT
    read = {Path(name).resolve() for name in inputs}
    stem = _stem(inputs[0])
    while Path(stem + ".html").resolve() in read:
        stem += ".map"
    return stem + ".html"


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
