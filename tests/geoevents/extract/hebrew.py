"""What tests of Hebrew ask of an event: what it is, and where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoevents.event import Event

DAY = date(2024, 5, 15)  # a Wednesday


def told(event: Event) -> tuple[str, str]:
    """Return the type and the status of an event."""
    return event.type, event.status


def places(event: Event) -> dict[str, set[str]]:
    """Return the words of an event's places by role."""
    found: dict[str, set[str]] = {}
    for place in event.places:
        found.setdefault(place.role, set()).add(place.resolution.mention.text)
    return found
