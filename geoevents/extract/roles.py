"""Where did an event happen, and which places are only mentioned with it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.place import COUNTRY_KINDS
from geoevents.event import EventPlace
from geoevents.extract.attribution import is_attribution, is_where_taken
from geoevents.extract.bare_places import bare_relation, frame_of, is_closed, stands_behind
from geoevents.extract.clauses import is_in_another
from geoevents.extract.containment import COUNTRY_SIZE, holds, is_of, owns, within
from geoevents.extract.cues import load_cues
from geoevents.extract.datelines import is_adjective, is_dateline
from geoevents.extract.journeys import (
    End,
    find_ends,
    is_crossed,
    is_home,
    is_left_twice,
    is_missed,
    is_of_person,
    relation_of_end,
)
from geoevents.extract.meanings import meant, upon_or_on
from geoevents.extract.place_words import (
    APPOSED,
    AT,
    BARE,
    DATIVE,
    GENITIVE,
    INTO,
    OBJECT,
    UPON,
    place_words,
)
from geoevents.extract.sizes import size_of
from geoevents.extract.sources import same_subjects
from geoevents.ontology import frame
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from gazetteer import Place
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

CONTEXT = "context"
MAX_DISTANCE = 22  # words between a trigger and its place
_COST_CLAUSE = 3.0
_COST_TRIGGER = 6.0
_COST_BEFORE = 3.0
_COST_CONTEXT = 8.0
_HYPHENS = frozenset("-‐‑")
_SURE = 0.2  # p_place below which a name is not taken for an event's place
# To spy on a capital, or to call on it, is not to be there.
_AGAINST_GOVERNMENTS = frozenset({"intelligence", "statement", "diplomacy"})
_MAX_COST, _MAX_COST_COUNTRY = 26.0, 18.0
_IN_REACH = 2  # words from an unheld name to "in X", which says where it lies
_FRONT = 1  # a phrase that begins by this word opens the sentence, and holds for all of it


class _Given(NamedTuple):
    """A mention with the role that it is given, and why."""

    link: Link
    role: str
    why: Why
    relation: str = ""


def _because(rule: str, link: Link) -> Reason:
    return Reason(f"place.{rule}", link.resolution.span)


def assign_places(
    reading: Reading, triggers: Sequence[Trigger], links: Sequence[Link]
) -> dict[int, list[EventPlace]]:
    """Give each place of a sentence to the event it belongs to.

    Parameters
    ----------
    reading
        The sentence.
    triggers
        Its events' triggers.
    links
        Its mentions.

    Returns
    -------
    dict
        Places with their roles by index of the trigger. A place that fits none is given to none.
    """
    given: dict[int, list[_Given]] = {}
    ends = find_ends(reading, links)
    previous: tuple[_Given, int] | None = None
    for link in _names(reading, triggers, links, ends):
        if link.first not in ends and is_dateline(reading, link):
            if triggers:
                given.setdefault(0, []).append(_Given(link, CONTEXT, (_because("dateline", link),)))
            continue
        if previous is not None and _says_where(triggers, previous[0].link, link, ends):
            why = (_because("container", previous[0].link),)
            role = previous[0].role if _stands_in(previous[0].link, link) else CONTEXT
            given.setdefault(previous[1], []).append(_Given(link, role, why))
            continue
        best = _best(reading, triggers, link, ends.get(link.first))
        if best is not None:
            index, found = best
            given.setdefault(index, []).append(found)
            previous = (found, index)
    step = -1 if reading.lexicon.morphology.postpositions else 1
    return {
        i: _settle(reading, _settled_ends(reading, triggers[i], found)[::step])
        for i, found in (
            (i, _without_asides(reading, triggers[i], all_)) for i, all_ in given.items()
        )
    }


def _says_where(triggers: Sequence[Trigger], inner: Link, link: Link, ends: Container[int]) -> bool:
    """Return whether a place says where the one before lies, and not where something else was."""
    low, high = sorted((inner, link), key=lambda known: known.first)
    if link.first not in ends and (_stands_in(inner, link) or _belongs_to(inner, link)):
        return True
    if not link.container or link.first in ends or link.relation in _WAYS:
        return False
    told = any(low.last < trigger.start and trigger.end <= high.head for trigger in triggers)
    return not told and within(inner, link)


def _belongs_to(inner: Link, link: Link) -> bool:
    """Return whether "of" is glued to the name behind a place: "the southern suburb of Beirut"."""
    within_it, around = inner.resolution.place, link.resolution.place
    if within_it is None or around is None or inner.relation in _WAYS:
        return False
    beside = link.relation == DATIVE and link.first == inner.last + 1
    return beside and within_it.country == around.country


def _stands_in(inner: Link, link: Link) -> bool:
    """Return whether a place says where the one right before lies that was not found.

    In "the quarter of X, west of Baghdad" or "the market of X in one of Baghdad's quarters" that
    is all that is known of where X is.
    """
    if link.resolution.place is None or inner.resolution.place is not None:
        return False
    if link.resolution.mention.refs and link.first == inner.last + 1:
        return True
    return link.relation == "in" and 0 < link.head - inner.last <= _IN_REACH


def _without_asides(
    reading: Reading, trigger: Trigger, found: Sequence[_Given]
) -> Sequence[_Given]:
    """Make context of where "who" or "which" goes on: "in X he met Y, who is opposed in Z"."""
    relative = load_cues(reading.lang).relative
    asides = [
        i for i in range(trigger.end, len(reading.words)) if reading.words[i].folded in relative
    ]

    def told(given: _Given) -> Iterator[Link]:
        for other in found:
            apart = any(other.link.last < i < given.link.head for i in asides)
            if apart and other.role == given.role != CONTEXT and other.link.last >= trigger.end:
                yield other.link

    def settled(given: _Given) -> _Given:
        other = next((link for link in told(given) if not holds(link, given.link)), None)
        if other is None:
            return given
        return given._replace(role=CONTEXT, why=(*given.why, _because("aside", other)))

    return [settled(given) for given in found]


def _without_home(reading: Reading, trigger: Trigger, found: Sequence[_Given]) -> Sequence[_Given]:
    """Make context of whose a craft is, where the text says where it set out: "a ship from X".

    Of a person on board it is none where he is from.
    """
    origins = [given for given in found if given.role == "origin"]
    home = [g for g in origins if is_home(reading, trigger, g.link, g.relation)]
    persons = [g for g in origins if is_of_person(reading, trigger, g.link, g.relation)]
    rules = {"place.person": persons, "place.home": home if len(home) < len(origins) else []}

    def settled(given: _Given) -> _Given:
        rule = next((rule for rule, apart in rules.items() if given in apart), None)
        if rule is None:
            return given
        return given._replace(role=CONTEXT, why=(*given.why, Reason(rule, trigger.span)))

    return [settled(given) for given in found]


def _settled_ends(reading: Reading, trigger: Trigger, found: Sequence[_Given]) -> Sequence[_Given]:
    """Return the places of an event, those that are no ends of its journey as context."""
    at_home = _without_home(reading, trigger, found)
    return _diverted(reading, trigger, _without_scene(trigger, _reached(trigger, at_home)))


def _diverted(reading: Reading, trigger: Trigger, found: Sequence[_Given]) -> Sequence[_Given]:
    """Make context of where a craft was bound that is sent elsewhere: the last place is where."""
    bound = [g.link for g in found if g.role == "destination" and g.relation in _BOUND]
    if len(bound) < _TWO or all(_DIVERSION not in reading.words[i].classes for i in trigger.used):
        return found
    last = max(bound, key=lambda link: link.first)
    why = Reason("place.missed", trigger.span)
    return [
        given._replace(role=CONTEXT, why=(*given.why, why))
        if given.link in bound and given.link is not last
        else given
        for given in found
    ]


def _without_scene(trigger: Trigger, found: Sequence[_Given]) -> Sequence[_Given]:
    """Make context of where a journey is told of: "in X they announced flights to Y"."""
    if trigger.family != "movement":
        return found
    bound = any(g.role == "destination" and g.relation in _BOUND for g in found)

    def is_scene(given: _Given) -> bool:
        before = given.link.last < trigger.start
        return before and given.role == "destination" and given.relation in _THERE

    why = Reason("place.missed", trigger.span)
    return [
        given._replace(role=CONTEXT, why=(*given.why, why)) if bound and is_scene(given) else given
        for given in found
    ]


def _reached(trigger: Trigger, found: Sequence[_Given]) -> Sequence[_Given]:
    """Make context of a place that a craft neither reached nor left, though it seems so."""
    ended = [given.relation for given in found if given.role == "destination"]
    settled: list[_Given] = []
    told = [given for given in found if given.relation == "from"]
    for given in found:
        left = [
            other.link
            for other in (*settled, *told)
            if other.role == given.role == "origin" and other.link is not given.link
        ]
        missed = given.role == "destination" and is_missed(trigger, given.relation, ended)
        if missed or is_left_twice(trigger, given.link, left):
            why = (*given.why, Reason("place.missed", trigger.span))
            settled.append(given._replace(role=CONTEXT, why=why))
        else:
            settled.append(given)
    return settled


def _names(
    reading: Reading, triggers: Sequence[Trigger], links: Sequence[Link], ends: Container[int]
) -> Iterator[Link]:
    """Yield the mentions that surely name a place, and do not describe another noun."""
    starts = {trigger.start for trigger in triggers}
    # Where the case is told behind a name, a name follows the one that it lies in.
    behind = reading.lexicon.morphology.postpositions
    for link in reversed(links) if behind else links:
        described = link.last + 1 not in starts and is_adjective(reading, link)
        if _is_sure(reading, link, dashed=link.first in ends) and not described:
            yield link


def _is_sure(reading: Reading, link: Link, *, dashed: bool) -> bool:
    """Return whether a mention surely names a place, and is no part of "Britain-based"."""
    mention = link.resolution.mention
    if mention.form == "demonym" or mention.p_place < _SURE:
        return False
    return dashed or reading.text[mention.end : mention.end + 1] not in _HYPHENS


def _best(
    reading: Reading, triggers: Sequence[Trigger], link: Link, end: End | None
) -> tuple[int, _Given] | None:
    options = []
    for index, trigger in enumerate(triggers):
        way = end and relation_of_end(reading, triggers, trigger, end)
        found = _role(reading, trigger, replace(link, relation=way) if way else link)
        if found is not None:
            role, reason = found
            cost = _cost(reading, triggers, trigger, link)
            if cost <= _limit(link):
                options.append((cost + _COST_CONTEXT * (role == CONTEXT), index, role, reason, way))
    if not options:
        return None
    cost, index, role, reason, way = min(options, key=lambda option: option[:2])
    near = Reason("place.nearest", triggers[index].span, {"cost": cost, "of": len(options)})
    why = (reason, near) if len(options) > 1 else (reason,)
    return index, _Given(link, role, why, way or link.relation)


def _limit(link: Link) -> float:
    """Return the cost above which a place is not linked; countries are named more loosely."""
    place = link.resolution.place
    return _MAX_COST_COUNTRY if place is not None and size_of(place) >= COUNTRY_SIZE else _MAX_COST


def _cost(reading: Reading, triggers: Sequence[Trigger], trigger: Trigger, link: Link) -> float:
    words = reading.words
    if link.head >= trigger.end:
        low, high = trigger.end - 1, link.head
    else:
        low, high = link.last, trigger.start
    between = sum(low < other.start < high for other in triggers if other is not trigger)
    high = min(max(high, 0), len(words) - 1)
    clauses = abs(words[high].clause - words[min(low, len(words) - 1)].clause)
    usual = (link.last < trigger.start) is stands_behind(reading, trigger)
    before = 0.0 if usual else _COST_BEFORE
    # "Protests in X when the minister arrived": what "when" brings up begins behind it.
    joints = place_words(reading.lang).while_
    if not usual and any(words[i].folded in joints for i in range(low + 1, high)):
        before += _COST_TRIGGER
    return (high - low) + _COST_CLAUSE * clauses + _COST_TRIGGER * between + before


_TALKING = (frame("talk"), frame("visit"), frame("topic"))
# "An attack on X", "a war on X", "raids on X" are fought there.
_ON_THE_GROUND = frozenset(
    {"violence.attack", "violence.armed_clash", "violence.strike", "violence.shelling"}
)
_GIVING = frozenset({"transfer", "deal"})
# What is shipped to a country arrives there; what it is promised or sold need not.
_SHIPPED = frozenset({"transfer.arms_shipment", "transfer.aid"})
_ENDS = frozenset({"from", "to", "dative"})
_BY_ORDER = frozenset({BARE, APPOSED, AT, GENITIVE, OBJECT})  # no word says how these are linked
_BOUND = frozenset({"to", "toward", "dative", INTO})
_DIVERSION, _TWO = "diversion", 2
_THERE = frozenset({"in", "on", "near"})
_WAYS = frozenset({"from", "to", "toward", "via"})  # these say where something goes, not where


def _role(reading: Reading, trigger: Trigger, link: Link) -> tuple[str, Reason] | None:
    """Return the role a place would play for a trigger, and what gives it, or None."""
    place, roles = link.resolution.place, frame_of(trigger)
    link = upon_or_on(reading, trigger, link)
    if link.speaker or _is_apart(reading, trigger, link) or is_where_taken(reading, trigger, link):
        return None
    into = link.relation == INTO  # no word for whom something is given
    link = meant(reading, trigger, link)
    if is_attribution(reading, trigger, link):
        return CONTEXT, _because("attribution", link)
    goes = trigger.family == "movement" and link.relation not in _WAYS
    if goes and _is_aside(reading, trigger):
        return None
    # "The withdrawal of troops from X" is from X.
    topic = link.topic and (roles in _TALKING or goes)
    if topic or (link.relation in _BY_ORDER and is_crossed(reading, trigger, link)):
        return CONTEXT, _because("topic" if topic else "crossed", link)
    if link.relation in _BY_ORDER:
        rule, relation = "by_order", bare_relation(reading, trigger, link, place)
    else:
        party = not into and _is_party(trigger, link, place)
        rule, relation = "by_word", None if party else link.relation
        relation = _as_where(reading, trigger, link) if relation == DATIVE else relation
    if relation is None or relation not in roles:
        return None
    first = min(link.head, link.first)
    phrase = reading.offsets(first, link.last + 1)
    said = {"relation": relation, "role": roles[relation], "type": trigger.type}
    return roles[relation], Reason(f"place.{rule}", phrase, said)


def _is_aside(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a participle only says what people did meanwhile: "killed men riding in X"."""
    before = reading.words[trigger.start - 1] if trigger.start else None
    return before is not None and "ing" in trigger.tags and "people" in before.classes


