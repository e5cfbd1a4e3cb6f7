"""Which words name events, and in which company? The compiled word lists of a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold
from geoevents.extract.morphology import Analysis, Morphology, load_morphology
from geoevents.ontology import builtin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geoevents.ontology import EventType, Ontology, OwnWords

GAP = 7  # words that a "~" of a phrase may stand for
_REMEMBERED = 1 << 15  # words whose look-up is kept
_FEW = 6  # patterns of a word that are tried one by one
_LOADED = 64  # lexicons that are kept: more than there are languages, and a user's beside ours
_KIND_BY_MARK = {"v:": "verb", "n:": "noun"}
WORD_KEYS = ("verbs", "nouns", "phrases")
"""Keys of a row that hold its words."""
COMPANY_KEYS = (
    "near", "next", "next_any", "prev", "unless_near", "unless_next", "unless_prev",
    "unless_compound",
)  # fmt: skip
"""Keys of a row that ask for other words around its own, or forbid them."""


@dataclass(frozen=True, slots=True)
class Element:
    """A word of a pattern: forms with tags, or classes; up to ``gap`` words may precede it."""

    kind: str
    forms: Mapping[str, str]
    classes: frozenset[str]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Company:
    """Words that must or must not stand near: classes, single words, and runs of words."""

    classes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    runs: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.classes or self.words or self.runs)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of ``events.toml``: what its words mean, in which company (see that file)."""

    type: str | None
    cases: tuple[tuple[str, str], ...]
    frame: Mapping[str, str] | None
    aspect: str | None
    weight: float
    weak: bool
    generic: bool
    after: str
    company: Mapping[str, Company]
    roles: Mapping[str, str]
    types: Mapping[str, EventType] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One word or phrase of an entry, compiled and as the data writes it.

    ``further`` are the forms and the classes of each word but the first.
    """

    entry: Entry
    elements: tuple[Element, ...]
    phrase: str = ""
    further: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def may_go_on(self, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
        """Return whether its further words may be in a sentence of such forms and classes."""
        for wanted, of_classes in self.further:
            if wanted.isdisjoint(forms) and of_classes.isdisjoint(classes):
                return False
        return True


Beginning = tuple[Analysis, Pattern, str]
"""How a word is read as the first of a pattern, the pattern, and the tags of the form."""


class Known(NamedTuple):
    """What a folded word may be, whatever particle is glued to it.

    Attributes
    ----------
    begun
        Patterns that it may begin.
    by_second
        Where they are many, the numbers of those whose second word may be of a form or class, and
        under an empty one of those that have no second.
    tells_alone
        Whether one of them asks for no other word.
    forms
        Forms that it may be of, and the word itself.
    by_kind
        The forms by their kind, ``""`` for any.
    classes
        Its classes.
    """

    begun: tuple[Beginning, ...]
    by_second: Mapping[str, Sequence[int]]
    tells_alone: bool
    forms: frozenset[str]
    by_kind: Mapping[str, frozenset[str]]
    classes: frozenset[str]

    def begun_among(self, forms: AbstractSet[str], classes: AbstractSet[str]) -> list[Beginning]:
        """Return the patterns that it may begin in a sentence of such forms and classes."""
        begun: Sequence[Beginning] = self.begun
        if self.by_second:
            there = self.by_second.keys()
            keys = ("", *(there & forms), *(there & classes))
            begun = [self.begun[i] for i in sorted({i for k in keys for i in self.by_second[k]})]
        return [one for one in begun if one[1].may_go_on(forms, classes)]


def _by_second(begun: Sequence[Beginning]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"": []}
    for i, (_, pattern, _) in enumerate(begun):
        for key in frozenset[str]().union(*pattern.further[0]) if pattern.further else ("",):
            found.setdefault(key, []).append(i)
    return found


@dataclass(frozen=True)
class Lexicon:
    """The event words of a language.

    Attributes
    ----------
    lang
        Language code.
    morphology
        How its words inflect.
    by_form
        Patterns by each form of their first word, with the form's tags.
    classes
        Classes by form.
    """

    lang: str
    morphology: Morphology = field(repr=False)
    by_form: Mapping[str, list[tuple[Pattern, str]]] = field(repr=False)
    classes: Mapping[str, frozenset[str]] = field(repr=False)
    _begins: dict[str, bool] = field(default_factory=dict, repr=False)
    _known: dict[str, Known] = field(default_factory=dict, repr=False)

    def known(self, word: str) -> Known:
        """Return what a folded word may be, whatever particle is glued to it."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> Known:
        analyses = self.morphology.analyses(word)
        by_kind = self.morphology.forms_by_kind(word)
        begun = tuple(
            (analysis, pattern, tags)
            for analysis in analyses
            for pattern, tags in self.by_form.get(analysis.form, ())
            if pattern.elements[0].kind in analysis.kinds
        )
        return Known(
            begun=begun,
            by_second=_by_second(begun) if len(begun) > _FEW else {},
            tells_alone=any(
                len(pattern.elements) == 1 and not pattern.entry.company for _, pattern, _ in begun
            ),
            forms=by_kind[""] | {word},
            by_kind=by_kind,
            classes=frozenset[str]().union(*(self.classes.get(a.form, ()) for a in analyses)),
        )

    def may_begin(self, word: str) -> bool:
        """Return whether a pattern may begin with a folded word, whatever is glued to it."""
        known = self._begins.get(word)
        if known is None:
            analyses = self.morphology.analyses(word)
            # A possessive ending is one letter once the apostrophe is folded away.
            known = any(a.form in self.by_form for a in analyses) or word[:-1] in self.by_form
            if len(self._begins) < _REMEMBERED:
                self._begins[word] = known
        return known


