"""A map's picture shows the map."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from maps import photograph
from maps.picture import BROWSER_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_picture_has_the_size_asked_for_and_shows_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium_program: str
) -> None:
    """Two pages that differ give pictures that differ."""
    monkeypatch.setenv(BROWSER_VARIABLE, chromium_program)
    taken = []
    for colour in ("white", "navy"):
        page, picture = tmp_path / f"{colour}.html", tmp_path / f"{colour}.png"
        page.write_text(f"<body style='background:{colour}'>", encoding="utf-8")
        photograph(page, picture, width=400, height=300)
        taken.append(picture.read_bytes())
    assert struct.unpack(">II", taken[0][16:24]) == (400, 300)
    assert taken[0] != taken[1]
