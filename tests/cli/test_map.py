"""geoevents map: one page from articles or from tables."""

import json
import re

import geopandas as gpd
import pytest
from shapely import Point

TEXT = "A cargo plane flew from Baku to Tbilisi on Tuesday. Two men met in Ankara."


@pytest.fixture
def article(here):
    """Return a text file."""
    path = here / "flight.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_page_is_named_after_the_first_input(run, article, carried):
    """Without -o the map of flight.txt is flight.html in the current folder."""
    ended = run("map", article, "--published", "2020-09-30")
    assert ended.code == 0
    assert ended.out == ""
    assert "flight.html" in ended.err
    _, events, details = carried(article.parent / "flight.html")
    assert "Tbilisi" in events
    assert "flew" in details


def test_title_and_language_of_the_page_can_be_chosen(run, article):
    """--title is shown, --ui-lang sets the page's language and direction."""
    run("map", article, "--title", "Flights & <b>more</b>", "--ui-lang", "ar")
    page = (article.parent / "flight.html").read_text(encoding="utf-8")
    assert "<b>more</b>" not in page
    assert 'dir="rtl"' in page


@pytest.mark.parametrize("lang", ["xx", "ja", "Arabic", "../ar", ""])
@pytest.mark.parametrize(
    "words", [("map", "-o", "x.html"), ("extract", "-o", "x.jsonl", "--explain", "x.html")]
)
def test_a_language_that_no_page_speaks_is_refused(run, article, here, words, lang):
    """A usage error of one sentence, and nothing is written."""
    ended = run(words[0], article, *words[1:], "--ui-lang", lang)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert repr(lang) in ended.err
    assert [path.name for path in here.iterdir()] == [article.name]


@pytest.mark.parametrize("lang", ["fr", "ar-EG", "fa_IR", "TR"])
def test_a_page_speaks_a_language_with_any_region(run, article, lang):
    """Whatever follows the language, in either case."""
    assert run("map", article, "--ui-lang", lang).code == 0


TITLE = re.compile("<title>(.*?)</title>")
PAGE = "<html><head><title>A ship &lt;sinks&gt;</title></head><body><p>{}</p></body></html>"


def title_of(page):
    """Return the title of a page as it stands in its markup."""
    return TITLE.search(page.read_text(encoding="utf-8"))[1]


def test_the_title_is_the_article_s_where_it_states_one(run, here):
    """The title element of a web page and the title of a line are shown, with their signs."""
    (here / "page.html").write_text(PAGE.format(TEXT), encoding="utf-8")
    line = {"id": "x", "title": "Two men & a plane", "text": TEXT}
    (here / "line.jsonl").write_text(json.dumps(line), encoding="utf-8")
    for name in ("page.html", "line.jsonl"):
        run("map", name, "-o", f"map-of-{name}.html")
    assert title_of(here / "map-of-page.html.html") == "A ship &lt;sinks&gt;"
    assert title_of(here / "map-of-line.jsonl.html") == "Two men &amp; a plane"


def test_an_article_that_states_no_title_has_its_headline(run, here):
    """The first line of a text that stands alone; coarse maps keep it to themselves."""
    (here / "plain.txt").write_text(f"Plane leaves <Baku>\n\n{TEXT}", encoding="utf-8")
    run("map", "plain.txt")
    assert title_of(here / "plain.html") == "Plane leaves &lt;Baku&gt;"
    run("map", "plain.txt", "--coarsen", "50", "-o", "coarse.html")
    assert title_of(here / "coarse.html") == "Map"


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_a_table_of_one_article_has_its_title(run, here, suffix):
    """What extract writes still knows the article's title."""
    (here / "page.html").write_text(PAGE.format(TEXT), encoding="utf-8")
    run("extract", "page.html", "-o", f"table.{suffix}")
    run("map", f"table.{suffix}")
    assert title_of(here / "table.html") == "A ship &lt;sinks&gt;"


def test_without_one_title_the_page_has_the_file_s_name(run, article, here):
    """An article that states none, and articles with a title each, have their input's name."""
    lines = [{"id": n, "title": f"Title {n}", "text": TEXT} for n in ("a", "b")]
    (here / "two.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    untitled = {"id": "x", "text": TEXT}
    (here / "none.jsonl").write_text(json.dumps(untitled), encoding="utf-8")
    for name in (article, "two.jsonl", "none.jsonl"):
        run("map", name)
    titles = [title_of(here / f"{stem}.html") for stem in ("flight", "two", "none")]
    assert titles == ["flight", "two", "none"]


def test_articles_and_a_layer_that_states_none_have_the_file_s_name(run, here):
    """The title of one of several sources is not that of the whole map."""
    (here / "page.html").write_text(PAGE.format(TEXT), encoding="utf-8")
    layer = gpd.GeoDataFrame({"type": ["hazard.flood"]}, geometry=[Point(33.8, 29.5)], crs=4326)
    layer.to_file(here / "hand.geojson")
    run("map", "hand.geojson", "page.html")
    run("map", "hand.geojson", "page.html", "-o", "both.html")
    assert [title_of(here / f"{stem}.html") for stem in ("hand", "both")] == ["hand", "both"]


def test_a_text_from_standard_input_is_called_a_map(spawn):
    """A stream has no name: the page is called by the page's own word for a map."""
    ended = spawn("map", "-", stdin=TEXT)
    assert ended.code == 0
    assert TITLE.search(ended.out)[1] == "Map"


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "jsonl"])
def test_a_table_that_was_written_can_be_drawn(run, article, carried, suffix):
    """What extract writes, map reads, without reading the article again."""
    run("extract", article, "-o", f"e.{suffix}")
    ended = run("map", f"e.{suffix}", "-o", "e.html")
    assert ended.code == 0
    assert "flew from Baku to Tbilisi" in carried(article.parent / "e.html")[2]


