"""Which features does an event table give, layer by layer?

One module per kind of layer. Those in :data:`LAYERS`, the lowest on the map first, draw lines and
areas: each has ``features(rows, style)``, which returns the features it draws and leaves the rest
to the others. Points, of which there may be a million, are columns: see
:func:`maps.layers.points.points`.
"""

from maps.layers import routes, zones
from maps.layers.feature import Feature

LAYERS = (zones, routes)

__all__ = ["LAYERS", "Feature"]
