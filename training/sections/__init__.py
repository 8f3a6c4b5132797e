"""Training results -> what pages say of them. Sees built tables and names, never a participant."""

from training.sections import class_report, department, district, province
from training.sections.opened import (
    ClassPage,
    DistrictPage,
    TrainingPage,
    open_class,
    open_training,
)

__all__ = [
    "ClassPage",
    "DistrictPage",
    "TrainingPage",
    "class_report",
    "department",
    "district",
    "open_class",
    "open_training",
    "province",
]
