"""How can a language model that the user names help to find events, without being believed?"""

from geoevents.language_model.endpoint import KEY_VARIABLE, LanguageModel
from geoevents.language_model.reading import ModelReading, extract_with_model

__all__ = ["KEY_VARIABLE", "LanguageModel", "ModelReading", "extract_with_model"]
