"""Two names stand side by side, and one place lies in the other."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Muğla Marmaris'te orman yangını çıktı.", ["geonames:304184", "geonames:304782"]),
        ("Van Erciş'te deprem oldu.", ["geonames:298117", "geonames:315530"]),
        ("Diyarbakır Bağlar'da operasyon yapıldı.", ["geonames:316541", "geonames:10048770"]),
        ("Bodrum Turgutreis'te bir tekne battı.", ["geonames:320995", "geonames:6620290"]),
        ("Kahramanmaraş Göksun'da sel oldu.", ["geonames:310859", "geonames:314188"]),
    ],
)
def test_a_turkish_district_stands_behind_its_province(gazetteer, text, expected):
    """They are two names, however unsure the recogniser is of the pair."""
    read = gazetteer.geoparse(text, lang="tr")
    assert [r.place.id for r in read] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Police in Birmingham Alabama said so.", ["geonames:4049979", "iso:US-AL"]),
        ("en", "He lives in Paris Texas now.", ["geonames:4717560", "iso:US-TX"]),
        ("ru", "Он живёт в городе Париж Техас.", ["geonames:4717560", "iso:US-TX"]),
    ],
)
def test_a_town_stands_before_its_division_without_a_comma(gazetteer, lang, text, expected):
    """As speech is written down."""
    read = gazetteer.geoparse(text, lang=lang)
    assert [r.place and r.place.id for r in read] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Muğla'nın Marmaris'e uzaklığı bilinmiyor.",
        "Ankara Erciş'ten uzak.",
    ],
)
def test_what_lies_elsewhere_is_read_as_before(gazetteer, text):
    """An ending, or a district of another province, makes no such pair."""
    read = gazetteer.geoparse(text, lang="tr")
    assert all(r.mention.p_place != pytest.approx(0.75) for r in read)
