"""Text from outside is shown as it is written, wherever it can stand, and never runs.

Hostile texts, one list of them, stand in every cell of every table that a map is made of, in its
title, language, tiles, address and corrections. A walker presses what there is to press and looks
at every text node and attribute after each step: a column or control added later is looked at too.
"""

import html
import json
import re
import runpy
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

import maps
from gazetteer import Gazetteer
from geoevents.corrections import read_corrections
from geoevents.evaluate import error_page, evaluate
from geoevents.explain import explain_page
from maps.errors import BadValueError

FOLDER = Path(__file__).parent
TABLES = runpy.run_path(str(FOLDER / "hostile_tables.py"))
WALKER = (FOLDER / "hostile_walk.js").read_text(encoding="utf-8")
TEXTS = TABLES["texts"]()
ALL = " ".join(text for _, text in TEXTS)
Marked, bare, whole = TABLES["Marked"], TABLES["bare"], TABLES["whole"]

#: What the page shows of the event table, of places and areas, wherever that is.
SHOWN = {
    "actors", "alternatives.name", "alternatives.country", "aspect", "dispute",
    "casualties.text", "country", "doc_id", "evidence", "label", "money", "place", "place_id",
    "places.country", "places.name", "places.place_id", "role", "source", "source_title", "status",
    "styles.label", "targets", "time_text", "viewpoint",
}  # fmt: skip
#: Rows of the table per text.
PER_TEXT = len(list(TABLES["shapes"](0)))
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
#: No message of an error is longer.
LINE = 200
#: What would break a line of a terminal, or turn it round.
UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
SPACE = " \ufeff"
#: Characters of the longest search that gets into an address.
LONGEST = 8000
FILTERS = ("family", "type", "status", "actor", "country", "source")
#: Addresses that are broken, foreign or meant to be taken for parts of a program.
ADDRESSES = (
    "#%", "#text=%E0%A4%A", "#text=%00%0A%1B", "#event=1e999&map=1/2/3/4", "#event=-1", "#=&&==",
    "#map=NaN/Infinity/__proto__", "#time=9999999..-1", "#time=0000-00-00..9999-99-99", "#?#",
    "#off=__proto__,constructor&actor=__proto__&theme=constructor&calendar=__proto__&text=toString",
    "#confidence=1e2&undated=constructor", "#__proto__=1&constructor=2", f"#text={'x' * 20_000}",
)  # fmt: skip


@pytest.fixture(scope="module")
def marked() -> Any:
    """Mark every text that goes into the maps of this module."""
    return Marked()


@pytest.fixture(scope="module")
def table(marked: Any) -> gpd.GeoDataFrame:
    """Return a table that is hostile in every cell."""
    return TABLES["events"](marked)


@pytest.fixture
def walk(marked: Any) -> Iterator[Callable[..., set[int]]]:
    """Walk over a page by some steps; nothing may have gone wrong; return what was seen."""

    def walked(page: Any, *steps: str) -> set[int]:
        # As one text: many numbers on their own take Playwright long.
        held = json.dumps(marked.as_json())
        page.evaluate(f"held => {{ window.walker = ({WALKER})(JSON.parse(held)); }}", held)
        for step in ("walk()", *steps, "walk()"):
            page.evaluate(f"() => window.walker.{step}")
        report = page.evaluate("() => window.walker.report()")
        assert not report["problems"], "\n".join(report["problems"])
        return set(report["seen"])

    return walked


def assert_all_seen(marked: Any, name: str, seen: set[int]) -> None:
    """Fail if one of the texts that were put into a place was not seen in it."""
    numbers = marked.numbers(name)
    texts = {marked.held[number] for number in numbers}
    unseen = texts - {marked.held[number] for number in numbers & seen}
    assert [list(marked.texts)[one][:40] for one in unseen] == [], name