def load_lexicon(lang: str, ontology: Ontology | None = None) -> Lexicon | None:
    """Return the event words of a language, or None where there is no data for it.

    Parameters
    ----------
    lang
        Language code.
    ontology
        Its types, and a user's own words beside the built-in ones [default: the built-in one].
    """
    return _load(lang, ontology or builtin())


@lru_cache(maxsize=_LOADED)
def _load(lang: str, ontology: Ontology) -> Lexicon | None:
    morphology = load_morphology(lang)
    if morphology is None:
        return None
    try:
        data = load_toml("languages", lang, "events.toml")
    except MissingDataError:
        return None
    rows, classes = data["trigger"], data["classes"]
    if own := ontology.words.get(lang):
        # The user's first: of two readings that weigh the same the first one is taken.
        rows, classes = [*own.triggers, *kept_triggers(rows, own)], joined_classes(classes, own)
    by_form: dict[str, list[tuple[Pattern, str]]] = {}
    for row in rows:
        entry = _entry(row, ontology, morphology)
        for phrase, elements in _readings(morphology, row):
            further = tuple((frozenset(one.forms), one.classes) for one in elements[1:])
            pattern = Pattern(entry, elements, phrase, further)
            for form, tags in pattern.elements[0].forms.items():
                by_form.setdefault(form, []).append((pattern, tags))
    return Lexicon(lang, morphology, by_form, _classes(morphology, classes))


def joined_classes(
    builtin_rows: Mapping[str, Sequence[str]], own: OwnWords
) -> dict[str, list[str]]:
    """Return the words of each class, the user's behind ours."""
    names = dict.fromkeys([*builtin_rows, *own.classes])
    return {name: [*builtin_rows.get(name, ()), *own.classes.get(name, ())] for name in names}


def kept_triggers(rows: Sequence[Mapping[str, Any]], own: OwnWords) -> Iterator[dict[str, Any]]:
    """Yield the built-in rows without what a user's file removes or replaces."""
    replaced = [row for row in own.triggers if row.get("replaces")]
    for row in rows:
        left: dict[str, Any] | None = dict(row)
        for removal in own.removed:
            left = left and without(left, removal)
        for other in replaced:
            words = {key: other[key] for key in WORD_KEYS if key in other}
            left = left and without(left, words)
        if left:
            yield left


