"""How are events told when their exact places would do harm?

::

    from gazetteer import Gazetteer
    from geoevents import read_event_table
    from geoevents.coarsen import coarsen

    table = coarsen(read_event_table("events.gpkg"), 25, gazetteer=Gazetteer.open())
"""

from geoevents.coarsen.drawing import as_areas
from geoevents.coarsen.grain import ADM1, Grain, parse_grain
from geoevents.coarsen.grid import Cell, Grid
from geoevents.coarsen.table import coarsen

__all__ = ["ADM1", "Cell", "Grain", "Grid", "as_areas", "coarsen", "parse_grain"]
