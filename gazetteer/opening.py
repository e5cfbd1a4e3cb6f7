"""Which places of the user's own lie over an index when it is opened?"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from gazetteer.index.store import Store


class UnknownInOverlayWarning(UserWarning):
    """The user's own file speaks of places that the gazetteer does not hold."""


def with_overlay(store: Store, overlay: Path | Literal[False] | None) -> Store:
    """Return an index with the user's own places over it, see :meth:`gazetteer.Gazetteer.open`."""
    if overlay is False:
        return store
    from gazetteer.sources.overlay_file import default_overlay_path, read_overlay

    path = overlay or default_overlay_path()
    if overlay is None and not path.exists():
        return store
    own = read_overlay(path)
    if not own:
        return store
    from gazetteer.index.layered import LayeredStore

    layered = LayeredStore(store, own)
    if layered.unknown:
        ids = ", ".join(dict.fromkeys(layered.unknown))
        message = (
            f"{path} speaks of places that this gazetteer does not hold: {ids}. "
            "They are passed over; the file keeps them."
        )
        warnings.warn(message, UnknownInOverlayWarning, stacklevel=3)
    return layered
