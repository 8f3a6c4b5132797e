"""Training results -> what pages say of them. Sees built tables and names, never a participant."""

from training.sections import district
from training.sections.opened import (
    ClassPage,
    DistrictPage,
    TrainingPage,
    open_class,
    open_training,
)

__all__ = ["ClassPage", "DistrictPage", "TrainingPage", "district", "open_class", "open_training"]
