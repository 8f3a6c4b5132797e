"""The file's own labels + the codebook -> findings: codes that mean something else, codes without a label."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.letters.text import fold_key
from analysis.respondents.answers import ANSWERED, kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.value_checks import numbers_in


def check_labels(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Compare what a code means in the file and in the codebook, for the coded variables the file labels.

    Notes
    -----
    Labels are worded in many ways, so a difference alone says nothing. A code whose label in the file is,
    word for word, the codebook's label of another code is coded the other way round, and stops.
    """
    labelled = rows.raw.value_labels if rows.raw is not None else {}
    for name in codebook.with_role("person", "question"):
        if name not in rows.table.columns or not labelled.get(name) or codebook.row(name)["type"] != "code":
            continue
        in_file = {float(code): label for code, label in labelled[name].items() if not isinstance(code, str)}
        yield from _moved(rows, codebook, name, in_file)
        yield from _unlabelled(rows, name, in_file)


def _moved(rows: SurveyRows, codebook: Codebook, name: str, in_file: dict[float, str]) -> Iterator[Finding]:
    """Codes that the file labels as the codebook labels another code."""
    owners: dict[str, set[float]] = {}
    for language in ("vi", "en"):
        for code, label in codebook.labels(name, language).items():
            owners.setdefault(fold_key(label), set()).add(code)
    moved = [
        (code, label)
        for code, label in in_file.items()
        if (own := owners.get(fold_key(label), set())) and code not in own and code in codebook.labels(name)
    ]
    if moved:
        listed = shown(f'{code:g} "{label}"' for code, label in moved)
        says = shown(f'{code:g} "{codebook.labels(name)[code]}"' for code, _ in moved)
        finding = Finding(
            "labels_moved",
            f"Variable {name}: the file's labels give codes another meaning than the codebook: {listed}.",
            f"Biến {name}: nhãn trong tệp cho mã ý nghĩa khác với bảng mã: {listed}. Hãy đối chiếu "
            "phiếu hỏi rồi sửa bảng mã.",
            where=f"{rows.survey_round.file}, column {name}",
            expected=f"as in the codebook: {says}",
            got=listed,
            hint=f"Compare with the questionnaire; mend {codebook.shown_file('codes.csv')}, or give the "
            "variable a code set of its own.",
        )
        yield rows.about_column(finding, name)


def _unlabelled(rows: SurveyRows, name: str, in_file: dict[float, str]) -> Iterator[Finding]:
    numbers = numbers_in(rows.table[name])
    answered = kind_numbers(numbers, rows.survey_round.missing) == ANSWERED
    without = answered & ~np.isin(numbers, list(in_file))
    if without.any():
        codes = shown(f"{code:g}" for code in np.unique(numbers[without]))
        finding = Finding(
            "unlabelled_code",
            f"Variable {name} has codes that the file gives no label: {codes} ({int(without.sum())} rows).",
            f"Biến {name} có mã không có nhãn trong tệp: {codes} ({int(without.sum())} dòng). "
            "Hãy hỏi đơn vị làm tệp.",
            where=f"{rows.survey_round.file}, column {name}",
            expected="a label for every code, as for the others",
            got=f"{codes} without a label",
            hint="Ask who made the file whether they are answers; the codebook's meaning is used.",
            kind="note",
        )
        yield from rows.at_cells(finding, without, name, codes)
