"""The page speaks the reader's language: plural forms, names on the map, direction."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from maps import words

WORDS = runpy.run_path(str(Path(__file__).parents[1] / "maps" / "test_words.py"))
PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
DESKTOP = {"width": 1280, "height": 800}
PHONES = [{"width": 390, "height": 844}, {"width": 360, "height": 740}]
#: As far as a tip may stand from what it belongs to.
NEAR = 20


def probe(page: Any, name: str, *values: Any) -> Any:
    """Measure something in the page, see ``probes.js``."""
    return page.evaluate(f"(values) => ({PROBES}).{name}(...values)", list(values))


@pytest.mark.parametrize("lang", words.languages())
def test_the_forms_of_a_phrase_are_those_the_browser_asks_for(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """Each category of Intl.PluralRules has its form, and no form is never asked for."""
    opened = show(news, lang=lang)
    asked = opened.page.evaluate(
        "(lang) => new Intl.PluralRules(lang).resolvedOptions().pluralCategories", lang
    )
    for key, forms in WORDS["plurals"](lang):
        assert set(forms) == set(asked), key


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", {1: "1 event here", 2: "2 events here", 1000: "1,000 events here"}),
        (
            "ar",
            {
                0: "لا أحداث هنا",
                1: "حدث واحد هنا",
                2: "حدثان هنا",
                3: "3 أحداث هنا",
                11: "11 حدثًا هنا",
                100: "100 حدث هنا",
                103: "103 أحداث هنا",
            },
        ),
        (
            "ru",
            {
                1: "1 событие здесь",
                3: "3 события здесь",
                5: "5 событий здесь",
                21: "21 событие здесь",
            },
        ),
        ("he", {1: "אירוע אחד כאן", 2: "שני אירועים כאן", 5: "5 אירועים כאן"}),
        ("fa", {1: "۱ رویداد در اینجا", 12: "۱۲ رویداد در اینجا"}),
        ("fr", {1: "1 événement ici", 2: "2 événements ici"}),
        ("ar-EG", {3: "٣ أحداث هنا"}),
        ("sw", {1: "1 event here", 2: "2 events here"}),
    ],
)
def test_a_number_takes_the_form_and_the_digits_of_the_language(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str, told: dict[int, str]
) -> None:
    """Digits are those of the locale; a language without words follows the rules of English."""
    page = show(news, lang=lang).page
    for count, text in told.items():
        assert page.evaluate("(n) => geoevents.plural('ui', 'here', n)", count) == text


def names(page: Any) -> set[str]:
    """Return the names that the map shows."""
    page.wait_for_selector("body[data-names='ready']")
    # What moved the map has them drawn in the next frame.
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    return set(page.locator(".ge-label").all_inner_texts())


@pytest.mark.parametrize(
    ("lang", "capital", "water", "country"),
    [
        ("ar", "بغداد", "الخليج العربي", "العراق"),
        ("fa", "بغداد", "خلیج فارس", "عراق"),
        ("he", "בגדאד", "המפרץ הפרסי", "עיראק"),
        ("ru", "Багдад", "Персидский залив", "Ирак"),
        ("tr", "Bağdat", "Basra Körfezi", "Irak"),
        ("fr", "Bagdad", "Golfe Persique", "Irak"),
        ("en", "Baghdad", "Persian Gulf", "Iraq"),
    ],
)
def test_the_map_is_labelled_in_the_language_of_its_reader(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    *,
    lang: str,
    capital: str,
    water: str,
    country: str,
) -> None:
    """Countries, seas and cities, and only in that language; more of them farther in."""
    opened = show(news, lang=lang)
    page = opened.page
    page.evaluate(f"() => {own_map(page)}.setView([30.5, 47], 5, {{animate: false}})")
    shown = names(page)
    assert {capital, water, country} <= shown
    if lang != "en":
        assert "Persian Gulf" not in shown
    assert page.locator(".ge-town.capital").count() >= 1
    page.evaluate(f"() => {own_map(page)}.setView([32.5, 45], 7.5, {{animate: false}})")
    assert len(names(page) - shown) > 8
    opened.check()


def own_map(page: Any) -> str:
    """Return the name of the page's Leaflet map."""
    return str(page.evaluate("() => Object.keys(window).find((name) => name.startsWith('map_'))"))


