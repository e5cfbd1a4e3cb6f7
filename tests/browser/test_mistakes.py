"""What a reader sees and does on the page of an evaluation's mistakes, with the network off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geoevents.evaluate import Pair, Toponym, error_page, evaluate

AR = "هبطت طائرة IL-76 في قاعدة عوفدا أمس الثلاثاء."
EN = "🛩 They flew from Baku to Ganja on Monday."
TEXTS = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    "${alert(1)} $island",
    r"\u00zz {{ 7 * 7 }}",
    "'\"><svg onload=alert(1)>",
    "<!--<script>",
    "constructor",
    "__proto__",
)
WAIT_MS = 10_000


def mention(text: str, words: str, **keys: Any) -> Toponym:
    """Return a toponym where words stand."""
    start = text.index(words)
    return Toponym(start, start + len(words), **keys)


def pairs() -> list[Pair]:
    """Return an Arabic document with a miss, and English ones with three kinds of mistakes."""
    ganja = mention(EN, "Ganja", lat=40.68, lon=46.36, name="Ganja")
    wrong = mention(EN, "Ganja", lat=-17.0, lon=-178.0, name="Ganja, Fiji", score=0.25)
    baku = mention(EN, "Baku", lat=40.38, lon=49.89)
    return [
        Pair("ar", AR, [mention(AR, "عوفدا", lat=29.94, lon=34.94)], [], lang="ar"),
        Pair("en-1", EN, [ganja, baku], [wrong, mention(EN, "Monday", p_place=0.5)], lang="en"),
        Pair("en-2", EN, [baku], [], lang="en"),
    ]


@pytest.fixture
def page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open the page of some pairs; afterwards nothing was asked for, complained of or run."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(documents: list[Pair], title: str = "Mistakes") -> Any:
        path = tmp_path / "mistakes.html"
        html = error_page(evaluate(documents, replicates=0), title=title)
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800})
        contexts.append(context)
        shown = context.new_page()
        shown.set_default_timeout(WAIT_MS)
        shown.on("console", lambda message: wrong.append(message.text))
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("dialog", lambda box: (wrong.append(box.message), box.dismiss()))
        shown.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("data:", path.as_uri()))
                else wrong.append(request.url)
            ),
        )
        shown.goto(path.as_uri())
        shown.wait_for_selector("body[data-basemap='ready']")
        return shown

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def open_all(shown: Any) -> None:
    """Open every group of the list, and wait for what it is filled with."""
    for group in shown.locator("#ev-list [data-kind] details").all():
        group.locator("summary").click()
        group.locator(".sentence").first.wait_for()


def sections(shown: Any) -> dict[str, int]:
    """Return how many groups each kind has on the page."""
    return {
        section.get_attribute("data-kind"): section.locator("details").count()
        for section in shown.locator("#ev-list [data-kind]").all()
    }


def test_mistakes_are_grouped_by_kind_and_words(page: Callable[..., Any]) -> None:
    """Baku was missed twice and stands once, with its count, before what was missed once."""
    shown = page(pairs())
    assert sections(shown) == {"missed": 2, "false": 1, "misplaced": 1}
    missed = shown.locator("[data-kind='missed'] summary").all_inner_texts()
    assert missed == ["Baku 2", "عوفدا 1"]


def test_the_sentence_has_its_words_marked(page: Callable[..., Any]) -> None:
    """Gold in green, answer in red; a sign outside the basic plane shifts no mark."""
    shown = page(pairs())
    open_all(shown)
    texts = {
        kind: shown.locator(f"[data-kind='{kind}'] mark").all_inner_texts()
        for kind in ("missed", "false", "misplaced")
    }
    assert texts == {"missed": ["Baku", "Baku", "عوفدا"], "false": ["Monday"],
                     "misplaced": ["Ganja"]}  # fmt: skip
    facts = shown.locator("[data-kind='misplaced'] .facts").inner_text()
    for words in ("gold: Ganja (40.680, 46.360)", "answer: Ganja, Fiji (-17.000, -178.000)",
                  "km apart", "score 0.25", "en-1"):  # fmt: skip
        assert words in facts


def test_an_arabic_sentence_runs_from_right_to_left(page: Callable[..., Any]) -> None:
    """With embedded Latin isolated; an English one beside it does not."""
    shown = page(pairs())
    open_all(shown)
    styles = shown.locator(".sentence").evaluate_all(
        "all => all.map((e) => [e.textContent, getComputedStyle(e).direction])"
    )
    assert dict(styles) == {AR: "rtl", EN: "ltr"}
    assert shown.locator(".sentence bdi").all_inner_texts() == ["IL-76"]


def test_filters_leave_list_and_map_with_what_is_wanted(page: Callable[..., Any]) -> None:
    """By kind, by words anywhere in the mistake, and by distance."""
    shown = page(pairs())
    assert shown.locator("#ev-stage").get_attribute("data-lines") == "1"
    shown.locator("input[value='misplaced']").uncheck()
    shown.wait_for_selector("#ev-stage[data-lines='0']")
    assert sections(shown) == {"missed": 2, "false": 1}
    shown.locator("input[value='misplaced']").check()
    shown.locator("#ev-km").fill("161")
    shown.wait_for_selector("#ev-list[data-shown='1']")
    assert sections(shown) == {"misplaced": 1}
    shown.locator("#ev-km").fill("")
    shown.locator("#ev-search").fill("FIJI")
    shown.wait_for_selector("#ev-list[data-shown='1']")
    assert sections(shown) == {"misplaced": 1}
    shown.locator("#ev-search").fill("nowhere")
    shown.wait_for_selector("#ev-none")


def test_a_line_joins_gold_and_answer_the_short_way(page: Callable[..., Any]) -> None:
    """Across the date line it does not run around the Earth."""
    shown = page(pairs())
    shown.evaluate(
        "() => { const line = L.polyline; window.drawn = [];"
        "L.polyline = (ends, how) => { window.drawn.push(ends); return line(ends, how); }; }"
    )
    shown.locator("#ev-search").fill("fiji")
    shown.wait_for_selector("#ev-list[data-shown='1']")
    assert shown.evaluate("window.drawn") == [[[40.68, 46.36], [-17, 182]]]


def test_list_and_map_lead_to_each_other(page: Callable[..., Any]) -> None:
    """From the list to the popup, and from the popup to the mistake in the list."""
    shown = page(pairs())
    shown.locator("[data-kind='misplaced'] summary").click()
    shown.locator("[data-kind='misplaced'] article button").click()
    popup = shown.locator(".leaflet-popup")
    assert "Ganja, Fiji" in popup.inner_text()
    assert popup.locator(".sentence").inner_text() == EN
    popup.locator("button").last.press("Enter")  # the map may still be moving under a pointer
    assert shown.locator("article.shown mark").inner_text() == "Ganja"


def test_the_figures_are_on_the_page(page: Callable[..., Any]) -> None:
    """Folded away, as the command line prints them."""
    shown = page(pairs())
    shown.locator("#ev-figures summary").click()
    assert "acc@161 km" in shown.locator("#ev-figures pre").inner_text()


def test_more_groups_than_are_listed_can_be_asked_for(page: Callable[..., Any]) -> None:
    """At first a part is listed, and the rest on a click."""
    documents = [Pair(str(n), f"word{n}", [Toponym(0, len(f"word{n}"))], []) for n in range(200)]
    shown = page(documents)
    assert sections(shown) == {"missed": 150}
    shown.locator("[data-kind='missed'] > button", has_text="50 more").click()
    assert sections(shown) == {"missed": 200}


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_shown_and_never_runs(page: Callable[..., Any], text: str) -> None:
    """In title, list, facts, popup and search it reads as written; no element comes of it."""
    gold = Toponym(0, len(text), lat=1.0, lon=2.0, name=text, place_id=text, form=text)
    answer = Toponym(0, len(text), lat=50.0, lon=2.0, name=text)
    shown = page([Pair(text, text, [gold], [answer], lang=text)], title=text)
    assert shown.title() == text
    assert shown.locator("#ev-title").text_content() == text
    open_all(shown)
    assert text in shown.locator("#ev-list summary").last.text_content()
    assert shown.locator("#ev-list .sentence").text_content() == text
    assert shown.locator("#ev-list .facts").text_content().count(text) == 3
    shown.locator("#ev-list article button").click()
    assert shown.locator(".leaflet-popup").text_content().count(text) == 5
    shown.locator("#ev-search").fill(text[:12])
    assert sections(shown) == {"misplaced": 1}
    assert shown.locator("#ev-list img, #ev-list svg, .leaflet-popup img, main script").count() == 0
    assert shown.locator("body > *").count() == len(["header", "main", *["script"] * 3])
