"""What a reader sees and does on the page that explains an article, with the network off."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gazetteer import Gazetteer, Mention, Place, Resolution, Span
from geoevents.article import Article
from geoevents.event import Document, Event, EventPlace, EventTime, Participant
from geoevents.explain import explain_page
from geoevents.extract.pipeline import extract
from geoevents.reason import Reason

expect = pytest.importorskip("playwright.sync_api").expect

AR = "هبطت طائرة شحن من طراز IL-76 في قاعدة عوفدا قادمة من باكو أمس.\n🛩 Officials confirmed it."
EN = "🛩 Two cargo planes landed in Baku from Ankara on Thursday, officials said."
TEXTS = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    "${alert(1)} $island {words}",
    r"\u00zz {{ 7 * 7 }}",
    "'\"><svg onload=alert(1)>",
    "<!--<script>",
    "constructor",
    "__proto__",
)
WAIT_MS = 30_000
AA = 4.5  # WCAG 2.2, 1.4.3, text of usual size

# Contrast (WCAG 2.2) of each element's text against the first opaque background behind it.
CONTRASTS = """all => {
  const luminance = (c) => {
    const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isClear = (c) => c === "transparent" || c.endsWith(", 0)");
  const behind = (e) => {
    const c = getComputedStyle(e).backgroundColor;
    return isClear(c) && e.parentElement ? behind(e.parentElement) : c;
  };
  return all.map((e) => {
    const [a, b] = [getComputedStyle(e).color, behind(e)].map(luminance).sort((x, y) => y - x);
    return [e.className || e.tagName, (a + 0.05) / (b + 0.05)];
  });
}"""


@pytest.fixture
def page(chromium: Any, tmp_path: Path, gazetteer: Gazetteer) -> Iterator[Callable[..., Any]]:
    """Open the page of a document or text; afterwards nothing was asked for, complained of, run."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def opened(shown: Document | str, *, scheme: str = "light", lang: str = "en") -> Any:
        path = tmp_path / "explained.html"
        if isinstance(shown, str):
            shown = extract(Article(shown, id="one", published=date(2024, 5, 8)), gazetteer)
        path.write_text(explain_page(shown, gazetteer, lang=lang), encoding="utf-8")
        context = chromium.new_context(
            offline=True, viewport={"width": 1280, "height": 800}, color_scheme=scheme
        )
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(WAIT_MS)
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda box: (wrong.append(box.message), box.dismiss()))
        tab.on(
            "request",
            lambda request: (
                None if request.url.startswith(path.as_uri()) else wrong.append(request.url)
            ),
        )
        tab.goto(path.as_uri())
        tab.wait_for_selector("body[data-ready]")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def words(tab: Any, selector: str) -> list[str]:
    """Return the text of elements, without the numbers beside triggers."""
    found: list[str] = tab.locator(selector).evaluate_all(
        "all => all.map((e) => [...e.childNodes].filter((n) => n.tagName !== 'SUP')"
        ".map((n) => n.textContent).join(''))"
    )
    return found


def test_the_text_is_whole_and_marked(page: Callable[..., Any]) -> None:
    """Each kind of mark on its words; a sign outside the basic plane shifts none."""
    tab = page(EN)
    assert "".join(words(tab, "#ev-text p")).replace("landed1", "landed") == EN
    kinds = {
        kind: words(tab, f"#ev-text .m-{kind}") for kind in ("event", "place", "when", "amount")
    }
    assert kinds == {
        "event": ["landed"],
        "place": ["Baku", "Ankara"],
        "when": ["on Thursday"],
        "amount": ["Two"],
    }
    assert words(tab, "#ev-text .m-cue") == ["planes", "said"]


def test_an_arabic_paragraph_runs_from_right_to_left(page: Callable[..., Any]) -> None:
    """With embedded Latin isolated; the English one below it does not, nor do the cards."""
    tab = page(AR)
    directions = tab.locator("#ev-text p").evaluate_all(
        "all => all.map((e) => getComputedStyle(e).direction)"
    )
    assert directions == ["rtl", "ltr"]
    assert tab.locator("#ev-text p bdi[dir='ltr']").all_inner_texts() == ["IL-76"]
    foreign = tab.locator("#ev-found bdi:not([dir='ltr'])").evaluate_all(
        "all => all.map((e) => [e.dir, getComputedStyle(e).unicodeBidi])"
    )
    assert {tuple(one) for one in foreign} == {("auto", "isolate")}
    # The glued article's letters stay joined to their word: the mark has no room at its sides.
    sides = tab.locator("#ev-text .m").evaluate_all(
        "all => all.map((e) => { const s = getComputedStyle(e);"
        " return [s.paddingLeft, s.paddingRight, s.marginLeft, s.marginRight].join() })"
    )
    assert set(sides) == {"0px,0px,0px,0px"}


