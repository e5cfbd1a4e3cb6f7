"""Which other programs may say what words name places, beside or instead of ours?"""

from gazetteer.recognizers.joining import Plugged, Recognition, plug
from gazetteer.recognizers.protocol import FoundName, Recognizer, StreamRecognizer
from gazetteer.recognizers.registry import installed_recognizers, load_recognizer
from gazetteer.recognizers.streams import geoparse_all

__all__ = [
    "FoundName",
    "Plugged",
    "Recognition",
    "Recognizer",
    "StreamRecognizer",
    "geoparse_all",
    "installed_recognizers",
    "load_recognizer",
    "plug",
]
