"""What can go wrong between an article and a file, as one tree.

::

    GeoeventsError
    ├── InputError (ValueError)                an input cannot be used
    │   ├── InputNotFoundError (FileNotFoundError)   there is no such file or folder
    │   ├── InputNotReadableError (OSError)          it is there and cannot be read
    │   ├── NoArticlesError                          a folder or a run without one article
    │   ├── EmptyInputError                          it holds no text
    │   ├── NotTextError                             it is binary
    │   ├── EncodingError                            it is text in another encoding
    │   ├── TooLargeError                            it is longer than an article can be
    │   ├── BadRecordError                           a line or a field of it does not fit
    │   ├── OntologyError                            a file of own event types does not fit
    │   ├── CorrectionsError                         a file of corrections does not fit
    │   └── UnknownFormatError                       its format is none of ours
    ├── OutputError (OSError)                  an output cannot be written
    │   ├── OutputExistsError (FileExistsError)      the file is there and may not be replaced
    │   ├── OutputIsInputError                       the run reads the file
    │   ├── OutputBusyError                          another process is writing it
    │   └── OutputNotWritableError                   the folder or the disk refuses
    ├── DrawingError (ValueError)              a map cannot be drawn from a table
    ├── MissingPackageError (ImportError)      an optional package is not installed
    ├── OptionError (ValueError)               an option does not fit
    └── WrongTypeError (TypeError)             an argument is of another type
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class GeoeventsError(Exception):
    """Root of the package's errors."""


class InputError(GeoeventsError, ValueError):
    """An input cannot be used."""


class InputNotFoundError(InputError, FileNotFoundError):
    """There is no such file or folder."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file or folder {name!r}: check the path.")


class InputNotReadableError(InputError, OSError):
    """A file is there and cannot be read."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name!r} cannot be read ({why}): check its permissions and contents.")


class NoArticlesError(InputError):
    """A folder, or a whole run, has not one article."""

    def __init__(self, name: str, suffixes: Iterable[str]) -> None:
        super().__init__(f"{name!r} holds no article: a folder needs {_listed(suffixes)} files.")


class EmptyInputError(InputError):
    """An input holds no text."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} holds no text: give an article with at least one sentence.")


class NotTextError(InputError):
    """An input is binary."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} is a binary file: give the article as UTF-8 text or HTML.")


class EncodingError(InputError):
    """An input is text in another encoding than UTF-8."""

    def __init__(self, name: str, encoding: str | None) -> None:
        guess = f"it looks like {encoding}" if encoding else "its encoding is not known"
        super().__init__(
            f"{name!r} is not UTF-8 ({guess}): convert it, for example with "
            f"`iconv -f {encoding or 'ENCODING'} -t UTF-8`."
        )


class TooLargeError(InputError):
    """An input is longer than an article can be."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name!r} is larger than {limit // 1_000_000} MB, more than an article can be: "
            "split it into articles, one per file or JSONL line."
        )


class BadRecordError(InputError):
    """A line of a file, or a field of it, is not as described."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}.")


class OntologyError(InputError):
    """A file of the user's own event types and words is not as described.

    Attributes
    ----------
    problems
        One sentence for each, naming file, line and table.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}.")
        self.problems = tuple(problems)


class CorrectionsError(InputError):
    """A file of corrections, or one of them, is not as described."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}; nothing was corrected.")


class UnknownFormatError(InputError):
    """The format of an input or output is none of ours."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"The format of {name!r} is not known: use one of {_listed(known)}.")


class OutputError(GeoeventsError, OSError):
    """An output cannot be written."""


class OutputExistsError(OutputError, FileExistsError):
    """The output exists and may not be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{str(path)!r} exists: give --overwrite to replace it.")


class OutputIsInputError(OutputError):
    """The run reads the file that it is to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{str(path)!r} is an input of this run: give the output another name.")


class OutputBusyError(OutputError):
    """Another process is writing the output."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{str(path)!r} is being made by another process: wait for it to end.")


class OutputNotWritableError(OutputError):
    """The folder or the disk refuses the output.

    Attributes
    ----------
    path, why
        What was to be written, and why it cannot be.
    """

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{str(path)!r} cannot be written ({why}): choose another folder.")
        self.path, self.why = path, why


class DrawingError(GeoeventsError, ValueError):
    """A map cannot be drawn from a table."""


class MissingPackageError(GeoeventsError, ImportError):
    """An optional package is not installed."""

    def __init__(self, package: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package}: run `pip install {package}`.")


class OptionError(GeoeventsError, ValueError):
    """An option does not fit."""

    def __init__(self, option: str, value: str, why: str) -> None:
        super().__init__(f"{option} is {value!r}: {why}.")


class WrongTypeError(GeoeventsError, TypeError):
    """An argument is of another type than the function needs."""

    def __init__(self, function: str, needed: str, given: object, remedy: str) -> None:
        name = type(given).__name__
        super().__init__(f"{function} needs {needed} and was given {name}: {remedy}.")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
