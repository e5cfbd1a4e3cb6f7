"""The map is one file, the same for the same events, and a folium map to which one may add."""

import io
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import pytest

import maps


def test_three_lines_make_a_page(news: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """Reading, drawing and saving is all there is to it, also with a layer from a GIS."""
    news.to_file(tmp_path / "events.geojson")
    events = gpd.read_file(tmp_path / "events.geojson")
    maps.draw(events).save(tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_same_events_same_bytes(news: gpd.GeoDataFrame, mentioned: pd.DataFrame) -> None:
    """Rendering twice, also from a second map and in another process, gives the same page."""
    first = maps.EventMap(news, places=mentioned, title="t")
    page = first.to_html()
    assert page == first.to_html()
    assert page == maps.EventMap(news, places=mentioned, title="t").to_html()


def test_the_page_loads_nothing(news: gpd.GeoDataFrame) -> None:
    """No element names a file, here or on the network, and the policy forbids all loading."""
    page = maps.draw(news).to_html()
    assert not re.search(r"<(?:link|img|iframe)\b", page.partition("<body")[0].split("<script>")[0])
    assert not re.search(r"<script[^>]*\bsrc=", page)
    assert not re.search(r"url\((?!data:|#)", page.partition("</style>")[0])
    assert "default-src 'none'" in page
    assert "sourceMappingURL" not in page


def test_no_cell_is_in_the_page_as_markup(news: gpd.GeoDataFrame) -> None:
    """A cell that is markup, template or script stands in the page only in its escaped form."""
    hostile = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}${title}$title"
    page = maps.draw(news.assign(evidence=hostile, place=hostile), title=hostile).to_html()
    assert "<img src=x" not in page
    assert "{{ 7 * 7 }}" in page
    assert "${title}$title" in page


def test_the_page_has_the_readers_language_and_direction(news: gpd.GeoDataFrame) -> None:
    """Arabic is written from right to left, and an unknown language reads as English."""
    assert '<html lang="ar" dir="rtl">' in maps.draw(news, lang="ar").to_html()
    assert '<html lang="sw" dir="ltr">' in maps.draw(news, lang="sw").to_html()


def test_the_page_names_its_sources(news: gpd.GeoDataFrame) -> None:
    """GeoNames asks for its name and licence, and Natural Earth is due its own."""
    page = maps.draw(news).to_html()
    assert "GeoNames (CC BY 4.0)" in page
    assert "Natural Earth" in page


def test_it_is_a_folium_map_that_takes_children(news: gpd.GeoDataFrame) -> None:
    """A marker is added to the map's own Leaflet object, and a warning tells what that means."""
    drawn = maps.draw(news)
    folium.Marker([40, 45], popup="hello").add_to(drawn)
    with pytest.warns(maps.ForeignElementsWarning, match="network"):
        page = drawn.to_html()
    assert isinstance(drawn, folium.Map)
    assert f"addTo({drawn.get_name()})" in page
    assert "jquery" in page
    assert "Content-Security-Policy" not in page
    assert "/leaflet@" not in page


def test_a_child_that_needs_only_leaflet_brings_no_files(news: gpd.GeoDataFrame) -> None:
    """A circle marker without a popup works without folium's libraries."""
    drawn = maps.draw(news)
    folium.CircleMarker([40, 45]).add_to(drawn)
    with pytest.warns(maps.ForeignElementsWarning):
        page = drawn.to_html()
    assert not re.search(r"<script[^>]*\bsrc=", page)


def test_folium_knows_the_extent_of_the_events(news: gpd.GeoDataFrame) -> None:
    """``fit_bounds(map.get_bounds())`` works as with any folium map."""
    (south, west), (north, east) = maps.draw(news).get_bounds()
    assert (south, west) == pytest.approx((29.9403, 34.9358))
    assert (north, east) == pytest.approx((40.4093, 49.8671))


def test_it_shows_in_a_notebook(news: gpd.GeoDataFrame) -> None:
    """The notebook's view is a frame with the whole page."""
    assert maps.draw(news)._repr_html_().startswith("<div")


def test_it_saves_to_an_open_file(news: gpd.GeoDataFrame) -> None:
    """As folium does, it writes into a binary file and leaves it open when asked."""
    file = io.BytesIO()
    maps.draw(news).save(file, close_file=False)
    assert file.getvalue().startswith(b"<!DOCTYPE html>")


def test_a_page_that_cannot_be_written_leaves_nothing(
    news: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """The error names the path; no half page and no temporary file stays behind."""
    drawn = maps.draw(news)
    (tmp_path / "folder").mkdir()
    with pytest.raises(maps.NotWritableError, match="folder"):
        drawn.save(tmp_path / "folder")
    with pytest.raises(maps.NotWritableError, match=r"missing.*x\.html"):
        drawn.save(tmp_path / "missing" / "x.html")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_saved_page_is_readable_like_any_other_file(
    news: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """Its mode is that of a file opened for writing, not that of a temporary one."""
    maps.draw(news).save(tmp_path / "x.html")
    (tmp_path / "y").write_text("")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("x.html", "y")}
    assert len(modes) == 1


def test_importing_and_drawing_opens_no_socket() -> None:
    """Nothing is fetched when the package is imported or a page is made."""
    script = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event == 'socket.connect': raise SystemExit('a socket was opened')\n"
        "sys.addaudithook(refuse)\n"
        "import geopandas, maps\n"
        "maps.draw(geopandas.GeoDataFrame({'type': []}, geometry=[], crs=4326)).to_html()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
