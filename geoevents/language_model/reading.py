"""What do a language model and our own rules together find in an article?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.text.language import primary_language
from geoevents.extract.pipeline import extract
from geoevents.language_model.claims import read_claims
from geoevents.language_model.exchange import NoAnswerError
from geoevents.language_model.grounding import Ground
from geoevents.language_model.merging import merge
from geoevents.language_model.prompt import answer_schema, messages, split
from geoevents.ontology import builtin

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geoevents.article import Article
    from geoevents.event import Document
    from geoevents.language_model.endpoint import LanguageModel
    from geoevents.language_model.grounding import Grounded
    from geoevents.ontology import Ontology


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What came of asking a language model about an article.

    Attributes
    ----------
    document
        The article with its places and events.
    parts
        Parts of the article; each is a question.
    problems
        One reason for each part that the model gave no answer about: "it answers with the error
        500". These parts are read by our own rules alone.
    """

    document: Document
    parts: int = 0
    problems: tuple[str, ...] = ()


def extract_with_model(
    article: Article,
    gazetteer: Gazetteer,
    model: LanguageModel,
    *,
    ontology: Ontology | None = None,
) -> ModelReading:
    """Find the places and events of an article, with the help of a language model.

    The model only points at words of the text and chooses from the ontology's lists. Offsets,
    dates, numbers, places and their coordinates are our own reading of these words; what it says
    otherwise goes nowhere.

    Parameters
    ----------
    article
        The article.
    gazetteer
        Where places are looked up.
    model
        The model, and where it is asked.
    ontology
        Which kinds of events are sought [default: the built-in one].

    Returns
    -------
    ModelReading
        Without an answer the document is that of :func:`geoevents.extract.pipeline.extract`.
    """
    types = (ontology or builtin()).types
    ruled = extract(article, gazetteer, ontology=ontology)
    known = ruled.article
    ground = Ground(known, ruled.places, gazetteer, types)
    lang = primary_language(known.lang) or "und"
    parts = split(known.text, lang=lang, part_chars=model.part_chars)
    told: list[Grounded] = []
    problems = ["it is longer than is asked about"] * (len(parts) - model.most_parts)
    for part in parts[: model.most_parts]:
        try:
            claims = read_claims(model.ask(messages(known, part, types), answer_schema(types)))
        except NoAnswerError as error:
            problems.append(str(error))
        else:
            told.extend(ground.events(claims, part.sentences))
    events = merge(ruled.events, told)
    numbered = (replace(e, id=f"{known.id}-{n}") for n, e in enumerate(events, start=1))
    return ModelReading(replace(ruled, events=tuple(numbered)), len(parts), tuple(problems))
