"""data/rounds/*.toml -> frozen `Round`s; nothing else in the project reads settings."""

from analysis.rounds.declared import (
    CalibrationSettings,
    CheckRules,
    Columns,
    ContextFiles,
    DesignColumns,
    Fieldwork,
    FileFormat,
    Group,
    Missing,
    QualityRules,
    Round,
    read_previous,
    read_round,
    round_file,
    round_names,
)

__all__ = [
    "CalibrationSettings",
    "CheckRules",
    "Columns",
    "ContextFiles",
    "DesignColumns",
    "Fieldwork",
    "FileFormat",
    "Group",
    "Missing",
    "QualityRules",
    "Round",
    "read_previous",
    "read_round",
    "round_file",
    "round_names",
]
