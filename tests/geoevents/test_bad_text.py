"""Whatever a text is made of, places are cut out of it by their offsets, and nothing breaks."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoevents.select import parse_forms, select

PLAIN = "Two cargo planes flew from Baku to Tbilisi on Tuesday, officials in Moscow said."
SPOKEN = (
    "so the two cargo planes uh they flew from baku to tbilisi on tuesday and the officials in "
    "moscow said nothing about it"
)
TEXTS = {
    "capitals": PLAIN.upper(),
    "no capitals": PLAIN.lower(),
    "speech recogniser": SPOKEN,
    "lone surrogates": PLAIN.replace("Baku", "Baku\udc00").replace("Two", "\ud83d Two"),
    "embeddings and overrides": PLAIN.replace("Baku", "\u202eBaku\u202c").replace(
        "Tbilisi", "\u2067Tbilisi\u2069"
    ),
    "joiners inside names": PLAIN.replace("Baku", "Ba\u200dku").replace("Tbilisi", "Tbi\u200clisi"),
    "marks around names": PLAIN.replace("Baku", "\u200eBaku\u200f"),
    "full width": PLAIN.replace("Baku", "Ｂａｋｕ"),
    "decomposed": "They flew from Baku to Reykjavi\u0301k and Bogota\u0301.",
    "signs outside the basic plane": "🛩🛩 " + PLAIN,
    "NUL": PLAIN.replace(" ", "\0"),
    "line and paragraph separators": PLAIN.replace(" ", "\u2028"),
    "unknown scripts": "𐀀𐀁𐀂 𐀃𐀄 Baku ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ \ue000\ue001 ཨོཾ་མ་ཎི",
    "Arabic with vowels": "وَصَلَتِ الطَّائِرَةُ إِلَى بَاكُو أَمْسِ",
    "Arabic stretched": "وصلت الطائرة إلى بـــاكو أمس",
    "Arabic presentation forms": "ﻭﺻﻠﺖ ﺍﻟﻄﺎﺋﺮﺓ ﺇﻟﻰ ﺑﺎﻛﻮ ﺃﻣﺲ",
    "Arabic with joiners": "وصلت الطائرة من با\u200dكو إلى تبلي\u200cسي أمس",
    "Turkish capitals": "İSTANBUL'DAN BAKÜ'YE",
    "one letter that folds to two": "Die STRASSE nach Großenhain und GROSSENHAIN ﬁnally",
    "a word of 20,000 letters": "a" * 20_000 + " Baku",
    "marks without a letter": "\u0301" * 2_000 + " Baku",
    "white space": " \t\u00a0\u3000" * 500,
    "punctuation": "…!؟«»" * 500,
}
ODD = st.sampled_from(
    ["Baku", "باكو", "Paris", "تبليسي", "Нью-Йорк", "south of", "شمال", "on the border", "km",
     "50", "\u200d", "\u200c", "\u202e", "\u2069", "\u0301", "\ud800", "\0", "\n", " ",
     ".", ",", "'", "-", "و", "ال", "ﷺ", "İ", "ß", "🛩", "\ufeff", "ZWJ", "é", "\u0640"]
)  # fmt: skip


def check(text, resolutions):
    """Fail unless every mention and every name in it is cut out of the text by its offsets."""
    for found in resolutions:
        mention = found.mention
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        for span in (mention.within, *mention.refs):
            assert span is None or mention.start <= span.start < span.end <= mention.end
        assert 0 <= mention.p_place <= 1
        assert 0 <= found.score <= 1


@pytest.mark.parametrize("kind", TEXTS)
def test_offsets_cut_places_out(gazetteer, kind):
    """Of every kind of text; a selection has no overlaps."""
    text = TEXTS[kind]
    found = gazetteer.geoparse(text)
    check(text, found)
    chosen = select(found, parse_forms("all"))
    ends = [0, *(r.mention.end for r in chosen)]
    assert all(end <= r.mention.start for end, r in zip(ends, chosen, strict=False))


@pytest.mark.parametrize(
    "kind",
    ["capitals", "no capitals", "speech recogniser", "lone surrogates", "embeddings and overrides",
     "marks around names", "full width", "signs outside the basic plane", "NUL"],
)  # fmt: skip
def test_names_are_found_however_they_are_dressed(gazetteer, kind):
    """Baku is Baku in capitals, without them, and between invisible signs."""
    found = gazetteer.geoparse(TEXTS[kind])
    assert "Baku" in {r.place.name for r in found if r.place}


def test_arabic_is_found_with_vowels_and_stretched(gazetteer):
    """Vowel signs and tatweel are no other name."""
    for kind in ("Arabic with vowels", "Arabic stretched"):
        found = gazetteer.geoparse(TEXTS[kind])
        names = {r.place.name: r.mention.text for r in found if r.place}
        assert "Baku" in names, kind
        bare = unicodedata.normalize("NFD", names["Baku"]).replace("\u0640", "")
        assert "".join(c for c in bare if not unicodedata.combining(c)) == "باكو"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ODD, max_size=25).map("".join))
def test_any_mixture_keeps_its_offsets(gazetteer, text):
    """Names, particles, marks and broken characters in any order."""
    check(text, gazetteer.geoparse(text))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_at_all_is_read(gazetteer, text):
    """All of Unicode, surrogates included."""
    check(text, gazetteer.geoparse(text))
