"""Which events does an article tell? The way in for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geoevents.article import Article
from geoevents.errors import WrongTypeError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geoevents.event import Document
    from geoevents.ontology import Ontology


def find_events(
    article: Article, gazetteer: Gazetteer, *, ontology: Ontology | None = None
) -> Document:
    """Find the places and events of an article.

    Parameters
    ----------
    article
        The article.
    gazetteer
        Where places are looked up, as :meth:`gazetteer.Gazetteer.open` returns it.
    ontology
        Which kinds of events are sought, by which words, as
        :func:`geoevents.read_ontology` returns it [default: the built-in one].

    Returns
    -------
    Document
        The article with its language, places in text order and events in text order. A language
        without event data has places only.

    Raises
    ------
    WrongTypeError
        If the article, its date or the gazetteer is none.

    Examples
    --------
    >>> find_events("A plane flew to Baku.", None)
    Traceback (most recent call last):
      ...
    geoevents.errors.WrongTypeError: find_events needs an Article and was given str: write \
Article(text).
    """
    from gazetteer import Gazetteer
    from geoevents.extract.pipeline import extract

    if not isinstance(article, Article):
        remedy = "write Article(text)" if isinstance(article, str) else "give one article at a time"
        raise WrongTypeError("find_events", "an Article", article, remedy)
    if not isinstance(article.published, date | None):
        remedy = "write date.fromisoformat('2020-09-30')"
        raise WrongTypeError(
            "find_events", "a date as article.published", article.published, remedy
        )
    if not isinstance(gazetteer, Gazetteer):
        remedy = "open one with Gazetteer.open()"
        raise WrongTypeError("find_events", "a Gazetteer", gazetteer, remedy)
    return extract(article, gazetteer, ontology=ontology)
