"""Which language is a text written in?"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.errors import BadQueryError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
_SAMPLE_LENGTH = 4000  # characters; the beginning of an article tells its script
_CLASSIFIED_LENGTH = 600  # characters that tell its language among those of a script
_LIKELIER = 2.0  # log odds of a language that texts given to this package are likely in
_LETTERS = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


def is_language(tag: str) -> bool:
    """Return whether a text can be a BCP 47 language tag; ``_`` will do for ``-``.

    Examples
    --------
    >>> [is_language(tag) for tag in ("ar", "pt-BR", "zh_Hans", "Arabic", "../ar")]
    [True, True, True, False, False]
    """
    return _TAG.fullmatch(tag) is not None


def primary_language(tag: str | None) -> str | None:
    """Return the language of a BCP 47 tag, without script and region: names are tagged by it.

    Parameters
    ----------
    tag
        As :func:`is_language` takes it; None or an empty text where no language is stated.

    Returns
    -------
    str or None
        Its first part in small letters, which can name a folder of rules, or None.

    Raises
    ------
    BadQueryError
        If it is no such tag.

    Examples
    --------
    >>> primary_language("zh-Hans"), primary_language("AR"), primary_language(None)
    ('zh', 'ar', None)
    """
    if not tag:
        return None
    parts = _TAG.fullmatch(tag)
    if parts is None:
        raise BadQueryError(f"{tag!r:.60} is no language: give a BCP 47 tag, like ar or pt-BR.")
    return parts[1].lower()


def detect_language(text: str) -> str:
    """Return the language of a text.

    Parameters
    ----------
    text
        Running text. Its first 4,000 characters tell its script, the first 600 its language among
        those of that script.

    Returns
    -------
    str
        BCP 47 code, ``"und"`` when the text has no letters or is in no script that is known.

    Examples
    --------
    >>> detect_language("هبطت الطائرة في المطار"), detect_language("The plane landed in Baku.")
    ('ar', 'en')
    >>> detect_language("1234")
    'und'
    """
    letters = Counter(_LETTERS.findall(text[:_SAMPLE_LENGTH]))
    scripts = Counter[str]()
    for letter, n in letters.items():
        scripts[_script(letter)] += n
    if not scripts:
        return UNKNOWN
    rules = load_toml("languages", "scripts.toml")["script"].get(scripts.most_common(1)[0][0])
    if rules is None:
        return UNKNOWN
    total = sum(letters.values())
    for rule in rules.get("marked", []):
        share = sum(letters[letter] for letter in rule["letters"]) / total
        if share >= rule["share"]:
            return str(rule["language"])
    if "language" in rules:
        return str(rules["language"])
    ranked = _identifier(tuple(rules["languages"])).rank(text[:_CLASSIFIED_LENGTH])
    odds = {lang: log + _LIKELIER * (lang in rules["likely"]) for lang, log in ranked}
    return str(max(odds, key=odds.__getitem__))


def language_of_name(name: str) -> str:
    """Return a language that a single name may be in, by its letters alone.

    Unlike a text, a name says no more than its script does: of the languages that share one, the
    first that ``scripts.toml`` lists is taken.

    Examples
    --------
    >>> language_of_name("باكو"), language_of_name("پارس"), language_of_name("Łódź")
    ('ar', 'fa', 'en')
    """
    letters = _LETTERS.findall(name)
    if not letters:
        return UNKNOWN
    rules = load_toml("languages", "scripts.toml")["script"].get(_script(letters[0]))
    if rules is None:
        return UNKNOWN
    for rule in rules.get("marked", []):
        if any(letter in rule["letters"] for letter in letters):
            return str(rule["language"])
    return str(rules["language"] if "language" in rules else rules["languages"][0])


def is_right_to_left(lang: str) -> bool:
    """Return whether a language is written from right to left."""
    return lang.split("-", maxsplit=1)[0] in load_toml("languages", "scripts.toml")["right_to_left"]


@cache
def _script(letter: str) -> str:
    for name, ranges in load_toml("languages", "scripts.toml")["ranges"].items():
        if any(low <= ord(letter) <= high for low, high in ranges):
            return str(name)
    return UNKNOWN


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier
