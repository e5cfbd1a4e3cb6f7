"""Which of a model's labels name places, and as what?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import BadQueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Labels = Mapping[str, str]
    """Label of a model, without its B- or I-, to the form of what it marks."""

PLACE_LABELS: Labels = {"LOC": "name", "GPE": "name", "FAC": "name", "LOCATION": "name"}
"""The labels of the usual schemes: CoNLL-2003, OntoNotes, ACE."""

FORMS = frozenset({"name", "demonym", "associative"})
_POSITIONS = frozenset("BIESLU")


def entity_of(tag: str) -> str:
    """Return the entity's label in a tag of any of the schemes BIO, BIOES, BILUO; "" outside.

    Examples
    --------
    >>> [entity_of(tag) for tag in ("B-LOC", "I-LOC", "S-GPE", "LOC", "O")]
    ['LOC', 'LOC', 'GPE', 'LOC', '']
    """
    position, _, label = tag.partition("-")
    if label and position in _POSITIONS:
        return label
    return "" if tag == "O" else tag


def begins(tag: str) -> bool:
    """Return whether a tag marks the first word of an entity."""
    position, _, label = tag.partition("-")
    return bool(label) and position in {"B", "S", "U"}


def place_labels(wanted: Labels | None, held: Iterable[str], model: str) -> dict[str, str]:
    """Return those of a model's labels that name places, each with its form.

    Parameters
    ----------
    wanted
        Labels with their forms; :data:`PLACE_LABELS` by default.
    held
        The labels that the model has.
    model
        Its name, for the error.

    Raises
    ------
    BadQueryError
        If the model has none of them, or a form is not one of a found name.
    """
    wanted = PLACE_LABELS if wanted is None else wanted
    wrong = sorted(set(wanted.values()) - FORMS)
    if wrong:
        raise BadQueryError(
            f"{wrong[0]!r} is not a form of a found name: use one of {', '.join(sorted(FORMS))}."
        )
    labels = sorted(set(held))
    chosen = {label: wanted[label] for label in labels if label in wanted}
    if not chosen:
        raise BadQueryError(
            f"The model {model!r} has none of the labels {', '.join(sorted(wanted))}: it has "
            f"{', '.join(labels) or 'none at all'}; say with labels= which of them name places."
        )
    return chosen
