"""How does this gazetteer meet geopy? It is one of its geocoders, and can fall back to one."""

from gazetteer.geocoders.cache import AnswerCache, CacheSetAsideWarning
from gazetteer.geocoders.fallback import FallbackGeocoder
from gazetteer.geocoders.offline import OfflineGeocoder
from gazetteer.geocoders.service import OnlineLookupWarning

__all__ = [
    "AnswerCache",
    "CacheSetAsideWarning",
    "FallbackGeocoder",
    "OfflineGeocoder",
    "OnlineLookupWarning",
]
