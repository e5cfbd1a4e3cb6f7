"""The gazetteer that the tests of extraction read with, opened once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from geoevents.article import Article
from geoevents.event import Event
from geoevents.extract.pipeline import extract

if TYPE_CHECKING:
    from datetime import date

Read = Callable[..., list[Event]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Return the embedded gazetteer."""
    return Gazetteer.open()


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Read:
    """Return a function that gives the events of a text."""

    def events_of(
        text: str, *, published: date | None = None, lang: str | None = None
    ) -> list[Event]:
        article = Article(text=text, published=published, lang=lang)
        return list(extract(article, gazetteer).events)

    return events_of
