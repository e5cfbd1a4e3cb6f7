"""Where does the command line begin, and how does it end?"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from geoevents.cli import draw, evaluate, extract, gazetteer, geoparse
from geoevents.cli.session import DEBUG

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAILED = 1
_USAGE = 2
_PARSER_SAYS = ": Value error, "  # how pydantic begins what its own words for an option are
_INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it

app = typer.Typer(
    name="geoevents",
    help="See where the news happened: places and events from news text, offline.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("map")(draw.draw)
app.command("extract")(extract.extract)
app.command("geoparse")(geoparse.geoparse)
app.command("resolve")(geoparse.resolve)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(gazetteer.app, name="gazetteer")


def _show_version(wanted: object) -> None:
    if wanted:
        from geoevents.writers.stamp import software_version

        typer.echo(software_version())
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show tracebacks of errors.")] = False,
) -> None:
    """See where the news happened: places and events from news text, offline."""
    del version, debug  # read before any command runs


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Parameters
    ----------
    args
        Words of the command line, by default those of the process.
    """
    if "_GEOEVENTS_COMPLETE" in os.environ:
        app()
    words = list(sys.argv[1:] if args is None else args)
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    """Return the exit code; whatever went wrong has been said in one sentence."""
    from geoevents.errors import OptionError

    try:
        _invoke([word for word in words if word != DEBUG])  # it may stand anywhere
    except typer.Exit as error:
        return error.exit_code
    except BrokenPipeError:
        _silence_stdout()
    except KeyboardInterrupt:
        return _complain("Interrupted.", _INTERRUPTED)
    except typer.TyperException as error:  # a wrong option or argument
        message = getattr(error, "format_message", error.__str__)()
        return _complain(message.replace(_PARSER_SAYS, ": "), getattr(error, "exit_code", _USAGE))
    except Exception as error:
        if DEBUG in words:
            raise
        return _complain(_sentence(error), _USAGE if isinstance(error, OptionError) else _FAILED)
    return 0


def _invoke(words: list[str]) -> None:
    command = typer.main.get_command(app)
    # Not `command.main`: it ends a closed pipe with an error.
    with command.make_context("geoevents", words) as context:
        command.invoke(context)
    sys.stdout.flush()


def _sentence(error: BaseException) -> str:
    from gazetteer.errors import GazetteerError
    from geoevents.errors import GeoeventsError

    if isinstance(error, GeoeventsError | GazetteerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "The memory is used up: give fewer or shorter inputs, or fewer --jobs."
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror}{where}."
    why = f"{type(error).__name__}: {error}"
    return f"An internal error ({why}): run it with {DEBUG} and report it."


def _complain(sentence: str, code: int) -> int:
    from geoevents.cli.terminal import Terminal

    Terminal().error(sentence)
    return code


def _silence_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