def test_each_decision_has_its_reason(page: Callable[..., Any]) -> None:
    """In words, with the article's own words in them."""
    card = page(EN).locator("#event-1").inner_text()
    for told in (
        "landed is in the language's list of event words, as “v:land”",
        "said is a sign of “reported”",
        "Counted from the day of publication, 2024-05-08.",
        "In from Ankara it stands in the relation “from”",
        "Two counts what such an event is counted by",
    ):
        assert told in card


def test_words_and_cards_lead_to_each_other_by_keyboard(page: Callable[..., Any]) -> None:
    """Tab reaches triggers and places; Enter opens the card and shows all words of the event."""
    tab = page(EN)
    stops = tab.locator("#ev-text a.m:not([tabindex='-1'])")
    assert words(tab, "#ev-text a.m:not([tabindex='-1'])") == ["landed", "Baku", "Ankara"]
    tab.locator("#ev-text").focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "landed1"
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#event-1:target")
    tab.wait_for_function("document.activeElement.id === 'event-1'")
    assert words(tab, "#ev-text .shown") == ["Two", "planes", "landed", "on Thursday", "said"]
    tab.locator("#event-1 a", has_text="in the text").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'in-text-event-1'")
    expect(stops).to_have_count(3)


def test_runners_up_are_told_with_what_speaks_for_them(page: Callable[..., Any]) -> None:
    """The chosen one first, each with its score."""
    tab = page("A fire broke out in Paris, Texas, on Monday.")
    card = tab.locator("article[id^='place-']").first
    card.locator("summary").focus()
    tab.keyboard.press("Enter")
    rows = card.locator("tbody tr")
    assert rows.count() >= 2
    expect(rows.first).to_contain_text("(chosen)")
    expect(rows.first).to_contain_text("geonames:4717560")
    expect(rows.first).to_contain_text("what it lies in")


def test_kinds_of_marks_can_be_switched_off(page: Callable[..., Any]) -> None:
    """The legend tells every kind; without one its words stand as the others do."""
    tab = page(EN)
    boxes = tab.locator("#ev-legend input")
    assert [box.get_attribute("value") for box in boxes.all()] == [
        "event", "place", "who", "when", "amount", "cue"
    ]  # fmt: skip
    tab.get_by_label("place, place not found, whose").uncheck()
    expect(tab.locator("#ev-text .m-place")).to_have_count(0)
    assert words(tab, "#ev-text .m-event") == ["landed"]
    tab.get_by_label("place, place not found, whose").check()
    assert words(tab, "#ev-text .m-place") == ["Baku", "Ankara"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(page: Callable[..., Any], scheme: str) -> None:
    """Contrast of marks, looked at or not, of the legend and of the cards is AA in both schemes."""
    tab = page(f"{EN} Turkish officials denied an attack on Zxqvograd.", scheme=scheme)
    for state in ("", "event-1", "place-1"):
        tab.evaluate("(ref) => { location.hash = ref; }", state)
        tab.wait_for_function("(ref) => !ref || document.querySelector('.shown')", arg=state)
        found = tab.locator("#ev-text a, #ev-text p, header *, #ev-found *").evaluate_all(CONTRASTS)
        assert found
        assert {name: ratio for name, ratio in found if ratio < AA} == {}


def test_kinds_are_told_apart_without_colour(page: Callable[..., Any]) -> None:
    """No two kinds of the legend share line, weight and style."""
    tab = page(EN)
    looks = tab.locator("#ev-legend .m").evaluate_all(
        "all => all.map((e) => { const s = getComputedStyle(e); return [s.borderBottomStyle,"
        " s.borderBottomWidth, s.borderBottomColor === 'rgba(0, 0, 0, 0)', s.fontWeight,"
        " s.fontStyle, s.textDecorationLine, s.backgroundColor === 'rgba(0, 0, 0, 0)']"
        ".join() })"
    )
    assert len(set(looks)) == len(looks)


def test_all_of_it_is_printed(page: Callable[..., Any]) -> None:
    """On paper nothing is cut off by a scrolling pane, and what is folded away opens."""
    tab = page("A fire broke out in Paris, Texas, on Monday.\n" * 60)
    tab.emulate_media(media="print")
    panes = tab.locator("#ev-text, #ev-found").evaluate_all(
        "all => all.map((e) => e.scrollHeight <= e.clientHeight + 1)"
    )
    assert panes == [True, True]
    tab.pdf()
    expect(tab.locator("details:not([open])")).to_have_count(0)


def test_a_phone_shows_text_and_cards_one_above_the_other(page: Callable[..., Any]) -> None:
    """And nothing is wider than its screen."""
    tab = page(EN)
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    text, found = (tab.locator(name).bounding_box() for name in ("#ev-text", "#ev-found"))
    assert text["y"] + text["height"] <= found["y"] + 1


@pytest.mark.parametrize("lang", ["ar", "fa", "he"])
def test_a_page_from_right_to_left_reads_so(page: Callable[..., Any], lang: str) -> None:
    """Text at the right, cards at the left; figures and foreign words keep their own direction."""
    tab = page(EN, lang=lang)
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        lang, "rtl"
    ]  # fmt: skip
    text, found = (tab.locator(name).bounding_box() for name in ("#ev-text", "#ev-found"))
    assert found["x"] + found["width"] <= text["x"] + 1
    assert tab.locator("#ev-text p").evaluate("(e) => getComputedStyle(e).direction") == "ltr"
    card = tab.locator("#event-1")
    expect(card.locator("dd").first).to_contain_text("movement.flight: An aircraft")
    loose = card.evaluate(
        "(card) => { const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);"
        "const found = []; while (walker.nextNode()) { const { textContent: t, parentElement: p } ="
        " walker.currentNode; if (/[A-Za-z]/.test(t) && !p.closest('bdi')) found.push(t); }"
        "return found; }"
    )
    assert loose == []
    score = card.locator("bdi[dir='ltr']").filter(has_text="۰٫" if lang == "fa" else "0.")
    expect(score.first).to_be_visible()
    card.locator("a", has_text={"ar": "في النص", "fa": "در متن", "he": "בטקסט"}[lang]).click()
    expect(tab.locator("#in-text-event-1")).to_be_focused()