def without(row: Mapping[str, Any], removal: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a row without some of its types and words, or None when nothing of it is left.

    Parameters
    ----------
    row
        Of a language's ``events.toml``.
    removal
        ``types``: only readings of the words as these, else as any; ``verbs``, ``nouns``,
        ``phrases``: only these words, a lemma by its first form, else all.
    """
    types = removal.get("types")
    words = {
        key: {known_as(key, word) for word in removal[key]} for key in WORD_KEYS if key in removal
    }
    if not words:
        return _without_types(row, types or ())
    stated = {row.get("type"), *(kind for _, kind in row.get("cases", ()))}
    if types is not None and stated.isdisjoint(types):
        return dict(row)
    kept = {
        key: [word for word in row[key] if known_as(key, word) not in words.get(key, ())]
        for key in WORD_KEYS
        if key in row
    }
    return {**row, **kept} if any(kept.values()) else None


def _without_types(row: Mapping[str, Any], types: Sequence[str]) -> dict[str, Any] | None:
    cases = [case for case in row.get("cases", ()) if case[1] not in types]
    left = {key: value for key, value in row.items() if key not in {"cases", "type"}}
    if cases:
        left["cases"] = cases
    if row.get("type") is not None and row["type"] not in types:
        left["type"] = row["type"]
    return left if "type" in left or cases else None


def known_as(key: str, word: str) -> str:
    """Return what a word of a row is known by: a lemma by its first form, a phrase as it is."""
    return fold(word if key == "phrases" else word.partition("/")[0])


def never_matching(morphology: Morphology, row: Mapping[str, Any]) -> list[str]:
    """Return the words of a row, in the notation of phrases, that no text can ever match."""
    return [phrase for phrase, parts in _readings(morphology, row) if not _can_match(parts)]


def _can_match(elements: Sequence[Element]) -> bool:
    """Return whether a phrase begins with forms of a word, and none of its words is empty."""
    starts = bool(elements) and bool(elements[0].forms)
    return starts and all((e.forms or e.classes) and "" not in e.forms for e in elements)


def word_forms(morphology: Morphology, spelling: str) -> dict[str, str]:
    """Return the forms of a word of the data: "v:", "n:" or literal; several joined by "|"."""
    kind = _KIND_BY_MARK.get(spelling[:2], "word")
    forms: dict[str, str] = {}
    for lemma in spelling.removeprefix("v:").removeprefix("n:").split("|"):
        forms |= morphology.forms(kind, lemma.removeprefix("v:").removeprefix("n:"))
    return forms


def _classes(morphology: Morphology, rows: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in rows.items():
        for word in words:
            for form in word_forms(morphology, word):
                found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


def _entry(row: Mapping[str, Any], ontology: Ontology, morphology: Morphology) -> Entry:
    return Entry(
        type=row.get("type"),
        cases=tuple((name.removeprefix("@"), kind) for name, kind in row.get("cases", [])),
        frame=ontology.frames[row["frame"]] if "frame" in row else None,
        aspect=row.get("aspect"),
        weight=row["weight"],
        weak=row.get("weak", False),
        generic=row.get("generic", False),
        after=row.get("after", ""),
        company={key: company(row[key], morphology) for key in COMPANY_KEYS if key in row},
        roles=dict(row.get("roles", {})),
        types=ontology.types,
    )


def company(items: list[str], morphology: Morphology) -> Company:
    """Compile a list of words, lemmas ("n:", "v:") and "@classes" of the data."""
    lemmas = [item for item in items if item[:2] in _KIND_BY_MARK]
    words = [fold(item).split() for item in items if item[0] != "@" and item not in lemmas]
    inflected = {form for lemma in lemmas for form in word_forms(morphology, lemma)}
    return Company(
        classes=frozenset(item[1:] for item in items if item.startswith("@")),
        words=frozenset(word[0] for word in words if len(word) == 1) | inflected,
        runs=tuple(tuple(word) for word in words if len(word) > 1),
    )


def _phrases(row: Mapping[str, Any]) -> list[str]:
    """Return every word and phrase of a row in the notation of phrases."""
    verbs = [_split_compound(lemma, "v:") for lemma in row.get("verbs", [])]
    nouns = [_split_compound(lemma, "n:") for lemma in row.get("nouns", [])]
    return [*verbs, *nouns, *row.get("phrases", [])]


def _readings(
    morphology: Morphology, row: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Element, ...]]]:
    """Yield every phrase of a row, compiled: once for each kind that its words may be of."""
    for phrase in _phrases(row):
        for parts in product(*map(_kinds, phrase.split())):
            yield phrase, _elements(morphology, parts)


def _kinds(part: str) -> list[str]:
    """Write "v:send/sent|n:sending" as one word for each mark; an unmarked one goes with the last.

    A verb and a noun differ in what may be glued to them.
    """
    kept = [part[:2] if part[:2] in _KIND_BY_MARK else ""]
    found: dict[str, list[str]] = {kept[0]: []}
    for option in part.removeprefix(kept[0]).split("|"):
        mark = option[:2] if option[:2] in _KIND_BY_MARK else kept[-1]
        found.setdefault(mark, []).append(option.removeprefix(mark))
        kept.append(mark)
    return [mark + "|".join(options) for mark, options in found.items()]


def _split_compound(lemma: str, mark: str) -> str:
    """Write "blow up/blew up" as "v:blow/blew up" and "air strike" as "air n:strike"."""
    parts = [part.replace("-", " ").split() for part in lemma.split("/")]
    if mark == "v:":
        return " ".join(["v:" + "/".join(part[0] for part in parts), *parts[0][1:]])
    return " ".join([*parts[0][:-1], "n:" + "/".join(part[-1] for part in parts)])


def _elements(morphology: Morphology, parts: Sequence[str]) -> tuple[Element, ...]:
    elements: list[Element] = []
    gap = 0
    for part in parts:
        if "~" in part.split("|"):
            gap = GAP
            continue
        for word in _hyphenated(part):
            elements.append(_element(morphology, word, gap))
            gap = 0
    return tuple(elements)


def _hyphenated(part: str) -> list[str]:
    """Split a hyphenated word as the tokenizer does; a mark goes with the last of its words."""
    if "-" not in part or "|" in part:
        return [part]
    mark = part[:2] if part[:2] in _KIND_BY_MARK else ""
    *first, last = part.removeprefix(mark).split("/")[0].split("-")
    return [*first, mark + last]


def _element(morphology: Morphology, word: str, gap: int) -> Element:
    mark = word[:2] if word[:2] in _KIND_BY_MARK else ""
    options = word.removeprefix(mark).split("|")
    forms: dict[str, str] = {}
    for option in options:
        if not option.startswith("@"):
            forms |= word_forms(morphology, mark + option)
    return Element(
        kind=_KIND_BY_MARK.get(mark, "word"),
        forms=forms,
        classes=frozenset(option[1:] for option in options if option.startswith("@")),
        gap=gap,
    )