def parsed(text: str) -> str:
    """Return a text as HTML can hold it: no NUL, and one kind of line end."""
    return re.sub("\r\n?", "\n", whole(text).replace("\0", "\ufffd"))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_cell_reads_as_written_and_nothing_runs(
    show: Callable[..., Any],
    walk: Callable[..., set[int]],
    marked: Any,
    table: gpd.GeoDataFrame,
    lang: str,
) -> None:
    """On the map, beside it, in popups, tips, lists, chips, legend and what is read out."""
    title = marked(ALL, "title")
    keys = TABLES["styles"](marked)
    opened = show(
        table,
        places=TABLES["places"](marked),
        title=title,
        lang=lang,
        styles=keys,
        type_styles=dict(
            zip(table["type"], (key for key in keys for _ in range(PER_TEXT)), strict=True)
        ),
        choropleth="adm1",
        areas=TABLES["areas"](table, marked),
    )
    assert opened.page.locator("head title").text_content() == parsed(title)
    assert opened.page.locator("#ge-title").text_content() == whole(title)
    seen = walk(opened.page, "openAll()", "pointAtAll(60)", "pressAll()")
    for name in sorted(SHOWN):
        assert_all_seen(marked, name, seen)
    # The list of divisions is long, and shows its first ones.
    assert marked.numbers("areas.name") & seen
    opened.check()


def test_bare_texts_are_keys_of_nothing(
    show: Callable[..., Any], walk: Callable[..., set[int]]
) -> None:
    """Names of an object's own parts, numbers and the like are text as well, in every column."""
    table = TABLES["events"](bare)
    opened = show(
        table,
        places=TABLES["places"](bare),
        title=ALL,
        lang=ALL,
        choropleth="adm1",
        areas=TABLES["areas"](table, bare),
    )
    page = opened.page
    lang, title = page.evaluate("[document.documentElement.lang, document.title]")
    assert (lang, bool(title)) == (parsed(ALL), True)
    assert page.locator("#ge-title").text_content() == whole(ALL)
    walk(page, "pressAll()")
    known = page.evaluate("() => window.geoevents.store.values")
    texts = {whole(text) for _, text in TEXTS}
    for dictionary in (
        "actor",
        "place",
        "status",
        "aspect",
        "precision",
        "country",
        "role",
        "lang",
    ):
        assert texts <= set(known[dictionary]), dictionary
    page.evaluate("() => window.geoevents.filter.reset()")
    page.evaluate("() => window.geoevents.format.setCalendar('persian')")
    walk(page, "openAll()")
    opened.check()


def test_what_is_searched_and_filtered_by_comes_back_from_the_address(
    show: Callable[..., Any], walk: Callable[..., set[int]], marked: Any, table: gpd.GeoDataFrame
) -> None:
    """Chips and the line on paper read as written; a link leads to the same filters."""
    opened = show(table.iloc[::PER_TEXT])
    page = opened.page
    walk(page)
    seen = set()
    for start in range(0, len(TEXTS), 6):
        page.evaluate(
            """([names, start]) => {
              const codes = [0, 1, 2, 3, 4, 5].map((one) => start + one);
              const known = (name) => codes.filter((code) => code < ge.store.values[name].length);
              const { geoevents: ge } = window;
              ge.filter.assign(Object.fromEntries(names.map((name) => [name, known(name)])));
              dispatchEvent(new Event("beforeprint"));
              window.walker.walk();
              dispatchEvent(new Event("afterprint"));
            }""",
            [FILTERS, start],
        )
        chips = page.locator(".ge-chip-value").all_text_contents()
        seen.update(chips)
    for name in ("actors", "status", "country", "source"):
        assert {marked.value(number) for number in marked.numbers(name)} & seen, name
    page.evaluate("() => window.geoevents.filter.reset()")
    for _, text in TEXTS:
        found = page.evaluate(
            """async (text) => {
              const { geoevents: ge } = window;
              const box = document.getElementById("ge-search");
              box.value = text;
              box.dispatchEvent(new Event("input"));
              box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
              const asked = ge.filter.get("text");
              document.getElementById("ge-link").click();
              const address = location.hash;
              ge.filter.reset();
              location.hash = "";
              await new Promise((go) => addEventListener("hashchange", go, { once: true }));
              if (address) {
                location.hash = address;
                await new Promise((go) => addEventListener("hashchange", go, { once: true }));
              }
              window.walker.walk(document.querySelector("header"));
              return [asked, ge.filter.get("text"), ge.filter.count, address];
            }""",
            " ".join(whole(text).split("\n")).replace("\r", " "),
        )
        asked, again, count, address = found
        # What is too long for an address that is passed on is left out of it.
        fits = len(asked) < LONGEST
        assert ("text=" in address) == fits, text[:40]
        assert again == (asked if fits else ""), text[:40]
        assert count > 0, text[:40]
    walk(page)
    opened.check()


