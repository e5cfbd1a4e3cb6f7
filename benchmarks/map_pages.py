"""What do pages of many events cost, to make and to use, beside those of folium and geopandas?

``python -m benchmarks.map_pages [--sizes 1000 10000] [--libraries FOLDER]`` makes pages of the
same synthetic events by each method, opens them from disk in Chromium without a network, and prints
a line for each: Python seconds and peak memory (of a process of its own, imports included), the
page's size, and milliseconds to the first interaction, to zoom, to pan, to open a popup and to move
the time slider. Each is the median of a few, and counts until the browser has painted.

The peers' pages ask for scripts on the network: ``--libraries`` names a folder in which
``leaflet.js`` and ``jquery.min.js`` (npm packages leaflet and jquery) lie, at any depth; all else
is answered with nothing, which only makes them faster. "-" is what a page has not, or what did not
come to its end: a page that takes over ten minutes or 12 GB to make, or two minutes to use.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (1_000, 10_000, 100_000, 1_000_000)
#: A page that takes longer to make, or more memory, or longer to use, is given up and said to fail.
MAKING_S = 600
MAKING_BYTES = 12_000_000_000
PATIENCE_S = 120
#: Of these many actions the median is taken.
TIMES = 5
SEED = 2020
ACTS = ("open", "zoom", "pan", "popup", "slider")
SCREEN = {"width": 1280, "height": 800}

PROBES = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Method:
    """A way to make a page, and whether the page is ours."""

    name: str
    make: Callable[[Any, Path], None]
    own: bool = False


def _geoevents(events: Any, path: Path) -> None:
    from maps import draw

    draw(events, lang="ar", title="مليون حدث").save(path)


def _folium(events: Any, path: Path) -> None:
    import folium

    page = folium.Map(location=[20, 20], zoom_start=2)
    for kind, text, point in zip(events["type"], events["evidence"], events.geometry, strict=True):
        popup = folium.Popup(folium.Html(f"{kind}: {text}"))
        folium.Marker([point.y, point.x], popup=popup).add_to(page)
    page.save(path)


def _explore(events: Any, path: Path) -> None:
    shown = events[["type", "evidence", "geometry"]]
    shown.explore(popup=True, tooltip=False).save(path)


METHODS = (
    Method("geoevents", _geoevents, own=True),
    Method("folium.Marker", _folium),
    Method("GeoDataFrame.explore", _explore),
)


def main() -> None:
    """Measure and print every page, or make one (``--make``, in a process of its own)."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options.add_argument("--methods", nargs="*", default=[one.name for one in METHODS])
    options.add_argument("--libraries", type=Path)
    options.add_argument("--make", nargs=3, metavar=("METHOD", "SIZE", "OUT"))
    asked = options.parse_args()
    if asked.make:
        _make(*asked.make)
        return
    columns = " ".join(f"{act + ' ms':>9}" for act in ACTS)
    print(f"{'page':22} {'events':>9} {'Python s':>9} {'peak MB':>8} {'page MB':>8} {columns}")
    with tempfile.TemporaryDirectory() as work:
        for size in asked.sizes:
            for method in METHODS:
                if method.name in asked.methods:
                    _measure(method, size, Path(work) / "page.html", asked.libraries)


def _make(name: str, size: str, out: str) -> None:
    """Make one page and print what it took beyond making the events themselves."""
    from benchmarks.map_events import synthetic_events

    method = next(one for one in METHODS if one.name == name)
    resource.setrlimit(resource.RLIMIT_AS, (MAKING_BYTES, MAKING_BYTES))
    events = synthetic_events(int(size), seed=SEED)
    start = time.perf_counter()
    method.make(events, Path(out))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


def _measure(method: Method, size: int, path: Path, libraries: Path | None) -> None:
    path.unlink(missing_ok=True)
    cost = _cost(method, size, path)
    used = _use(method, path, libraries) if cost else {}
    figures = [
        f"{cost['seconds']:.2f}" if cost else "-",
        f"{cost['peak_mb']:.0f}" if cost else "-",
        f"{path.stat().st_size / 1e6:.2f}" if cost else "-",
    ]
    acts = " ".join(f"{used[act]:>9.0f}" if act in used else f"{'-':>9}" for act in ACTS)
    print("{:22} {:>9,} {:>9} {:>8} {:>8} {}".format(method.name, size, *figures, acts), flush=True)


def _cost(method: Method, size: int, path: Path) -> dict[str, float] | None:
    """Make a page in a process of its own; None where it does not come to its end."""
    words = [sys.executable, "-m", "benchmarks.map_pages", "--make", method.name, str(size)]
    try:
        made = subprocess.run(
            [*words, str(path)], check=True, capture_output=True, text=True, timeout=MAKING_S
        )
    except subprocess.TimeoutExpired:
        print(f"  {method.name}: not made within {MAKING_S} s", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"  {method.name}: {error.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    else:
        return dict(json.loads(made.stdout.splitlines()[-1]))
    return None


def _use(method: Method, path: Path, libraries: Path | None) -> dict[str, float]:
    """Return the milliseconds of each action, by name; those that failed are left out."""
    from playwright.sync_api import Error, sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    used: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SCREEN)
        page.set_default_timeout(PATIENCE_S * 1000)
        page.add_init_script(f"{PROBES}; bench.watch({json.dumps(method.own)})")
        page.route(re.compile("^https?:"), lambda route: _serve(route, libraries))
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_selector("html[data-bench-ready]", state="attached")
            used["open"] = page.evaluate("bench.ready")
            page.evaluate("bench.begin()")
            used.update(_acts(page, own=method.own))
        except Error as error:
            print(f"  {method.name}: {str(error).splitlines()[0]}", file=sys.stderr)
        browser.close()
    return used


def _acts(page: Any, *, own: bool) -> Iterator[tuple[str, float]]:
    """Yield the name of each action and the median of what it took."""
    zooms = [page.evaluate("bench.zoom", by) for by in (1, 1, -1, -1, 1, -1) * 2]
    yield "zoom", statistics.median(zooms)
    pans = [page.evaluate("bench.pan", by) for by in (200, -200) * TIMES]
    yield "pan", statistics.median(pans)
    popup = "bench.ownPopup" if own else "bench.popup"
    yield "popup", statistics.median(page.evaluate(popup, i / TIMES) for i in range(TIMES))
    if own:
        moves = [page.evaluate("bench.ownSlider", ahead) for ahead in (True, False) * TIMES]
        yield "slider", statistics.median(moves)


def _serve(route: Any, libraries: Path | None) -> None:
    name = route.request.url.rsplit("/", 1)[-1].replace("jquery-3.7.1.min", "jquery.min")
    found = next(libraries.rglob(name), None) if libraries else None
    route.fulfill(body=found.read_bytes() if found else b"")


if __name__ == "__main__":
    main()
