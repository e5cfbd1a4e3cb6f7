"""Pages of the map, opened from disk in Chromium with the network off."""

import os
import runpy
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import maps

FRAMES = runpy.run_path(str(Path(__file__).parents[1] / "maps" / "frames.py"))
#: The first is Chromium without a window: half the time per page.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 800}
#: Longer than any of these pages takes; a test that waits so long has failed.
TIMEOUT_MS = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_program() -> str:
    """Return Chromium's program, or skip and say why there is none."""
    named = os.environ.get("GEOEVENTS_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None or not Path(path).exists():
        pytest.skip("no Chromium was found: install it or name it in GEOEVENTS_CHROMIUM")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_program: str) -> Iterator[Any]:
    """Start Chromium, or skip and say why there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium_program
    sync_api.expect.set_options(timeout=TIMEOUT_MS)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page with what went wrong on it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """Return the visible text of an element."""
        return str(self.page.locator(selector).inner_text())

    def check(self) -> None:
        """Fail if anything was asked of the network, complained of, or run."""
        assert (self.requests, self.errors, self.dialogs) == ([], [], [])


def watched(context: Any, path: Path) -> Opened:
    """Open a page from disk and keep what goes wrong on it."""
    page: Any = context.new_page()
    page.set_default_timeout(TIMEOUT_MS)
    result = Opened(page)
    page.on("console", lambda message: result.errors.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: result.errors.append(str(error)))
    page.on("dialog", lambda box: (result.dialogs.append(box.message), box.dismiss()))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("data:", path.as_uri()))
            else result.requests.append(request.url)
        ),
    )
    page.goto(path.as_uri())
    return result


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[[str, str], Opened]]:
    """Open a page that is given as HTML, from disk without a network, once something is there."""
    contexts = []

    def opened(html: str, awaited: str) -> Opened:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(chromium.new_context(viewport=DESKTOP, offline=True))
        result = watched(contexts[-1], path)
        result.page.wait_for_selector(awaited)
        return result

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a map from disk without a network and wait until it is drawn."""
    contexts = []

    def opened(
        events: Any,
        *,
        screen: dict[str, int] | None = None,
        added: Iterable[Any] = (),
        lacking: str | None = None,
        **options: Any,
    ) -> Opened:
        """Open a page; ``lacking`` names what its browser does not have."""
        path = tmp_path / f"map-{len(contexts)}.html"
        drawn = maps.draw(events, **options)
        for element in added:
            element.add_to(drawn)
        drawn.save(path)
        context = chromium.new_context(
            viewport=screen or DESKTOP, offline=True, reduced_motion="reduce"
        )
        contexts.append(context)
        if lacking:
            context.add_init_script(f"delete window.{lacking}")
        result = watched(context, path)
        ready = "body[data-basemap='ready'][data-events='ready']"
        result.page.wait_for_selector("body[data-events='unreadable']" if lacking else ready)
        return result

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def news() -> Any:
    """Return a flight, a landing, clashes in an area, a border zone, a visit and an appeal."""
    return FRAMES["news"]()


@pytest.fixture
def mentioned() -> Any:
    """Return the places mentioned in the same articles."""
    return FRAMES["mentioned"]()
