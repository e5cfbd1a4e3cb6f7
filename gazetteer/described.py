"""Which places does a text describe by others, and where are they?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.asked import announced
from gazetteer.mention import Mention, Resolution, Span
from gazetteer.mentions.describe import Describer
from gazetteer.mentions.placed import PlacedName
from gazetteer.place import COUNTRY_KINDS, REGION_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gazetteer.atlas import Atlas
    from gazetteer.derived import Derivation
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match
    from gazetteer.mentions.placed import Description
    from gazetteer.mentions.references import Reference
    from gazetteer.place import Place

_BASIS = {"part": "schematic", "zone": "schematic", "between": "schematic", "offset": "inferred"}
"""How the geometry of described places follows from the words; ``stated`` for the others."""

_KNOWN_KINDS = COUNTRY_KINDS | {"admin1", "capital", "city"}
_P_BESIDE = 0.75  # a likely name beside words that describe a place with it
_SAME_PLACE = {"town": SETTLEMENT_KINDS, "province": frozenset({"admin1"})}


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """A matched name with the place it was resolved to."""

    match: Match
    resolution: Resolution

    @property
    def place(self) -> Place:
        """The place; names without one cannot describe others."""
        place = self.resolution.place
        if place is None:
            raise LookupError(self.resolution.mention.text)
        return place


def describe(
    view: TextView,
    atlas: Atlas,
    *,
    names: Sequence[ResolvedName],
    unsure: Sequence[ResolvedName],
    demonyms: Sequence[Demonym],
    references: Sequence[Reference] = (),
    held_as: Callable[[str, Match], Place | None],
    region_of: Callable[[str], Place | None],
) -> list[Resolution]:
    """Return the described places of a text, and the unsure names that they are made of.

    Parameters
    ----------
    view
        The text.
    atlas
        Geometry of the places.
    names
        The text's names that have a place.
    unsure
        What would be a name if a word that describes places stood beside it. One that spells the
        whole of a described part ("شمال سيناء") is the place of that name.
    demonyms
        The text's demonyms.
    references
        Words that mean a place named before: "the south of the country".
    held_as
        The place whose name is a word and the held form of a match: "южная" and "Америку".
    region_of
        The region that is held under some words: "western Libya".
    """
    told: list[Demonym | Reference] = [*demonyms, *references]
    taken = {i for words in told for i in range(words.first, words.last + 1)}
    known = [n for n in unsure if n.match.first not in taken and _may_be_meant(view, n)]
    placed = [
        *(_placed(view, name, atlas) for name in names),
        *(_placed(view, name, atlas, "unsure") for name in known),
        *(_placed_demonym(demonym, atlas) for demonym in demonyms),
        *(_placed_reference(reference, atlas) for reference in references),
    ]
    describer = Describer(
        view.text,
        view.tokens,
        view.rules,
        sorted(placed, key=lambda name: name.first),
        share_border=atlas.share_border,
        exists=lambda found: (
            _held(view, found, region_of, atlas) is not None
            or (not _is_capital(found) and atlas.derive(found.derivation) is not None)
        ),
    )
    by_span = {name.resolution.span: name.resolution for name in names}
    referring = {reference.resolution.span: reference.resolution for reference in references}
    held = {
        name.resolution.span: _believed(name.resolution)
        for name in unsure
        if name.resolution.span not in referring
    }
    of_people = {Span(demonym.start, demonym.end) for demonym in demonyms}
    matches = {name.resolution.span: name.match for name in [*unsure, *names]}
    parts = held | by_span | referring
    result: dict[Span, Resolution] = {}
    for found in describer.find():
        whole = None
        if found.derivation.form == "part":
            whole = held.get(found.span) or _inflected(view, found, matches, held_as)
            if whole is not None and whole.place and whole.place.kind not in REGION_KINDS:
                result[found.span] = whole
                continue
        named = by_span.keys() | of_people
        result |= {ref: held[ref] for ref in found.refs if ref in held and ref not in named}
        region = whole.place if whole else _held(view, found, region_of, atlas)
        result[found.span] = _described(view, found, parts, region, atlas)
    return list(result.values())


def _is_capital(found: Description) -> bool:
    return found.derivation.parameters == ("capital",)


def _held(
    view: TextView,
    found: Description,
    region_of: Callable[[str], Place | None],
    atlas: Atlas,
) -> Place | None:
    """Return the held place that a part is: a capital, or a region held under the same words."""
    if found.derivation.form != "part":
        return None
    if _is_capital(found):
        return atlas.capital(found.derivation.of[0])
    return region_of(view.text[found.span.start : found.span.end])


def _believed(resolution: Resolution) -> Resolution:
    mention = replace(resolution.mention, p_place=max(resolution.mention.p_place, _P_BESIDE))
    return replace(resolution, mention=mention)


def _inflected(
    view: TextView,
    found: Description,
    matches: Mapping[Span, Match],
    held_as: Callable[[str, Match], Place | None],
) -> Resolution | None:
    """Return the place that is held under the citation form of a direction and its name."""
    match = matches.get(found.refs[0])
    if match is None or len(found.refs) > 1 or not match.ending:
        return None
    for phrase, side in view.rules.sides["DIR"].items():
        if found.derivation.parameters == (side,):
            place = held_as(" ".join(phrase), match)
            if place is not None:
                words = view.text[found.span.start : found.span.end]
                mention = Mention(
                    found.span.start,
                    found.span.end,
                    words,
                    language=view.rules.lang,
                    p_place=_P_BESIDE,
                )
                return Resolution(mention, place, 1.0, uncertainty_km=place.uncertainty_km)
    return None


def _may_be_meant(view: TextView, name: ResolvedName) -> bool:
    """Whether an unsure name is well known, and made of more than words that describe places."""
    words = tuple(fold(view.text[name.match.start : name.match.end]).split())
    refers = any(words == known.words for known in view.rules.references.get(words[-1], ()))
    words = (words[0].removeprefix(view.rules.article), *words[1:])
    alone = len(words) == 1 and words[0] in view.rules.classes_by_head
    # "the western state of ..." is no part of it; "ريف دمشق" is a name.
    announced = not view.rules.has("countryside", words[0]) and any(
        words[:n] in view.rules.triggers for n in (1, 2)
    )
    return name.place.kind in _KNOWN_KINDS and not (alone or announced or refers)


def _placed(view: TextView, name: ResolvedName, atlas: Atlas, *more: str) -> PlacedName:
    place, match = name.place, name.match
    is_area = atlas.is_area(place.id)
    labels = {"name", "place", *more, *(("area", "land") if is_area else ("spot",))}
    if place.kind in SETTLEMENT_KINDS:
        labels |= {"settlement", "capital" if place.kind == "capital" else "lesser"}
    if any(view.rules.has("countryside", view.word(i)) for i in (match.first, match.last)):
        labels.add("countryside")  # "ريف دمشق" is a governorate
    span = name.resolution.span
    return PlacedName(
        span,
        match.first,
        match.last,
        place.id,
        frozenset(labels),
        match.particle,
        _readings(
            name.resolution, place, announced(view, match.first, match.last), view.rules.lang
        ),
        (place.lon, place.lat),
        (span,),
        f"iso:{place.country}" if place.country else None,
    )


def _share_name(place: Place, other: Place, lang: str) -> bool:
    """Whether the first names of two places have one in common: not Mosul's and Nineveh's."""
    firsts = [(p.name, *p.names.get(lang, ())[:1]) for p in (place, other)]
    names, others = ([fold(name).split() for name in first] for first in firsts)
    return any(
        set(name) <= set(more) or set(more) <= set(name) for name in names for more in others
    )


def _readings(
    resolution: Resolution, place: Place, said: frozenset[str], lang: str
) -> Mapping[str, str]:
    """Return the town and the province that bear one name and lie in each other.

    Where the words beside the name say of which kind it is, only those: "the city of Gaza".
    """
    others = [alternative.place for alternative in resolution.alternatives]
    related = [
        place,
        *(
            p
            for p in others
            if (place.id == p.admin1 or place.admin1 == p.id) and _share_name(place, p, lang)
        ),
    ]
    return {
        label: fitting
        for label, kinds in _SAME_PLACE.items()
        if not said or not said.isdisjoint(kinds)
        if (fitting := next((p.id for p in related if p.kind in kinds), None))
    }


def _placed_demonym(demonym: Demonym, atlas: Atlas) -> PlacedName:
    place, span = atlas.place(demonym.place_id), Span(demonym.start, demonym.end)
    labels = {"demonym", *(("area",) if atlas.is_area(demonym.place_id) else ())}
    return PlacedName(
        span,
        demonym.first,
        demonym.last,
        demonym.place_id,
        frozenset(labels),
        demonym.particle,
        point=(place.lon, place.lat),
        refs=(span,),
    )


def _placed_reference(reference: Reference, atlas: Atlas) -> PlacedName:
    place, span = reference.resolution.place, reference.resolution.span
    if place is None:
        raise LookupError(reference.resolution.mention.text)
    labels = {"name", "place", *(("area", "land") if atlas.is_area(place.id) else ("spot",))}
    if place.kind in SETTLEMENT_KINDS:
        labels.add("settlement")
    return PlacedName(
        span,
        reference.first,
        reference.last,
        place.id,
        frozenset(labels),
        point=(place.lon, place.lat),
        refs=(span,),
    )


def _described(
    view: TextView,
    found: Description,
    names: Mapping[Span, Resolution],
    region: Place | None,
    atlas: Atlas,
) -> Resolution:
    """Return a described place: the region that is held under the same words, or a derived one."""
    derivation = found.derivation
    words = view.text[found.span.start : found.span.end]
    parts = [names[ref] for ref in found.refs if ref in names]
    mention = Mention(
        found.span.start,
        found.span.end,
        words,
        derivation.form,
        view.rules.lang,
        _least(part.mention.p_place for part in parts),
        found.refs[0],
        found.refs,
    )
    score = _least(part.score for part in parts)
    if region is not None:
        return Resolution(mention, region, score, (), region.uncertainty_km)
    place = atlas.place(derivation.id)
    named = replace(place, names={view.rules.lang: (words,)})
    return Resolution(mention, named, score, (), place.uncertainty_km, _basis(derivation))


def _least(shares: Iterable[float]) -> float:
    return min(shares, default=1.0)


def _basis(derivation: Derivation) -> str:
    if derivation.form == "coast" and derivation.parameters:
        return "schematic"  # how wide the waters off a coast are is a convention
    return _BASIS.get(derivation.form, "stated")
