"""The commands ``gazetteer add, fix, remove, unfix, overlay``: which places are the user's own?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer.overlay import Fix, Overlay, UserPlace
    from gazetteer.sources.user import Added
    from geoevents.cli.terminal import Terminal

_FAILED, _PARTLY = 1, 3
_PROBLEMS_SHOWN = 20
_COLUMNS = ("name", "means", "kind", "in", "lat", "lon", "names")

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Json = Annotated[
    bool, typer.Option("--json", help="Say on standard output, as JSON, what is done.")
]
Layer = Annotated[
    str | None, typer.Option(metavar="NAME", help="Layer of a GeoPackage that has several.")
]
Crs = Annotated[
    str | None,
    typer.Option(
        metavar="EPSG:N", help="CRS of the coordinates, where the file states none [EPSG:4326]."
    ),
]
TableFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="csv, geojson or gpkg [default: by suffix]."),
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Add the good rows although others are wrong (exit 3).")
]
FixCountry = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="XX",
        help="Only where this country is asked for or spoken of (code or English name).",
    ),
]
FixLang = Annotated[
    str | None,
    typer.Option(
        "--lang", parser=options.language, metavar="CODE", help="Only in texts of this language."
    ),
]


def add(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="CSV, GeoJSON or GeoPackage, somebody's overlay, or -."
        ),
    ],
    *,
    overlay: options.Overlay = None,
    layer: Layer = None,
    crs: Crs = None,
    file_format: TableFormat = None,
    skip_bad: SkipBad = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    quiet: options.Quiet = False,
    index: options.Index = None,
) -> None:
    """Add places of your own, or names and points of places that the gazetteer holds."""
    from gazetteer.sources.user import add_places

    session = Session(quiet=quiet, index=index, no_overlay=True)
    with session.begin() as (terminal, _):
        known = session.open(terminal)
        reports: list[Added] = []

        def change(before: Overlay) -> Overlay:
            report = add_places(
                sys.stdin.buffer if table == options.STDOUT else table,
                into=before,
                known=known,
                file_format=file_format or ("csv" if table == options.STDOUT else None),
                layer=layer,
                crs=crs,
                skip_bad=True,
            )
            reports.append(report)
            return report.overlay if skip_bad or not report.skipped else before

        path = _changed(overlay, change, dry_run=dry_run)
        code = _tell(terminal, reports[0], table, path, skip_bad=skip_bad, dry_run=dry_run)
        if as_json:
            _write_report(reports[0], path, stands=not (dry_run or code == _FAILED))
    if code:
        raise typer.Exit(code)


def fix(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, in any spelling.")],
    *,
    to: Annotated[str, typer.Option(metavar="ID", help="Id of the place that it means.")],
    country: FixCountry = None,
    lang: FixLang = None,
    overlay: options.Overlay = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    quiet: options.Quiet = False,
    index: options.Index = None,
) -> None:
    """Let a name mean one place from now on, in searches and in texts."""
    from gazetteer.sources.user import new_fix

    session = Session(quiet=quiet, index=index, no_overlay=True)
    with session.begin() as (terminal, _):
        known = session.open(terminal)
        made: list[tuple[Fix, str, Fix | None]] = []

        def change(before: Overlay) -> Overlay:
            item = new_fix(name, to, into=before, known=known, country=country, lang=lang)
            old = next((other for other in before.fixes if other.key == item.key), None)
            own = next((place.name for place in before.places if place.id == item.to), "")
            made.append((item, own or known.get(item.to).name, old))
            return before.with_fixes([item])

        path = _changed(overlay, change, dry_run=dry_run)
        item, meant, old = made[0]
        would = "would now mean" if dry_run else "now means"
        where = f" where {item.country} is spoken of" if item.country else ""
        instead = f", and no longer {old.to}" if old is not None and old.to != item.to else ""
        terminal.note(f"{item.name!r} {would} {meant} ({item.to}){where}{instead}; in {path}.")
        if as_json:
            _print_json(_fix_line(item) | {"overlay": str(path), "dry_run": dry_run})


def remove(
    place_id: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a place of your own, as user:old-mill.")
    ],
    *,
    overlay: options.Overlay = None,
    dry_run: DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Remove a place of your own, or what you added to one of the gazetteer's."""
    from gazetteer.errors import BadQueryError

    with Session(quiet=quiet).begin() as (terminal, _):
        left: list[str] = []

        def change(before: Overlay) -> Overlay:
            after = before.without_place(place_id)
            if after == before:
                raise BadQueryError(
                    f"No place of your own has the id {place_id!r}: `geoevents gazetteer overlay` "
                    "lists those that have."
                )
            left.extend(fix.name for fix in after.fixes if fix.to == place_id)
            return after

        path = _changed(overlay, change, dry_run=dry_run)
        terminal.note(f"{place_id} {'would be' if dry_run else 'was'} removed from {path}.")
        if left and place_id.startswith("user:"):
            names = ", ".join(map(repr, left))
            terminal.note(f"The fixes of {names} lead to it still: unfix them.")


