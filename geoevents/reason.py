"""Why was something read as it was: by which rule, and on which words?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One step that led to a decision.

    Attributes
    ----------
    rule
        Name of the rule, a key of ``data/ontology/reasons.toml``, which says it in words.
    span
        Words that the rule went by, as code point offsets into the text, or None.
    values
        What the rule's words leave open, by name: the row of the lexicon, a role, a date.
    """

    rule: str
    span: Span | None = None
    values: Mapping[str, str | int | float] = field(default_factory=dict)


Why = tuple[Reason, ...]
"""The steps that led to a decision, the first one first; empty where none was recorded."""
