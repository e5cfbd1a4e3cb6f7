"""Dates are told in the reader's language and calendar, as precisely as they are known."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

expect = pytest.importorskip("playwright.sync_api").expect

#: Days since 1970 of an ISO date.
DAY = "(iso) => (iso === null ? null : Date.parse(iso) / 864e5)"


def date(page: Any, start: str | None, end: str | None, precision: str) -> str:
    """Return what the page makes of a time."""
    text = page.evaluate(
        f"([start, end, precision]) => {{ const day = {DAY};"
        "return geoevents.format.date(day(start), day(end), precision); }",
        [start, end, precision],
    )
    # Intl sets thin and narrow spaces.
    return " ".join(str(text).split())


@pytest.mark.parametrize(
    ("lang", "day", "month", "year", "decade", "since", "until"),
    [
        (
            "en", "September 27, 2020", "September 2020", "2016", "2010 – 2019",
            "since March 2011", "until 2015",
        ),
        (
            "ar", "27 سبتمبر 2020", "سبتمبر 2020", "2016", "2010–2019",
            "منذ مارس 2011", "حتى 2015",
        ),
        (
            "ar-SY", "٢٧ أيلول ٢٠٢٠", "أيلول ٢٠٢٠", "٢٠١٦", "٢٠١٠–٢٠١٩",
            "منذ آذار ٢٠١١", "حتى ٢٠١٥",
        ),
        (
            "fa", "۲۷ سپتامبر ۲۰۲۰", "سپتامبر ۲۰۲۰", "۲۰۱۶", "۲۰۱۰ تا ۲۰۱۹",
            "از مارس ۲۰۱۱", "تا ۲۰۱۵",
        ),
        (
            "he", "27 בספטמבר 2020", "ספטמבר 2020", "2016", "2010–2019",
            "מאז מרץ 2011", "עד 2015",
        ),
    ],
)  # fmt: skip
def test_a_date_is_told_as_precisely_as_it_is_known(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    *,
    lang: str,
    day: str,
    month: str,
    year: str,
    decade: str,
    since: str,
    until: str,
) -> None:
    """A month, a year, a decade, and times with one open end; Levantine months where they are."""
    page = show(news, lang=lang).page
    assert date(page, "2020-09-27", "2020-09-27", "day") == day
    assert date(page, "2020-09-01", "2020-09-30", "month") == month
    assert date(page, "2016-01-01", "2016-12-31", "year") == year
    assert date(page, "2010-01-01", "2019-12-31", "decade") == decade
    assert date(page, "2011-03-01", None, "open") == since
    assert date(page, None, "2015-12-31", "open") == until
    assert date(page, None, None, "day") == ""


@pytest.mark.parametrize(
    ("calendar", "day", "month", "year", "since"),
    [
        (
            "islamic-umalqura", "10 صفر 1442 هـ", "محرم 1442 – صفر 1442 هـ", "1437 – 1438 هـ",
            "منذ ربيع الأول 1432 هـ",
        ),
        (
            "persian", "6 مهر 1399 هـ.ش", "شهرفار 1399 – مهر 1399 هـ.ش", "1394 – 1395 هـ.ش",
            "منذ اسفندار 1389 هـ.ش",
        ),
        (
            "hebrew", "9 تشري 5781 عبري", "أيلول 5780 – تشري 5781 عبري", "5776 – 5777 عبري",
            "منذ آذار الأول 5771 عبري",
        ),
        ("gregory", "27 سبتمبر 2020", "سبتمبر 2020", "2016", "منذ مارس 2011"),
    ],
)  # fmt: skip
def test_another_calendar_claims_no_more_than_the_text(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    *,
    calendar: str,
    day: str,
    month: str,
    year: str,
    since: str,
) -> None:
    """A Gregorian month is parts of two others, and so is told as both."""
    page = show(news, lang="ar").page
    page.evaluate("(calendar) => geoevents.format.setCalendar(calendar)", calendar)
    assert date(page, "2020-09-27", "2020-09-27", "day") == day
    assert date(page, "2020-09-01", "2020-09-30", "month") == month
    assert date(page, "2016-01-01", "2016-12-31", "year") == year
    assert date(page, "2011-03-01", None, "open") == since


def test_the_reader_chooses_a_calendar(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """List, popup and axis follow at once; the address remembers; both dates stand in the popup."""
    opened = show(news)
    page = opened.page
    choice = page.locator("#ge-calendar")
    events, popup = page.locator("#ge-list"), page.locator(".ge-popup")
    expect(choice).to_have_value("gregory")
    expect(events).to_contain_text("September 29, 2020")
    page.locator("#ge-list li > button[data-event]").first.click()
    expect(popup.locator("dl")).to_contain_text("September 29, 2020")
    choice.select_option("islamic-umalqura")
    # The list follows the map, which is still on its way to the event.
    expect(events).to_contain_text("12 Safar 1442 AH")
    expect(events).not_to_contain_text("September")
    expect(popup).to_contain_text("12 Safar 1442 AH (September 29, 2020)")
    expect(page.locator("#ge-timeline .ge-tick").first).to_contain_text("14")
    page.wait_for_function("() => location.hash.includes('calendar=islamic-umalqura')")
    page.reload()
    page.wait_for_selector("body[data-events='ready']")
    expect(choice).to_have_value("islamic-umalqura")
    expect(events).to_contain_text("12 Safar 1442 AH")
    choice.select_option("gregory")
    expect(events).to_contain_text("September 29, 2020")
    opened.check()
