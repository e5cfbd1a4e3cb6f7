"""Of a web page the article is read, and what the page says about it."""

from datetime import date
from pathlib import Path

import pytest

from geoevents.errors import EmptyInputError, EncodingError
from geoevents.readers.html import read_page

PAGES = Path(__file__).parent / "pages"

BODIES = {
    "ar_semantic": (
        ["هزّ انفجار ساحة الحاويات", "حتى الظهر", "بسبب أعمال الصيانة"],
        ["أخبار مصر", "شارك على", "كريت", "الخرطوم", "بانياس", "الرباط", "الدوحة", "اشترك"],
    ),
    "ar_div_soup": (
        ["دخلت قافلة", "إلى زالنجي", "عشرة أيام", "قافلة ثانية"],
        ["البث المباشر", "ليبيا", "اليمن", "نيروبي", "الصومال", "تونس", "القاهرة"],
    ),
    "ar_amp": (
        ["وصل وزير الخارجية", "نواذيبو", "محطة ثانية", "داكار", "أيار الماضي"],
        ["القائمة", "الرئيسية", "الجزائر", "طبرقة", "عمّان"],
    ),
    "en_blog": (
        ["A bulk carrier", "Berbera to help", "Mandab strait", "refloat her", "second attempt"],
        ["cookies", "Dubai", "Singapore", "Hamburg", "Mombasa", "Rotterdam", "Athens", "Piraeus"],
    ),
    "en_short": (["magnitude 5.1", "No damage"], ["Home", "Karachi", "Cologne", "Capri", "Lahore"]),
}


def page(name):
    """Read a page of the folder beside this file."""
    return read_page((PAGES / f"{name}.html").read_bytes(), name=f"{name}.html")


@pytest.mark.parametrize("name", BODIES)
def test_the_article_is_read_without_the_furniture(name):
    """Paragraphs stay; menus, side columns, related links and comments go."""
    kept, dropped = BODIES[name]
    text = page(name).text
    assert [words for words in kept if words not in text] == []
    assert [words for words in dropped if words in text] == []


def test_linked_data_tells_title_date_and_address():
    """JSON-LD inside a graph is found."""
    read = page("ar_semantic")
    assert read.title == "انفجار في مرفأ اللاذقية"
    assert read.published == date(2021, 12, 28)
    assert read.url == "https://example.org/ar/2021/12/28/latakia"
    assert read.lang == "ar"


def test_meta_elements_tell_it_where_there_is_no_linked_data():
    """Open Graph and plain meta elements are read."""
    read = page("ar_div_soup")
    assert (read.title, read.published, read.url) == (
        "قافلة مساعدات تدخل إلى دارفور",
        date(2023, 8, 9),
        "https://example.net/news/77120",
    )


def test_a_date_that_could_be_two_days_is_left_out():
    """03/11/2022 is March or November: no date beats a wrong one."""
    assert page("ar_amp").published is None


def test_a_declared_encoding_is_read():
    """An old page in windows-1256 needs no conversion."""
    html = '<html><head><meta charset="windows-1256"></head><body><p>هبطت طائرة في باكو.</p></body>'
    assert "باكو" in read_page(html.encode("windows-1256"), name="a.html").text


def test_an_undeclared_encoding_is_an_error():
    """Without a declaration the encoding is named, not guessed silently."""
    html = "<html><body><p>هبطت طائرة شحن في باكو أمس الثلاثاء بعد الظهر.</p></body></html>"
    with pytest.raises(EncodingError):
        read_page(html.encode("windows-1256"), name="a.html")


@pytest.mark.parametrize(
    "html",
    ["<html><body></body></html>", "<!-- -->", "<html><body><script>x()</script></body></html>"],
)
def test_a_page_without_words_is_empty(html):
    """A page that is only script holds no article."""
    with pytest.raises(EmptyInputError):
        read_page(html.encode(), name="a.html")


def test_hostile_pages_are_read_as_text():
    """Broken JSON-LD, script links and deep nesting neither raise nor leak."""
    deep = "<div>" * 3000 + "A ship sank off Djibouti on Monday morning." + "</div>" * 3000
    html = (
        "<html><head><link rel=canonical href='javascript:alert(1)'>"
        "<script type='application/ld+json'>{broken</script>"
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script></head><body>"
        f"<p>A ship sank off Djibouti on Monday morning.</p>{deep}</body></html>"
    )
    read = read_page(html.encode(), name="a.html")
    assert "Djibouti" in read.text
    assert read.url is None
