"""Which files is an index made of, and which data was it made from?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from gazetteer.data import data_path
from gazetteer.sources.curated import curated_files, wrong_names_file
from gazetteer.text.normalize import NORMALIZER_VERSION

INDEX_SCHEMA = "9"

MANIFEST = "manifest.json"
KEYS = "keys.marisa"
IDS = "ids.marisa"
SOUNDS = "sounds.marisa"

GEONAMES = "geonames:"
"""Prefix of ids that are kept as numbers."""

SPELLING = "spelling"
"""Kind of a name that is another spelling of a held one: found by, and not shown."""

CODE = "code"
"""Kind of a name that is an abbreviation or the code of an airfield."""

BARE = "bare"
"""Kind of a water's name without the word for what it is, which a well known town has, too."""

OWN = "own"
"""Kind of a name that the user has added."""


def data_fingerprint() -> str:
    """Return a hash of everything an index is made from and by: data, folding, layout, code."""
    digest = hashlib.sha256(f"{INDEX_SCHEMA} {NORMALIZER_VERSION}".encode())
    digest.update(data_path("gazetteer", MANIFEST).read_bytes())
    for name in ("folding.toml", "renderings.toml", "sounds.toml", "spellings.toml"):
        digest.update(data_path("languages", name).read_bytes())
    digest.update(data_path("ontology", "place_kinds.toml").read_bytes())
    makers = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*curated_files(), wrong_names_file(), *makers):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return an index's manifest.

    Raises
    ------
    OSError
        If there is none.
    ValueError
        If it is not JSON.
    """
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return manifest
