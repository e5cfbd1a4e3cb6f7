"""The lists of demonyms are complete, unambiguous and say what the language says."""

from __future__ import annotations

import time
from collections import defaultdict
from functools import cache

import pytest

from gazetteer.data import data_path
from gazetteer.mentions.demonyms import demonym_forms, find_demonyms
from gazetteer.mentions.language_rules import language_rules
from gazetteer.sources.columns import decode_labels, decode_text, read_table
from gazetteer.sources.curated import read_curated
from gazetteer.text.inflect import expand
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")

# Countries without an unmistakable word. In every language: the Republic of the Congo, whose word
# is the other Congo's. Otherwise the word is a common one (Arabic مالي, "financial"; Persian غنایی,
# "lyrical"; Hebrew בניני, "buildings of"), or the language says "of" the country.
WITHOUT = {
    "ar": "CG ML",
    "en": "CG VA",
    "fa": "CF CG GH GQ GW KI KN KP LC MH NR PG PW SB SS ST TL TV VC VU ZA",
    "fr": "CG VA",
    "he": "BJ CG GQ GW GY KN LC MC NR PW SB SL ST TV VC VU",
    "ru": "CG GW KN PW SB TV VU",
    "tr": "CG KN VC",
}

# Arabic nisbas that are not the country's name with its ending replaced.
IRREGULAR = frozenset(
    {
        *("AE", "AG", "AT", "BA", "BF", "BS", "CD", "CF", "CV", "DO", "GB", "GQ", "GW", "KM", "KN"),
        *("KP", "KR", "MC", "ME", "MH", "MK", "PG", "PY", "SA", "SB", "SM", "SS", "ST", "TG"),
        *("TL", "TT", "TV", "US", "UY", "VC", "VU", "XK"),
    }
)