def unfix(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name, in any spelling.")],
    *,
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="The fix for this country (alpha-2 code).")
    ] = None,
    lang: FixLang = None,
    overlay: options.Overlay = None,
    dry_run: DryRun = False,
    quiet: options.Quiet = False,
) -> None:
    """Take the fix of a name back."""
    from gazetteer.errors import BadQueryError
    from gazetteer.overlay import Fix

    with Session(quiet=quiet).begin() as (terminal, _):
        key = Fix(name, "", country.upper() if country else None, lang).key

        def change(before: Overlay) -> Overlay:
            after = before.without_fix(key)
            if after == before:
                same = [fix for fix in before.fixes if fix.key[0] == key[0]]
                raise BadQueryError(_not_fixed(name, same))
            return after

        path = _changed(overlay, change, dry_run=dry_run)
        would = "would be" if dry_run else "was"
        terminal.note(f"The fix of {name!r} {would} taken back in {path}.")


def show(
    *,
    overlay: options.Overlay = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """List your own places and fixes, and say which file holds them."""
    from gazetteer.overlay import Overlay
    from gazetteer.sources.overlay_file import default_overlay_path, read_overlay

    with Session(quiet=quiet).begin() as (terminal, _):
        path = overlay or default_overlay_path()
        held = Overlay() if overlay is None and not path.exists() else read_overlay(path)
        terminal.note(f"{path}: places {len(held.places)}, fixes {len(held.fixes)}.")
        lines = [*map(_place_line, held.places), *map(_fix_line, held.fixes)]
        if as_json:
            for line in lines:
                _print_json(line)
        elif lines:
            _print_table(held)


def _changed(overlay: Path | None, change: Callable[[Overlay], Overlay], *, dry_run: bool) -> Path:
    """Change the overlay, or only try to; return its path."""
    from gazetteer.overlay import Overlay
    from gazetteer.sources.overlay_file import default_overlay_path, read_overlay, update_overlay

    path = overlay or default_overlay_path()
    if dry_run:
        change(read_overlay(path) if path.exists() else Overlay())
    else:
        update_overlay(path, change)
    return path


def _tell(
    terminal: Terminal, report: Added, table: str, path: Path, *, skip_bad: bool, dry_run: bool
) -> int:
    """Say what came of adding a table, and return the exit code."""
    name = "standard input" if table == options.STDOUT else Path(table).name
    for skipped in report.skipped[:_PROBLEMS_SHOWN]:
        terminal.error(f"{name}, {skipped.where}: {skipped.why}.")
    more = len(report.skipped) - _PROBLEMS_SHOWN
    if more > 0:
        terminal.error(f"{name}: {more} more rows are wrong.")
    good = len(report.added) + len(report.replaced) + len(report.unchanged) + len(report.fixes)
    if report.skipped and not (skip_bad and good):
        hint = "" if skip_bad else ": correct the rows, or give --skip-bad"
        terminal.error(f"Nothing was added to {path}{hint}.")
        return _FAILED
    for remark in report.remarks:
        terminal.note(f"{name}, {remark}")
    counts = {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "fixes": report.fixes,
        "skipped": report.skipped,
    }
    told = ", ".join(f"{word} {len(items)}" for word, items in counts.items() if items)
    terminal.note(f"{path}: {told or 'nothing new'}{' (dry run)' if dry_run else ''}.")
    return _PARTLY if report.skipped else 0


def _write_report(report: Added, path: Path, *, stands: bool) -> None:
    _print_json(
        {
            "overlay": str(path),
            "written": stands,
            "added": list(report.added),
            "replaced": list(report.replaced),
            "unchanged": list(report.unchanged),
            "fixes": [_fix_line(item) for item in report.fixes],
            "skipped": [{"row": item.where, "error": f"{item.why}."} for item in report.skipped],
            "remarks": list(report.remarks),
        }
    )


def _not_fixed(name: str, same: list[Fix]) -> str:
    if not same:
        return f"The name {name!r} is not fixed: `geoevents gazetteer overlay` lists what is."
    scopes = ", ".join(
        " ".join(
            [f"--country {fix.country}"] * bool(fix.country)
            + [f"--lang {fix.lang}"] * bool(fix.lang)
        )
        or "no option"
        for fix in same
    )
    return f"The name {name!r} is fixed otherwise: give {scopes}."


def _place_line(place: UserPlace) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name or None,
        "kind": place.kind or None,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "names": {lang: list(names) for lang, names in place.names.items()},
    }


def _fix_line(fix: Fix) -> dict[str, Any]:
    return {"fix": fix.name, "to": fix.to, "country": fix.country, "lang": fix.lang}


def _print_json(line: dict[str, Any]) -> None:
    from geoevents.writers.jsonl import encode_line

    typer.echo(encode_line(line), nl=False)


def _print_table(held: Overlay) -> None:
    from geoevents.cli.tables import print_table

    rows: list[tuple[object, ...]] = []
    for place in held.places:
        at = (None if value is None else f"{value:g}" for value in (place.lat, place.lon))
        names = ", ".join(name for _, name in place.spellings() if name != place.name)
        rows.append((place.name, place.id, place.kind, place.country, *at, names))
    rows.extend((fix.name, fix.to, "fix", fix.country, None, None, fix.lang) for fix in held.fixes)
    print_table(_COLUMNS, rows)
