"""What is read: one news article, its text untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """A news article.

    Attributes
    ----------
    text
        The text, never altered: every offset points into it.
    id
        Name of the article, unique in a run.
    lang
        BCP 47 language, or None to detect it.
    published
        Date of publication, or None: relative dates then stay relative.
    title, url
        As given, or None.
    extra
        Unknown keys of a JSONL line, passed through.
    """

    text: str
    id: str = "article"
    lang: str | None = None
    published: date | None = None
    title: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
