"""The commands ``geoparse`` and ``resolve``: which places do articles name, and where are they?"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Reading, Run
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterator


Forms = Annotated[
    str,
    typer.Option(
        metavar="LIST",
        help="Forms to keep: name, associative, demonym, described (part, border, zone, offset, "
        "between, coast, union), all.",
    ),
]
Explain = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS",
        help="Add to mentions of these words what speaks for each place they may mean.",
        show_default=False,
    ),
]


@with_shared_options
def geoparse(
    inputs: options.Inputs,
    output: options.Output = options.STDOUT,
    *,
    forms: Forms = "name,associative,described",
    geometry: options.Geometry = False,
    published: options.Published = None,
    lang: options.Lang = None,
    min_score: options.MinScore = 0.0,
    explain: Explain = None,
    run: Reading,
) -> None:
    """Find the places that articles name, as JSON lines."""
    from geoevents.cli.work import Geoparse
    from geoevents.readers import read_articles
    from geoevents.readers.text import MAX_TEXT_BYTES
    from geoevents.select import parse_forms

    work = Geoparse(parse_forms(forms), min_score, geometry, explain)
    articles = read_articles(inputs, lang=lang, published=published, limit=MAX_TEXT_BYTES)
    run.write_lines(work, articles, output, inputs=inputs)


@with_shared_options
def resolve(
    inputs: options.Inputs,
    output: options.Output = options.STDOUT,
    *,
    geometry: options.Geometry = False,
    lang: options.Lang = None,
    min_score: options.MinScore = 0.0,
    explain: Explain = None,
    run: Run,
) -> None:
    """Locate the mentions that JSON lines give in toponyms, in the same order."""
    from geoevents.cli.work import Resolve

    work = Resolve(lang, min_score, geometry, explain)
    run.write_lines(work, records(inputs), output, inputs=inputs)


def records(inputs: list[str]) -> Iterator[Any]:
    """Yield the records of JSON-lines files, one after the other."""
    from geoevents.readers import open_records

    return chain.from_iterable(map(open_records, inputs))
