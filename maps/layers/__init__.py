"""Which features does an event table give, layer by layer?

One module per kind of layer. Each has ``features(rows, style)``, which returns the features it
draws and leaves the rest to the others; :data:`LAYERS` is their order on the map, lowest first.
"""

from maps.layers import points, routes, zones
from maps.layers.feature import Feature

LAYERS = (zones, routes, points)

__all__ = ["LAYERS", "Feature"]