def test_a_broken_or_hostile_address_is_passed_over(
    show: Callable[..., Any], walk: Callable[..., set[int]]
) -> None:
    """The page shows what it shows without one; nothing of it runs."""
    opened = show(TABLES["events"](bare).iloc[:40], title="Map")
    keys = ("map", "time", "undated", "text", "off", "confidence", "theme", "calendar", "event")
    hashes = [
        *ADDRESSES,
        *("#" + "&".join(f"{key}={text}" for key in (*keys, *FILTERS)) for _, text in TEXTS),
    ]
    for address in hashes:
        opened.page.evaluate("hash => { location.hash = hash; }", whole(address))
        opened.page.evaluate("() => new Promise((go) => setTimeout(go))")
    walk(opened.page)
    opened.page.evaluate("() => { location.hash = '#theme=light'; }")
    opened.page.wait_for_function("Object.keys(window.geoevents.filter.state()).length === 0")
    assert opened.page.evaluate("() => window.geoevents.filter.count") > 0
    opened.check()


def loaded(opened: Any, file: dict[str, Any]) -> Any:
    """Load a file of corrections as a reader does; return its entries on the page."""
    page = opened.page
    page.locator("#ge-correct").click()
    data = {"name": "<b>.json", "mimeType": "application/json", "buffer": json.dumps(file).encode()}
    page.locator("#ge-corrections input[type=file]").set_input_files(data)
    entries = page.locator("#ge-corrections > ol > li:not(.ge-rest)")
    entries.first.wait_for()
    return entries


def saved(opened: Any, path: Path) -> Any:
    """Save the corrections as a reader does; return what the file holds."""
    with opened.page.expect_download() as download:
        opened.page.locator(".ge-correct-save").click()
    assert download.value.suggested_filename == "corrections.json"
    download.value.save_as(path)
    opened.requests[:] = [one for one in opened.requests if not one.startswith("blob:")]
    return json.loads(path.read_bytes())


def test_a_hostile_file_of_corrections_is_only_text(
    show: Callable[..., Any], walk: Callable[..., set[int]], marked: Any, tmp_path: Path
) -> None:
    """It reads as written, and is saved as it was, without what means nothing in it."""
    file = TABLES["corrections"](marked)
    opened = show(TABLES["events"](bare).iloc[:40], title=ALL)
    entries = loaded(opened, file)
    assert entries.count() == len(file["corrections"])
    content = saved(opened, tmp_path / "c.json")
    known = [
        {key: cell for key, cell in one.items() if key not in TABLES["KEYS"]}
        for one in file["corrections"]
    ]
    assert content["corrections"] == known
    assert content["title"] == whole(ALL)
    seen = walk(opened.page, "pressAll()")
    for name in ("text", "type", "to.name", "to.country", "note"):
        assert_all_seen(marked, f"corrections.{name}", seen)
    opened.check()


