"""What a page may load where somebody asked for it by name, and nothing beside that."""

import base64
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import maps

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TILES = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
ASSETS = Path(maps.__file__).parent / "assets"


@pytest.fixture
def served(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a page whose requests are answered by a function from address to bytes."""
    contexts = []

    def opened(events: gpd.GeoDataFrame, answer: Callable[[str], bytes], **options: Any) -> Any:
        path = tmp_path / "map.html"
        maps.draw(events, **options).save(path)
        context = chromium.new_context(viewport={"width": 1000, "height": 700})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.asked, page.said = [], []
        page.on("console", lambda message: page.said.append(message.text))

        def fulfil(route: Any) -> None:
            page.asked.append(route.request.url)
            origin = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(body=answer(route.request.url), headers=origin)

        page.route(re.compile("^https:"), fulfil)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_tiles_are_asked_of_their_provider_alone(
    served: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """They lie under the events, are credited by text, and no other host can be reached."""
    page = served(news, lambda _: PNG, tiles={"url": TILES, "attribution": "<b>Tiles</b> by us"})
    page.wait_for_selector("body[data-basemap='ready'][data-events='ready']")
    page.wait_for_selector("img.leaflet-tile-loaded", state="attached")
    hosts = {address.split("/")[2] for address in page.asked}
    assert hosts <= {f"{name}.tiles.example.org" for name in "abc"}
    assert "Tiles by us" in page.locator("#ge-credits").inner_text()
    assert "Natural Earth" not in page.locator("#ge-credits").inner_text()
    assert page.locator("canvas.ge-tile").count() == 0
    blocked = page.evaluate(
        "() => new Promise((go) => {"
        "addEventListener('securitypolicyviolation', (event) => go(event.blockedURI));"
        "new Image().src = 'https://elsewhere.example.org/spy.png'; })"
    )
    assert blocked.startswith("https://elsewhere.example.org")


def test_libraries_of_a_network_run_when_they_are_the_packages_own(
    served: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The page asks for Leaflet's script and style and draws the events with them."""
    files = {
        "leaflet.js": ASSETS / "leaflet" / "leaflet-1.9.4.js",
        "leaflet.css": ASSETS / "leaflet" / "leaflet-1.9.4.css",
    }
    page = served(news, lambda url: files[url.rsplit("/", 1)[-1]].read_bytes(), cdn=True)
    page.wait_for_selector("body[data-basemap='ready'][data-events='ready']")
    assert {address.rsplit("/", 1)[-1] for address in page.asked} == set(files)
    assert page.locator(".ge-marker").count() > 0
    assert page.said == []


def test_a_library_that_was_tampered_with_does_not_run(
    served: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Its hash is not the one that the page names."""
    page = served(news, lambda _: b"window.tampered = true; window.L = {};", cdn=True)
    page.wait_for_load_state()
    assert page.evaluate("[window.tampered, window.L]") == [None, None]
