"""Lines and archives as publishers make them, and as nobody should."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sources():
    """Return the folder of the unpacked source packages."""
    folder = os.environ.get("GEOEVENTS_SOURCES")
    if not folder:
        pytest.skip("GEOEVENTS_SOURCES names no folder of source packages")
    return Path(folder)


@pytest.fixture
def problems():
    """Return a list that collects what is told of lines left out."""
    return []


@pytest.fixture
def write(tmp_path):
    """Return a function that writes bytes, or lines of fields, to a file."""

    def write(name, content):
        if not isinstance(content, bytes):
            content = "".join("\t".join(fields) + "\n" for fields in content).encode()
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def pack(tmp_path):
    """Return a function that writes a zip from names and contents."""

    def pack(name, **members):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member.replace("_txt", ".txt"), content)
        return path

    return pack
