"""What a reader corrects on the map, saves to a file, and loads again; by real clicks and keys."""

import csv
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely import LineString, Point

from gazetteer import Gazetteer
from geoevents.corrections import correct_table, locate, read_corrections

expect = pytest.importorskip("playwright.sync_api").expect

SENTENCE = "A flight from Odessa to Alexandria landed. 🛬 Clashes went on in Tripoli."
PHONE = {"width": 360, "height": 740}
ENTRIES = ".ge-entries button"
TRIES = 5
ODESSA, ALEXANDRIA, TRIPOLI = (30.74, 46.49), (29.92, 31.2), (13.19, 32.89)
VIRGINIA = "geonames:4744091"
RUNNERS_UP = [
    {"place_id": VIRGINIA, "name": "Alexandria", "country": "US", "lat": 38.80484,
     "lon": -77.04692, "score": 0.08},
    {"place_id": "iso:EG-ALX", "kind": "admin1", "name": "Alexandria", "country": "EG", "lat": 30.8,
     "lon": 29.8},
]  # fmt: skip


def span(words: str) -> tuple[int, int]:
    """Return where words stand in the sentence."""
    start = SENTENCE.index(words)
    return start, start + len(words)


def row(
    event: str, type_: str, trigger: str, role: str, place: str, **cells: Any
) -> dict[str, Any]:
    """Return a row of the event table."""
    named = span(place) if place in SENTENCE else (None, None)
    return {
        "event_id": event, "doc_id": "news", "type": type_, "role": role, "place": place,
        "evidence": SENTENCE, "trigger_start": span(trigger)[0], "trigger_end": span(trigger)[1],
        "place_start": named[0], "place_end": named[1], "lang": "en", "score": 0.7,
        "geometry_basis": "stated", **cells,
    }  # fmt: skip


@pytest.fixture
def told() -> gpd.GeoDataFrame:
    """Return a flight with its route and ends, and clashes."""
    flight = ("e1", "movement.flight", "landed")
    rows = [
        row(*flight, "route", "Odessa – Alexandria", geometry=LineString([ODESSA, ALEXANDRIA]))
        | {"geometry_basis": "inferred"},
        row(*flight, "origin", "Odessa", geometry=Point(ODESSA), place_id="geonames:698740"),
        row(*flight, "destination", "Alexandria", geometry=Point(ALEXANDRIA),
            place_id="geonames:361058", alternatives=json.dumps(RUNNERS_UP)),
        row("e2", "violence.armed_clash", "Clashes", "location", "Tripoli",
            geometry=Point(TRIPOLI), place_id="geonames:2210247"),
    ]  # fmt: skip
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def open_form(opened: Any, event: str, number: int = 0) -> Any:
    """Open an event's popup and the form under one of its places; return the form's box."""
    box = opened.page.locator(".ge-popup .ge-correct").nth(number)
    for _ in range(TRIES):  # the list may be drawn anew under a click, which is lost then
        opened.page.locator(ENTRIES, has_text=event).click()
        opened.page.wait_for_timeout(500)
        if box.is_visible():
            break
    box.locator("summary").click()
    form = box.locator(".ge-correct-at")
    if not form.is_visible():  # the popup came anew, with the details, between the two clicks
        opened.page.wait_for_timeout(500)
        if not form.is_visible():
            box.locator("summary").click()
    form.wait_for()
    return box


def save(opened: Any, path: Path) -> Any:
    """Save the corrections as a reader does, and return what the file holds."""
    if opened.page.locator("#ge-corrections").is_hidden():
        opened.page.locator("#ge-correct").click()
    with opened.page.expect_download() as download:
        opened.page.locator(".ge-correct-save").click()
    assert download.value.suggested_filename == "corrections.json"
    download.value.save_as(path)
    opened.requests[:] = [one for one in opened.requests if not one.startswith("blob:")]
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_division_of_a_citys_name_is_told_as_one(
    show: Callable[..., Any], told: gpd.GeoDataFrame
) -> None:
    """In the popup and in the choice; a runner-up whose kind is unknown has none."""
    opened = show(told, title="News")
    box = open_form(opened, "Flight", 1)
    choices = box.locator(".ge-correct-other").all_inner_texts()
    assert choices[1].startswith("Alexandria (Egypt) · first-level division")
    assert choices[0].startswith("Alexandria (United States) · 8%")
    expect(opened.page.locator(".ge-popup")).to_contain_text(
        "Alexandria (first-level division · Egypt)"
    )


