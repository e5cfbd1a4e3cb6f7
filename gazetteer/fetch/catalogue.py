"""What can be fetched, from where, and under which licence? A typed view of ``fetch.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from gazetteer.data import load_toml
from gazetteer.errors import BadQueryError


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a dataset.

    Attributes
    ----------
    path
        Where it is, below the dataset's base URL.
    name
        What it is called here; never more than a file name.
    kind
        What it must turn out to be: ``zip``, ``csv`` or, asked for piecemeal, ``labels``.
    sha256
        Its hash, where the publisher's files do not change; else empty.
    query
        SPARQL that asks for it, of ``labels``.
    """

    path: str
    name: str
    kind: str
    sha256: str = ""
    query: str = ""

    def url(self, base_url: str) -> str:
        """Return where it is on a server."""
        return f"{base_url.rstrip('/')}/{self.path}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: its files, its licence, and the command that makes an index of it.

    Attributes
    ----------
    next
        The command to run next, with ``{folder}`` for where the files lie; empty for none.
    """

    name: str
    title: str
    base_url: str
    licence: str
    attribution: str
    files: tuple[RemoteFile, ...]
    next: str = ""


@cache
def datasets() -> dict[str, Dataset]:
    """Return all datasets by name.

    Examples
    --------
    >>> sorted(datasets())
    ['geonames', 'natural-earth', 'ourairports', 'wikidata-labels']
    """
    return {
        name: Dataset(name=name, **{**row, "files": tuple(map(_file, row["files"]))})
        for name, row in load_toml("sources", "fetch.toml").items()
    }


def dataset(name: str) -> Dataset:
    """Return one dataset.

    Raises
    ------
    BadQueryError
        If there is none of that name.
    """
    try:
        return datasets()[name]
    except KeyError:
        raise BadQueryError(
            f"{name!r} is no dataset that can be fetched: take one of {', '.join(datasets())}."
        ) from None


def _file(row: dict[str, str]) -> RemoteFile:
    return RemoteFile(**{"name": PurePosixPath(row["path"]).name, **row})
