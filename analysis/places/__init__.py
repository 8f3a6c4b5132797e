"""data/places/*.csv -> places by code and by any usual spelling of their names."""

from analysis.places.lookup import Places, check_places, read_places
from analysis.places.rows import fold
from analysis.places.tiles import read_tiles
from analysis.places.units import Commune, District, Province

__all__ = ["Commune", "District", "Places", "Province", "check_places", "fold", "read_places", "read_tiles"]