def test_a_runner_up_is_picked_and_saved(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """The file leads the command line to the same place of the same event."""
    opened = show(told, title="News")
    box = open_form(opened, "Flight", 1)
    box.get_by_role("button", name="Alexandria (United States)").click()
    expect(box).to_contain_text("Corrected to Alexandria (United States)")
    expect(opened.page.locator(".ge-correct-count")).to_have_text("1")
    saved = save(opened, tmp_path / "c.json")
    (one,) = saved["corrections"]
    assert one["event"]["trigger"] == {"start": 35, "end": 41, "text": "landed"}
    assert one["place"]["place_id"] == "geonames:361058"
    assert one["to"]["place_id"] == VIRGINIA
    known = locate(read_corrections(tmp_path / "c.json"), gazetteer)
    table, outcome = correct_table(told, known, gazetteer=gazetteer)
    assert outcome.done == {0}
    assert table[table["role"] == "destination"]["place_id"].tolist() == [VIRGINIA]
    opened.check()


def test_a_place_is_marked_as_wrong(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    """Its trigger stands behind a character outside of the basic plane: offsets are code points."""
    opened = show(told)
    box = open_form(opened, "Armed clash")
    box.locator("input[type=text]").last.fill("it says nothing of Libya")
    box.locator(".ge-correct-wrong").click()
    (one,) = save(opened, tmp_path / "c.json")["corrections"]
    assert (one["action"], one["to"]) == ("wrong", None)
    assert one["note"] == "it says nothing of Libya"
    assert one["event"]["trigger"]["text"] == "Clashes"
    assert (one["place"]["start"], one["place"]["end"]) == span("Tripoli")
    known = locate(read_corrections(tmp_path / "c.json"), gazetteer)
    table, _ = correct_table(told, known, gazetteer=gazetteer)
    assert table.geometry.isna().tolist() == [False, False, False, True]
    opened.check()


def test_a_point_is_clicked_on_the_map(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """Markers under the click are not opened; the point has no more digits than the zoom gives."""
    opened = show(told)
    open_form(opened, "Flight", 1).locator(".ge-correct-pick").click()
    expect(opened.page.locator(".ge-picking")).to_contain_text(
        "Click the right place of Alexandria"
    )
    marker = opened.page.locator(".ge-marker[aria-label^='Tripoli']").bounding_box()
    opened.page.mouse.click(marker["x"] + marker["width"] / 2, marker["y"] + marker["height"] / 2)
    expect(opened.page.locator(".ge-popup")).to_have_count(0)
    expect(opened.page.locator(".ge-picking")).to_have_count(0)
    expect(opened.page.locator("path.ge-corrected")).to_have_count(1)
    to = save(opened, tmp_path / "c.json")["corrections"][0]["to"]
    assert (to["lon"], to["lat"]) == pytest.approx(TRIPOLI, abs=0.5)
    assert round(to["lat"], 2) == to["lat"]
    assert to["uncertainty_km"] > 1
    opened.check()


def test_picking_ends_with_escape(show: Callable[..., Any], told: gpd.GeoDataFrame) -> None:
    """And a drag of the map is no click."""
    opened = show(told)
    open_form(opened, "Flight", 1).locator(".ge-correct-pick").click()
    opened.page.mouse.move(600, 400)
    opened.page.mouse.down()
    opened.page.mouse.move(660, 440, steps=4)
    opened.page.mouse.up()
    expect(opened.page.locator(".ge-picking")).to_have_count(1)
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator(".ge-picking")).to_have_count(0)
    expect(opened.page.locator(".ge-correct-count")).to_be_hidden()
    assert opened.page.evaluate("document.activeElement.id") == "ge-correct"
    opened.check()


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("48.85, 2.35", (48.85, 2.35)),
        ("-33.9 151.2", (-33.9, 151.2)),
        ("٤٨٫٨٥، ٢٫٣٥", (48.85, 2.35)),
        ("91, 0", None),
        ("somewhere", None),
    ],
)
def test_a_point_is_typed(
    show: Callable[..., Any],
    told: gpd.GeoDataFrame,
    tmp_path: Path,
    words: str,
    point: tuple[float, float] | None,
) -> None:
    """With the keyboard alone; what is no point is told in a sentence."""
    opened = show(told)
    box = open_form(opened, "Armed clash")
    box.locator(".ge-correct-at").fill(words)
    opened.page.keyboard.press("Enter")
    if point is None:
        expect(box.locator(".ge-correct-why")).to_contain_text("Write latitude and longitude")
        expect(opened.page.locator(".ge-correct-count")).to_be_hidden()
    else:
        to = save(opened, tmp_path / "c.json")["corrections"][0]["to"]
        assert (to["lat"], to["lon"]) == point
    opened.check()