def test_names_can_be_put_away_and_return_on_the_other_side_of_the_dateline(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The legend's switch takes them all; beyond 180° the names of the copy stand."""
    opened = show(news)
    page = opened.page
    page.evaluate(f"() => {own_map(page)}.setView([36, 138 - 360], 5, {{animate: false}})")
    assert "Tokyo" in names(page)
    page.locator("#ge-legend").get_by_label("Names on the map").uncheck()
    assert "Tokyo" not in names(page)
    opened.check()


def test_a_tile_map_brings_its_own_names(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Then the page carries none."""
    page = show(news, tiles="OpenStreetMap.Mapnik").page
    assert page.evaluate("() => document.getElementById('ge-names').textContent") == ""
    assert page.locator(".ge-label.country, .ge-label.city, .ge-label.water").count() == 0


def sticking_out(page: Any, more: list[str]) -> list[str]:
    """Return what is beyond the edges of the screen once the map has moved for its popup."""
    for _ in range(40):
        out = probe(page, "stickingOut", more)
        if not out:
            break
        page.wait_for_timeout(50)
    return list(out)


@pytest.mark.parametrize("lang", words.languages())
def test_nothing_sticks_out_of_the_page(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """No sheet, popup or tool is wider than the screen, in the longest words of any language."""
    opened = show(news, lang=lang)
    page = opened.page
    for screen in (DESKTOP, *PHONES):
        page.set_viewport_size(screen)
        page.reload()
        page.wait_for_selector("body[data-events='ready']")
        page.locator("#ge-list li > button[data-event]").first.click()
        page.wait_for_selector(".ge-popup dl")
        assert sticking_out(page, [".ge-popup"]) == [], screen
        for part in ("filters", "legend", "time", "list"):
            if screen is not DESKTOP:
                page.locator(f"#ge-tabs [data-sheet={part}]").click()
            elif part in {"filters", "legend"}:
                page.evaluate(f"() => {{ document.getElementById('ge-{part}').open = true; }}")
            assert sticking_out(page, []) == [], (screen, part)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    opened.check()


@pytest.mark.parametrize("lang", ["ar", "he", "en"])
@pytest.mark.parametrize("screen", [DESKTOP, *PHONES], ids=lambda size: str(size["width"]))
def test_a_tip_stands_at_its_anchor(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    mentioned: Any,
    lang: str,
    screen: dict[str, int],
) -> None:
    """The tip of every marker and place is within 20 pixels of it, whatever the direction."""
    opened = show(news, places=mentioned, lang=lang, screen=screen)
    page = opened.page
    view = page.locator("#ge-map").bounding_box()
    marks = [mark.bounding_box() for mark in page.locator(".ge-marker").all()]
    points = probe(page, "anchors", own_map(page))
    anchors = [*marks, *({"x": x, "y": y, "width": 0, "height": 0} for x, y in points)]
    gaps = []
    for anchor in (box for box in anchors if inside(box, view)):
        tip = page.locator(".leaflet-tooltip")
        page.mouse.move(view["x"] + 3, view["y"] + view["height"] - 40)
        tip.first.wait_for(state="detached")
        x, y = middle(anchor)
        page.mouse.move(x - 1, y)  # not by way of other marks, whose tip might still stand
        page.mouse.move(x, y)
        page.evaluate("() => new Promise((done) => setTimeout(done, 60))")
        if tip.count():
            gaps.append(apart(anchor, tip.last.bounding_box()))
    assert len(gaps) >= 3
    assert max(gaps) <= NEAR
    opened.check()


def middle(box: dict[str, float]) -> tuple[float, float]:
    """Return the middle of a box."""
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def inside(box: dict[str, float], view: dict[str, float]) -> bool:
    """Tell whether the middle of a box can be pointed at on the map."""
    x, y = middle(box)
    across = view["x"] + 8 < x < view["x"] + view["width"] - 8
    return across and view["y"] + 60 < y < view["y"] + view["height"] - 30


def apart(a: dict[str, float], b: dict[str, float]) -> float:
    """Return the distance of two boxes in pixels, along the wider gap."""
    across = max(a["x"], b["x"]) - min(a["x"] + a["width"], b["x"] + b["width"])
    down = max(a["y"], b["y"]) - min(a["y"] + a["height"], b["y"] + b["height"])
    return max(across, down, 0.0)


@pytest.mark.parametrize("lang", ["ar", "he", "fa"])
def test_a_page_from_right_to_left_is_so_in_all_its_parts(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: Any, lang: str
) -> None:
    """All parts read from the right but the map, whose pixels Leaflet counts from the left."""
    opened = show(news, places=mentioned, lang=lang)
    page = opened.page
    page.locator("#ge-list li > button[data-event]").first.click()
    page.wait_for_selector(".ge-popup dl")
    page.locator(".ge-marker").last.hover(force=True)
    directions = page.evaluate(
        """(parts) => Object.fromEntries(parts.map((part) =>
          [part, getComputedStyle(document.querySelector(part)).direction]))""",
        [*RIGHT_TO_LEFT, ".leaflet-container"],
    )
    assert directions.pop(".leaflet-container") == "ltr"
    assert set(directions.values()) == {"rtl"}, directions
    opened.check()


RIGHT_TO_LEFT = [
    ".ge-bar", "#ge-list", "#ge-filters", "#ge-legend", "#ge-timeline", "#ge-credits", "#ge-notes",
    ".ge-pages", ".ge-detail dl", "#ge-search",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["ar", "he"])
def test_latin_text_in_a_line_from_right_to_left_is_isolated(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """A flight number in an Arabic sentence stands in the order in which it is read."""
    frame = news.copy()
    frame["evidence"] = "هبطت الرحلة رقم 7L-901 في مطار Ovda (LLOV) أمس."
    frame["lang"] = "ar"
    frame["actors"] = "شركة Silk Way (SW)"
    page = show(frame, lang=lang).page
    page.locator("#ge-list li > button[data-event]").first.click()
    page.wait_for_selector(".ge-sentence")
    isolated = page.locator(".ge-sentence bdi").all_inner_texts()
    assert "7L-901" in isolated
    assert page.locator(".ge-sentence bdi[dir=ltr]").count() == len(isolated)
    # The list follows the map, which moves for the popup.
    page.locator("#ge-list .ge-who bdi[dir=auto]").first.wait_for()
    width = page.evaluate(
        """() => { const bdi = [...document.querySelectorAll('.ge-sentence bdi')]
          .find((one) => one.textContent === '7L-901');
          const [first, last] = [0, 5].map((at) => { const range = document.createRange();
            range.setStart(bdi.firstChild, at); range.setEnd(bdi.firstChild, at + 1);
            return range.getBoundingClientRect().left; });
          return last - first; }"""
    )
    assert width > 0


def test_a_page_carries_the_words_of_its_language_alone(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """No other language's words or names are in it."""
    page = show(news, lang="he").page
    carried = json.dumps(page.evaluate("() => geoevents.data.words"), ensure_ascii=False)
    assert "אירוע" in carried
    for other in ("حدث", "событи", "olay", "événement"):
        assert other not in carried
