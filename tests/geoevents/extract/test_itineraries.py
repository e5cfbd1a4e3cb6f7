"""Journeys that are told in two sentences: where one arrived, and where one had set out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import places

if TYPE_CHECKING:
    from .conftest import Read


def arrivals(read: Read, text: str) -> list[list[tuple[str, str]]]:
    """Return the ends of the journeys that have a destination."""
    return [
        places(event, "origin", "destination")
        for event in read(text)
        if places(event, "destination")
    ]


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        (
            "Two planes landed in Benghazi. The two planes had taken off from Minsk.",
            "Minsk",
            "Benghazi",
        ),
        ("Самолёт приземлился в Тегеране. Самолёт вылетел из Минска.", "Минска", "Тегеране"),
        (
            "وصل رئيس الدولة إلى الدار البيضاء. واستقبله كثيرون. وكان رئيس الدولة قد غادر باريس.",
            "باريس",
            "الدار البيضاء",
        ),
    ],
)
def test_an_arrival_has_the_origin_that_a_sentence_near_by_tells(
    read: Read, text: str, origin: str, destination: str
) -> None:
    """The traveller is the same, or a craft that the sentence beside speaks of."""
    assert arrivals(read, text) == [[("destination", destination), ("origin", origin)]]


@pytest.mark.parametrize(
    "text",
    [
        # Somebody else.
        "وصل رئيس الدولة إلى الدار البيضاء. وكان وزير الخارجية قد غادر باريس.",
        # A new craft.
        "A plane landed in Benghazi on Tuesday. A plane had taken off from Minsk.",
        # Another day.
        "Sergei Lavrov arrived in Tunis on Monday. Sergei Lavrov flew from Moscow on Thursday.",
        # Another number.
        "Two planes landed in Benghazi. Five planes took off from Minsk.",
        # Either of two.
        "The jet took off from Minsk. The jet landed in Benghazi. The jet took off from Tripoli.",
        # It did not happen.
        "A plane landed in Benghazi. No plane took off from Minsk.",
    ],
)
def test_other_journeys_stay_apart(read: Read, text: str) -> None:
    """Where it may be another journey, its beginning stays unknown."""
    for ends in arrivals(read, text):
        assert [role for role, _ in ends] == ["destination"]


def test_the_departure_stays_as_it_is_told(read: Read) -> None:
    """One journey is drawn once."""
    events = read("A plane landed in Benghazi. The plane had taken off from Minsk.")
    assert places(events[1], "origin", "destination") == [("origin", "Minsk")]


def test_the_origin_of_another_sentence_is_inferred(read: Read) -> None:
    """A map draws it as what the text does not say in so many words."""
    arrival, _ = read("A plane landed in Benghazi. The plane had taken off from Minsk.")
    basis = {p.role: p.resolution.geometry_basis for p in arrival.places}
    assert basis["origin"] == "inferred"
    assert basis["destination"] != "inferred"
