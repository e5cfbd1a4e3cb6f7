"""When was an article published whose file does not say so?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.text.language import detect_language
from geoevents.extract.datelines import dateline_day

if TYPE_CHECKING:
    from datetime import date


def assumed_date(text: str, published: date | None, *, lang: str | None) -> date | None:
    """Return the day that a text states in its dateline, else the one that is assumed for all.

    Parameters
    ----------
    text
        The text of the article.
    published
        The day that is assumed for articles that state none; without it nothing is asked.
    lang
        Language of the text, or None to detect it.

    Examples
    --------
    >>> from datetime import date
    >>> text = "GENEVA, 3 May 2024 (AFP) – On Sunday two planes landed."
    >>> assumed_date(text, date(2025, 9, 6), lang="en")
    datetime.date(2024, 5, 3)
    >>> assumed_date("On Sunday two planes landed.", date(2025, 9, 6), lang="en")
    datetime.date(2025, 9, 6)
    """
    if published is None:
        return None
    return dateline_day(text, lang=lang or detect_language(text)) or published
