"""Where is the data that the packages read: inside the installed package, or in the checkout?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gazetteer.errors import MissingDataError

_INSTALLED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parent.parent / "data"


def data_path(*parts: str) -> Path:
    """Return the path of a data file or folder.

    Parameters
    ----------
    *parts
        Path below ``data/``, for example ``data_path("gazetteer", "places.npz")``.

    Raises
    ------
    MissingDataError
        If the file is in neither place.
    """
    for root in (_INSTALLED, _CHECKOUT):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MissingDataError("/".join(parts))


@cache
def load_toml(*parts: str) -> dict[str, Any]:
    """Return a TOML file below ``data/`` as a dictionary; read once, not to be changed."""
    return tomllib.loads(data_path(*parts).read_text(encoding="utf-8"))