def _as_where(reading: Reading, trigger: Trigger, link: Link) -> str:
    """Return what "au Mali" says, which may be "to" or "in": who is given something, or where."""
    where = place_words(reading.lang).dative_is_in
    return "in" if where and (link.headed or trigger.family not in _GIVING) else DATIVE


def _is_apart(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place stands too far away, or says where somebody speaks from."""
    before = link.last < trigger.start
    begun = before and link.head > _FRONT
    if _is_of_another_statement(reading, trigger, link):
        return True
    if begun and (_is_parted(reading, link, trigger) or _begins_anew(reading, trigger)):
        return True
    if reading.lexicon.morphology.verb_last:
        if not before and (trigger.kind == "verb" or is_closed(reading, trigger, link.head)):
            return True
    elif (
        before
        and (
            link.source < trigger.start
            or link.relation == UPON
            or (link.relation in _ENDS and trigger.kind == "noun")
        )
    ) or (not before and is_in_another(reading, trigger, link)):
        return True
    return (trigger.start - link.last if before else link.head - trigger.end) > MAX_DISTANCE


def _is_of_another_statement(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a semicolon parts a place from an event, and more follows: "; X leaves Y".

    Right behind the semicolon "in X" may still go on with what was told, "one in Y; in X two", and
    so does what "it" opens: "it left Y; it is bound for X".
    """
    head = min(link.head, len(reading.words) - 1)
    if not reading.parts(trigger.start, head):
        return False
    behind = range(trigger.end, head + 1)
    first = next((i for i in reversed(behind) if reading.parts(i - 1, i)), None)
    if first is None:
        return True
    goes_on = reading.words[first].folded in same_subjects(reading.lang)
    return not goes_on and not (first == head and link.relation in _THERE)


def _begins_anew(reading: Reading, trigger: Trigger) -> bool:
    """Return whether "and" is glued to a verb, with which another clause begins: "واقتيدت"."""
    morphology = reading.lexicon.morphology
    word = reading.words[trigger.start].folded
    return trigger.kind == "verb" and any(
        analysis.clitic and analysis.clitic in morphology.conjunction
        for analysis in morphology.analyses(word)
    )


def _is_parted(reading: Reading, link: Link, trigger: Trigger) -> bool:
    """Return whether "after" or "before" stands between: "he left X after the killing of Y"."""
    apart = load_cues(reading.lang).apart
    return any(reading.words[i].folded in apart for i in range(link.last + 1, trigger.start))


def _is_party(trigger: Trigger, link: Link, place: Place | None) -> bool:
    """Return whether "on X", "to X", "from X" names a country that takes part, and no place."""
    if place is None or link.headed:
        return False
    if place.kind == "capital" and link.relation == UPON:
        return trigger.family in _AGAINST_GOVERNMENTS
    if place.kind not in COUNTRY_KINDS:
        return False
    if link.relation == UPON:
        return trigger.family not in {"coercion", "movement"} and trigger.type not in _ON_THE_GROUND
    if link.relation == DATIVE and trigger.family == "violence":
        return True
    shipped = trigger.type in _SHIPPED and link.relation != DATIVE
    return link.relation in _ENDS and trigger.family in _GIVING and not shipped


def _settle(reading: Reading, found: Sequence[_Given]) -> list[EventPlace]:
    """Keep each place once; what holds another place of its role, or owns it, is context."""
    settled: dict[str, EventPlace] = {}
    for link, role, why, _ in found:
        held = [
            other.link
            for other in found
            if role != CONTEXT and other.link is not link and other.role == role
            if (holds(link, other.link) and not is_of(reading, link, other.link))
            or owns(reading, link, other.link)
        ]
        further = [_because("holds", inner) for inner in held[:1]]
        named = reading.referring.get(link.resolution.span)
        if named is not None:
            further.append(Reason("place.known", named))
        place = EventPlace(CONTEXT if held else role, link.resolution, (*why, *further))
        key = place.key
        if key not in settled or settled[key].role == CONTEXT:
            settled[key] = place
    return list(settled.values())