def test_events_of_lines_are_drawn_as_they_are(run, here):
    """Events that a line brings along are not extracted anew, and a note says so."""
    event = {"type": "hazard.flood", "trigger": {"start": 0, "end": 5}, "places": []}
    line = {"id": "x", "text": "Water everywhere.", "events": [event]}
    (here / "x.jsonl").write_text(json.dumps(line), encoding="utf-8")
    ended = run("map", "x.jsonl")
    assert ended.code == 0
    assert "brought their events along: 1" in ended.err


def test_articles_and_tables_share_a_map(run, article, here, carried):
    """A layer drawn by hand and an article come on one page."""
    layer = gpd.GeoDataFrame(
        {"type": ["hazard.flood"], "place": ["Sinai by hand"]},
        geometry=[Point(33.8, 29.5)],
        crs=4326,
    )
    layer.to_file(here / "hand.geojson")
    assert run("map", article, "hand.geojson", "-o", "both.html").code == 0
    events = carried(here / "both.html")[1]
    assert "Sinai by hand" in events
    assert "Tbilisi" in events


def test_a_text_without_places_makes_a_map_and_a_note(run, here):
    """Nothing to show is no error, but it is said."""
    (here / "a.txt").write_text("Nothing happened and nobody came.", encoding="utf-8")
    ended = run("map", "a.txt")
    assert ended.code == 0
    assert "Note: No place was found in 'a'." in ended.err
    assert (here / "a.html").exists()


def test_a_layer_that_is_no_event_table_is_refused(run, here):
    """One sentence, and no page."""
    gpd.GeoDataFrame({"n": [1]}, geometry=[Point(0, 0)], crs=4326).to_file(here / "x.geojson")
    ended = run("map", "x.geojson")
    assert ended.code == 1
    assert "no layer has a column 'type'" in ended.err
    assert not (here / "x.html").exists()


@pytest.mark.usefixtures("article")
def test_the_map_of_the_folder_one_stands_in_has_its_name(run, here):
    """The sign for it is no name."""
    ended = run("map", ".")
    assert ended.code == 0
    assert (here / f"{here.name}.html").exists()
    assert not (here / ".html").exists()


def test_a_picture_needs_a_browser_and_says_so_at_once(run, article, here, monkeypatch):
    """Nothing is read or written without one."""
    monkeypatch.setenv("GEOEVENTS_CHROMIUM", str(here / "none"))
    ended = run("map", article, "-o", "map.png")
    assert ended.code == 1
    assert ended.err.startswith("Error: A picture of a map needs Chromium or Chrome, and ")
    assert "write an .html page" in ended.err
    assert not (here / "map.png").exists()


def test_a_browser_that_ends_without_a_picture_is_told(run, article, here, monkeypatch):
    """What stood there stays."""
    browser = here / "browser"
    browser.write_text("#!/bin/sh\necho no display >&2\nexit 3\n", encoding="utf-8")
    browser.chmod(0o755)
    (here / "map.png").write_bytes(b"old")
    monkeypatch.setenv("GEOEVENTS_CHROMIUM", str(browser))
    ended = run("map", article, "-o", "map.png", "--overwrite")
    assert ended.code == 1
    assert "took no picture of the map (no display)" in ended.err
    assert (here / "map.png").read_bytes() == b"old"


def test_tiles_of_the_network_are_asked_for_by_name_and_said(run, article):
    """The page allows their servers, and the command says who asks whom, and where it fails."""
    ended = run("map", article, "--tiles", "openstreetmap.mapnik")
    assert ended.code == 0
    assert "Whoever opens the page asks https://tile.openstreetmap.org for parts" in ended.err
    assert "do not show on a page opened from a disk" in ended.err
    page = (article.parent / "flight.html").read_text(encoding="utf-8")
    assert "img-src data: https://tile.openstreetmap.org;" in page


def test_tiles_that_nobody_serves_end_the_work_before_it_begins(run, article):
    """One sentence says what to name instead."""
    ended = run("map", article, "--tiles", "Nowhere")
    assert ended.code == 1
    assert ended.err.startswith("Error: No tiles can be had from 'Nowhere'")
    assert not (article.parent / "flight.html").exists()


def test_libraries_may_come_from_a_network(run, article):
    """The page then names their files and hashes instead of carrying them."""
    ended = run("map", article, "--cdn")
    assert "asks https://cdn.jsdelivr.net/npm/ for parts of it" in ended.err
    page = (article.parent / "flight.html").read_text(encoding="utf-8")
    assert page.count('integrity="sha384-') == 2
