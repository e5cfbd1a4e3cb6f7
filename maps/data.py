"""Where is the map's data: inside the installed package, or in the checkout?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from maps.errors import MissingDataError

_PACKAGE = Path(__file__).parent
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent / "data")


def data_path(*parts: str) -> Path:
    """Return the path of a data file or folder.

    Parameters
    ----------
    *parts
        Path below ``data/``, for example ``data_path("maps", "style.toml")``.

    Raises
    ------
    MissingDataError
        If the file is in neither place.
    """
    for root in _ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MissingDataError("/".join(parts))


@cache
def load_toml(*parts: str) -> dict[str, Any]:
    """Return a TOML file below ``data/`` as a dictionary; read once, not to be changed."""
    return tomllib.loads(data_path(*parts).read_text(encoding="utf-8"))


@cache
def asset(*parts: str) -> str:
    """Return the text of a file in the package's ``assets/`` folder.

    Raises
    ------
    MissingDataError
        If there is no such file.
    """
    path = _PACKAGE.joinpath("assets", *parts)
    if not path.is_file():
        raise MissingDataError("assets/" + "/".join(parts))
    return path.read_text(encoding="utf-8")


@cache
def asset_bytes(*parts: str) -> bytes:
    """Return the bytes of a file in the package's ``assets/`` folder (its pictures)."""
    path = _PACKAGE.joinpath("assets", *parts)
    if not path.is_file():
        raise MissingDataError("assets/" + "/".join(parts))
    return path.read_bytes()