def test_corrections_are_listed_and_undone(
    show: Callable[..., Any], told: gpd.GeoDataFrame
) -> None:
    """From the list and from the popup."""
    opened = show(told)
    open_form(opened, "Flight", 1).locator(".ge-correct-other").first.click()
    open_form(opened, "Armed clash").locator(".ge-correct-wrong").click()
    expect(opened.page.locator(".ge-correct-count")).to_have_text("2")
    opened.page.locator("#ge-correct").click()
    entries = opened.page.locator("#ge-corrections li")
    expect(entries).to_have_count(2)
    entries.nth(0).locator(".ge-correct-undo").click()
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Tripoli")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#ge-corrections")).to_be_hidden()
    opened.page.locator(".ge-popup .ge-correct-said button").click()
    expect(opened.page.locator(".ge-correct-count")).to_be_hidden()
    opened.check()


def test_a_saved_file_is_loaded_again(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """Into a fresh page, whose popup then tells it."""
    first = show(told)
    open_form(first, "Flight", 1).locator(".ge-correct-other").first.click()
    saved = save(first, tmp_path / "c.json")
    second = show(told)
    second.page.locator("#ge-correct").click()
    second.page.locator("#ge-corrections input[type=file]").set_input_files(tmp_path / "c.json")
    second.page.wait_for_selector("#ge-corrections li")
    assert save(second, tmp_path / "d.json")["corrections"] == saved["corrections"]
    second.page.locator("#ge-corrections header button").click()
    second.page.locator(ENTRIES, has_text="Flight").click()
    expect(second.page.locator(".ge-popup")).to_contain_text("Corrected to Alexandria")
    second.check()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"geoevents_corrections": {"schema_version": 2}, "corrections": []}',
        '{"geoevents_corrections": {"schema_version": 1}, "corrections": [{"action": "wrong"}]}',
    ],
)
def test_another_file_is_refused(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path, content: str
) -> None:
    """One sentence, and nothing is taken from it."""
    (tmp_path / "c.json").write_text(content, encoding="utf-8")
    opened = show(told)
    opened.page.locator("#ge-correct").click()
    opened.page.locator("#ge-corrections input[type=file]").set_input_files(tmp_path / "c.json")
    why = opened.page.locator("#ge-corrections .ge-correct-why")
    why.filter(has_text="holds no corrections").wait_for()
    expect(opened.page.locator("#ge-corrections li")).to_have_count(0)
    opened.check()


NAMES = ["it's; rm -rf ~", "$(id)`id`", "-x\u202eab\nc", "<b>قره باغ</b>"]