def test_phrases_with_a_number_have_their_form(page: Callable[..., Any]) -> None:
    """One, two, few and many places that a name may mean, as Arabic tells them."""
    tab = page("A fire broke out in Paris, Texas, on Monday.", lang="ar")
    told = tab.evaluate(
        "() => [1, 2, 3, 11, 100].map((n) => geoevents.plural('page', 'may_mean', n))"
    )
    assert [one.removeprefix("ما قد يُقصد به: ") for one in told] == [
        "مكان واحد", "مكانان", "3 أماكن", "11 مكانًا", "100 مكان"
    ]  # fmt: skip


def hostile(text: str) -> Document:
    """Return a document that says the same hostile text wherever a text can stand."""
    whole = Span(0, len(text))
    resolution = Resolution(
        Mention(0, len(text), text, language="en"), Place(text, text, text, 1.0, 2.0, country=text)
    )
    reason = Reason(text, whole, {text: text})
    event = Event(
        "a-1",
        text,
        text,
        text,
        trigger=whole,
        sentence=whole,
        time=EventTime(text, text, text, text, whole, (reason,)),
        participants=(Participant(text, text, whole, text, (reason,)),),
        places=(EventPlace(text, resolution, (reason,)),),
        why={"type": (reason, Reason("type.row", whole, {"row": text, "weight": 0.5}))},
    )
    article = Article(text, id=text, lang="en", title=text, url=f"javascript:{text}")
    return Document(article, (resolution,), (event,))


@pytest.mark.parametrize("lang", ["en", "he"])
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_is_shown_and_never_runs(
    page: Callable[..., Any], text: str, lang: str
) -> None:
    """In title, text, cards, reasons and tips it reads as written; no element comes of it."""
    tab = page(hostile(text), lang=lang)
    assert tab.title() == text
    assert tab.locator("#ev-title").text_content() == text
    assert words(tab, "#ev-text a") == [text]
    assert text in tab.locator("#ev-text a").get_attribute("title")
    assert tab.locator("#event-1").text_content().count(text) >= 10
    assert tab.locator("#place-1").text_content().count(text) >= 5
    expect(tab.locator("#ev-about a")).to_have_count(0)
    expect(tab.locator("main img, main svg, main script, header img, header svg")).to_have_count(0)
    assert tab.locator("body > *").count() == len(["header", "main", "noscript", *["script"] * 2])