@cache
def citation_forms(lang: str) -> dict[str, list[str]]:
    """Return the list of a language as it stands in its file."""
    lines = data_path("languages", lang, "demonyms.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert rows.pop(0) == ["id", "forms"]
    assert len({place_id for place_id, _ in rows}) == len(rows), "a place has two rows"
    return {place_id: forms.split("|") for place_id, forms in rows}


@cache
def shipped_ids() -> dict[str, str]:
    """Return the kind of each place of the gazetteer by its id."""
    table = read_table(data_path("gazetteer", "places.npz"))
    ids = decode_text(table["id"])
    kinds = decode_labels(table["kind"], table["kinds"])
    shipped = dict(zip(ids, kinds, strict=True))
    return shipped | {p.id: "" for p in read_curated() if p.id not in shipped}


@cache
def arabic_names() -> dict[str, set[str]]:
    """Return the Arabic names of places that have a nisba."""
    ids = list(shipped_ids())
    table = read_table(data_path("gazetteer", "names.npz"))
    columns = (
        table["place"].tolist(),
        decode_labels(table["lang"], table["langs"]),
        decode_text(table["text"]),
    )
    names: dict[str, set[str]] = defaultdict(set)
    for row, lang, text in zip(*columns, strict=True):
        if lang == "ar" and ids[row] in citation_forms("ar"):
            names[ids[row]].add(text)
    return names


def regular_nisba(name: str) -> str:
    """Return what an Arabic name becomes: no article, ي in place of a final يا, ا, ة or ي."""
    bare = fold(name.removeprefix("ال"))
    stem = next((bare.removesuffix(e) for e in ("يا", "ا", "ه", "ي") if bare.endswith(e)), bare)
    return f"{stem}ي"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_demonym(lang: str) -> None:
    """Each country of the gazetteer is in each list, but for those known to have none."""
    countries = {place_id for place_id, kind in shipped_ids().items() if kind == "country"}
    assert {f"iso:{code}" for code in WITHOUT[lang].split()} == countries - set(
        citation_forms(lang)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place_id", ["iso:PS", "iso:TW", "iso:XK", "iso:EH", "iso:HK"])
def test_disputed_and_special_territories_have_a_demonym(lang: str, place_id: str) -> None:
    """News names their people as it names those of countries."""
    assert citation_forms(lang)[place_id]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_demonym_leads_to_a_place_of_the_gazetteer(lang: str) -> None:
    """No id is misspelt or has gone."""
    assert set(citation_forms(lang)) <= set(shipped_ids())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_leads_to_one_place_only(lang: str) -> None:
    """Two places never share a form, so that the order of the list does not matter."""
    places: dict[str, set[str]] = defaultdict(set)
    for place_id, forms in citation_forms(lang).items():
        for form in forms:
            for written in expand(form, lang=lang):
                places[written].add(place_id)
    assert {form: ids for form, ids in places.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_citation_form_is_listed_twice(lang: str) -> None:
    """Spellings that fold to one form are one form."""
    for forms in citation_forms(lang).values():
        assert len(set(map(fold, forms))) == len(forms), forms


def test_arabic_nisbas_follow_from_the_names() -> None:
    """A nisba made by rule from the Arabic name is the listed one, or the country is irregular."""
    countries = [
        place_id for place_id in citation_forms("ar") if shipped_ids()[place_id] == "country"
    ]
    irregular = {
        place_id.removeprefix("iso:")
        for place_id in countries
        if not {regular_nisba(name) for name in arabic_names()[place_id]}
        & set(map(fold, citation_forms("ar")[place_id]))
    }
    assert irregular == IRREGULAR


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("ar", "المالية"),
        ("ar", "الصحراوية"),
        ("ar", "الأندية"),
        ("ar", "الألبان"),
        ("ar", "السليمانية"),
        ("ar", "الأوروبي"),
        ("fa", "ترک"),
        ("fa", "چک"),
        ("he", "דני"),
        ("he", "התאים"),
        ("he", "לובי"),
        ("tr", "başka"),
        ("tr", "baskı"),
    ],
)
def test_common_words_are_not_taken_for_demonyms(lang: str, word: str) -> None:
    """A word that mostly means something else says nothing of who acts."""
    assert fold(word) not in demonym_forms(lang)


@pytest.mark.parametrize(
    ("lang", "written", "place_id"),
    [
        ("ar", "الأميركية", "iso:US"),
        ("ar", "الأمريكيين", "iso:US"),
        ("ar", "أذرية", "iso:AZ"),
        ("ar", "الأرمن", "iso:AM"),
        ("ar", "الكوريتين الجنوبيتين", "iso:KR"),
        ("ar", "الجنوب أفريقية", "iso:ZA"),
        ("en", "Azeris", "iso:AZ"),
        ("en", "Dutchmen", "iso:NL"),
        ("en", "Bosnian Serbs", "iso:BA"),
        ("en", "Nigeriens", "iso:NE"),
        ("fa", "آمریکایی‌ها", "iso:US"),
        ("fr", "sud-coréennes", "iso:KR"),
        ("he", "האיראנים", "iso:IR"),
        ("he", "הדרום קוריאנית", "iso:KR"),
        ("ru", "азербайджанцев", "iso:AZ"),
        ("ru", "южнокорейского", "iso:KR"),
        ("tr", "Ermenilerin", "iso:AM"),
        ("tr", "Güney Koreliler", "iso:KR"),
    ],
)
def test_inflected_demonyms_lead_to_their_country(lang: str, written: str, place_id: str) -> None:
    """What a text shows is found."""
    assert demonym_forms(lang)[fold(written)] == place_id


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "وصل رئيس الوزراء محمد شياع السوداني، وأحمد اللبناني.", []),
        ("ar", "التقى الملك عبد الله نظيره المصري والجيش السوداني.", ["المصري", "السوداني"]),
        ("he", "דוד ירושלמי נעצר. השר הצרפתי חזר.", ["הצרפתי"]),
        ("tr", "Ahmet Türk konuştu. Türk ordusu geldi.", ["Türk"]),
        ("en", "Tom English met Russian officials.", ["Russian"]),
        ("en", "So said John. Russian forces left.", ["Russian"]),
        ("ru", "Игорь Турецкий и турецкий министр.", ["турецкий"]),
    ],
)
def test_what_stands_behind_a_given_name_is_a_surname(
    lang: str, text: str, expected: list[str]
) -> None:
    """Unless a point or a small letter says that it is none."""
    found = find_demonyms(text, tokenize(text), language_rules(lang), cased=True)
    assert [text[one.start : one.end] for one in found] == expected


def test_all_lists_are_read_quickly() -> None:
    """Every list together is expanded in well under a second, so that it can be done at start."""
    demonym_forms.cache_clear()
    started = time.process_time()
    for lang in LANGUAGES:
        demonym_forms(lang)
    assert time.process_time() - started < 0.5
