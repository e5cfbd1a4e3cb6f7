"""The commands below ``gazetteer``: what do they do with the gazetteer?"""

from __future__ import annotations

import typer

from geoevents.cli import build, fetch, info, overlay, reverse, search

app = typer.Typer(
    help="Look into the gazetteer, add places of your own, build a larger one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("search")(search.search)
# A latitude south of the equator looks like an option, which nobody knows.
app.command("reverse", context_settings={"ignore_unknown_options": True})(reverse.reverse)
app.command("info")(info.info)
app.command("add")(overlay.add)
app.command("fix")(overlay.fix)
app.command("remove")(overlay.remove)
app.command("unfix")(overlay.unfix)
app.command("overlay")(overlay.show)
app.command("fetch")(fetch.fetch)
app.command("build")(build.build)