@pytest.mark.parametrize("name", NAMES)
def test_the_command_for_good_is_safe_in_a_shell(
    show: Callable[..., Any], told: gpd.GeoDataFrame, name: str
) -> None:
    """One line, in which the name is one word after the options, whatever it holds."""
    hostile = told.assign(
        place=[name if role == "destination" else place
               for role, place in zip(told["role"], told["place"], strict=True)]
    )  # fmt: skip
    opened = show(hostile)
    open_form(opened, "Flight", 1).locator(".ge-correct-other").first.click()
    opened.page.locator("#ge-correct").click()
    opened.page.locator(".ge-forgood summary").click()
    command = opened.text(".ge-forgood pre")
    plain = " ".join(name.replace("\u202e", " ").split())
    assert "\n" not in command
    assert shlex.split(command) == [
        "geoevents", "gazetteer", "fix", "--to", VIRGINIA, "--lang", "en", "--", plain,
    ]  # fmt: skip
    opened.check()


def test_the_command_for_a_point_is_safe_too(
    show: Callable[..., Any], told: gpd.GeoDataFrame
) -> None:
    """It writes a table of one place, whose name is one cell."""
    name = 'Odessa\'s "new", airport'
    opened = show(told.assign(place=[name] * len(told)))
    open_form(opened, "Armed clash").locator(".ge-correct-at").fill("48.85, 2.35")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#ge-correct").click()
    opened.page.locator(".ge-forgood summary").click()
    words = shlex.split(opened.text(".ge-forgood pre"))
    assert words[:3] == ["printf", r"%s\n", "name,lat,lon,uncertainty_km"]
    assert next(csv.reader([words[3]])) == [name, "48.85", "2.35", "0.56"]
    assert words[4:] == ["|", "geoevents", "gazetteer", "add", "-"]
    opened.check()


def test_hostile_corrections_are_text(
    show: Callable[..., Any], told: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """A loaded file is from outside, too."""
    text = '<img src=x onerror="alert(1)">'
    one = {
        "event": {"type": text, "doc_id": text},
        "place": {"role": text, "text": text},
        "action": "place",
        "to": {"name": text, "country": text, "place_id": text, "lat": 1, "lon": 2},
        "note": text,
        "__proto__": {"polluted": True},
    }
    head = {"geoevents_corrections": {"schema_version": 1}, "corrections": [one]}
    (tmp_path / "c.json").write_text(json.dumps(head), encoding="utf-8")
    opened = show(told)
    opened.page.locator("#ge-correct").click()
    opened.page.locator("#ge-corrections input[type=file]").set_input_files(tmp_path / "c.json")
    opened.page.wait_for_selector("#ge-corrections li")
    assert opened.text("#ge-corrections li").count(text) >= 3
    expect(opened.page.locator("#ge-corrections img")).to_have_count(0)
    assert opened.page.evaluate("({}).polluted") is None
    opened.check()


def test_it_fits_a_phone_and_reads_from_right_to_left(
    show: Callable[..., Any], told: gpd.GeoDataFrame
) -> None:
    """The list of corrections stays inside the screen, with the words of the language."""
    opened = show(told, lang="ar", screen=PHONE)
    open_form(opened, "رحلة جوية").locator(".ge-correct-wrong").click()
    opened.page.locator("#ge-correct").click()
    panel = opened.page.locator("#ge-corrections")
    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    expect(panel).to_contain_text("التصحيحات")
    opened.check()


@pytest.mark.parametrize(("grain", "words"), [(25.0, "about 25 km"), ("adm1", "first-level")])
def test_a_coarse_map_says_so_and_takes_no_corrections(
    show: Callable[..., Any], told: gpd.GeoDataFrame, grain: float | str, words: str
) -> None:
    """In the legend, in the reader's language."""
    opened = show(told, coarsened=grain)
    expect(opened.page.locator("#ge-legend .ge-coarsened")).to_contain_text(words)
    expect(opened.page.locator("#ge-correct")).to_have_count(0)
    opened.page.locator(ENTRIES).first.click()
    opened.page.wait_for_selector(".ge-popup article")
    expect(opened.page.locator(".ge-popup .ge-correct")).to_have_count(0)
    opened.check()