def test_commands_for_good_do_nothing_else_in_a_shell(
    show: Callable[..., Any], tmp_path: Path
) -> None:
    """Each gives the name to one program as one word, control and direction marks aside."""
    file = TABLES["corrections"](bare)
    for one in file["corrections"]:
        one["to"] = one["to"] and {**one["to"], "country": None}
    opened = show(TABLES["events"](bare).iloc[:40])
    entries = loaded(opened, file)
    commands = entries.locator(".ge-forgood pre").all_text_contents()
    assert len(commands) == len(TABLES["TARGETS"]) * len(TEXTS)
    program = 'geoevents() { test "$2" = add && cat || printf "%s\\n" "$4" "${@: -1}"; }'
    done = subprocess.run(
        ["bash", "-c", "\n".join(map(whole, [program, *commands]))],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    lines = [UNSEEN.sub(" ", whole(text)).strip(SPACE) for _, text in TEXTS]
    cells = [line.replace('"', '""') for line in lines]
    expected = [
        f'{line}\n{line}\nname,lat,lon,uncertainty_km\n"{cell}",40.5,20.25,0.56\n'
        for line, cell in zip(lines, cells, strict=True)
    ]
    assert done.stdout.decode() == "".join(expected)
    assert (done.stderr, list(tmp_path.glob("hostile*"))) == (b"", [])
    saved(opened, tmp_path / "c.json")
    assert len(read_corrections(tmp_path / "c.json")) == len(file["corrections"])
    opened.check()


def test_credits_of_tiles_are_only_text(show: Callable[..., Any], marked: Any) -> None:
    """A provider writes them in markup, of which text and links to pages are left."""
    escaped = "".join(f"<i>{html.escape(marked(text, 'tiles'))}</i>" for _, text in TEXTS)
    said = "".join(text for _, text in TEXTS) + f"<hr>{escaped}"
    opened = show(TABLES["events"](bare).iloc[:8], tiles={"url": TILES, "attribution": said})
    shown = set(opened.page.locator("#ge-credits bdi").all_text_contents())
    assert {marked.value(number) for number in marked.numbers("tiles")} <= shown
    assert opened.page.locator("#ge-credits :not(a, bdi)").count() == 0
    assert {one.split("/")[2] for one in opened.requests} == {"tiles.example.org"}
    assert all("ERR_INTERNET_DISCONNECTED" in one for one in opened.errors)
    assert opened.dialogs == []


def test_an_explained_article_is_only_text(
    visit: Callable[..., Any], walk: Callable[..., set[int]], marked: Any, gazetteer: Gazetteer
) -> None:
    """Its text, what was found in it, and the reasons read as written."""
    document = TABLES["article"](marked)
    opened = visit(explain_page(document, gazetteer), "body[data-ready]")
    page = opened.page
    assert page.locator("head title").text_content() == parsed(document.article.title)
    assert page.locator("#ev-title").text_content() == whole(document.article.title)
    seen = walk(page, "pressAll()")
    for name in ("time", "who", "name"):
        assert_all_seen(marked, f"article.{name}", seen)
    opened.check()


def test_a_page_of_mistakes_is_only_text(
    visit: Callable[..., Any], walk: Callable[..., set[int]], marked: Any
) -> None:
    """Texts, names and ids of gold and of answers read as written, in the list and on the map."""
    pairs = TABLES["mistakes"](marked)
    page = error_page(evaluate(pairs, replicates=0), title=marked(ALL, "title"))
    opened = visit(page, "body[data-basemap='ready']")
    opened.page.locator("#ev-list summary").evaluate_all("all => all.forEach((e) => e.click())")
    seen = walk(opened.page, "settle()", "pressAll()")
    for name in ("sentence", "name", "answer", "id"):
        assert_all_seen(marked, f"mistakes.{name}", seen)
    opened.check()


REFUSED = [one for one in TABLES["COLUMNS"] if one["dtype"] != "string"]


@pytest.mark.parametrize("column", REFUSED, ids=lambda column: column["name"])
def test_text_in_a_column_of_numbers_or_times_is_refused_in_a_sentence(
    column: dict[str, Any],
) -> None:
    """The column is named, and no more of the text is repeated than fits a line."""
    for _, text in TEXTS:
        cell = [[text]] if column["dtype"] != "json" else f"{text}{{"
        events = gpd.GeoDataFrame(
            {"type": ["diplomacy.visit"], column["name"]: [cell]},
            geometry=[Point(20, 40)],
            crs="EPSG:4326",
        )
        with pytest.raises(BadValueError) as caught:
            maps.draw(events)
        said = str(caught.value)
        assert column["name"] in said
        assert (said.isprintable(), len(said) < LINE) == (True, True)


def test_a_title_of_ten_thousand_characters_keeps_the_layout(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """It is cut off in the bar and does not push the map off the screen."""
    opened = show(news, title="word " * 2000)
    assert opened.page.locator(".ge-bar").bounding_box()["height"] < 60
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_an_override_in_a_name_turns_nothing_after_it_round(show: Callable[..., Any]) -> None:
    """What stands behind the name on the same line stays behind it on the screen."""
    events = gpd.GeoDataFrame(
        {
            "event_id": ["1", "1"],
            "type": ["movement.flight"] * 2,
            "role": ["origin", "destination"],
            "place": ["abc\u202edef", "Baku"],
        },
        geometry=[Point(20, 40), Point(49.87, 40.41)],
        crs="EPSG:4326",
    )
    names = show(events).page.locator(".ge-entries .ge-where bdi")
    assert names.all_text_contents() == ["abc\u202edef", "Baku"]
    first, second = (names.nth(number).bounding_box() for number in (0, 1))
    assert first["x"] + first["width"] < second["x"]
    assert first["y"] == pytest.approx(second["y"], abs=2)
