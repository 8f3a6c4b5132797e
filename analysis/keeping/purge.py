"""Retention rows + today -> what of the real data must go, and what was removed.

Only files that the workbench was given or made are ever removed: in `raw/`, `built/`, `corrections/` and
`reports/` of the data folder, and failed packs. Nothing that git keeps, nothing outside the folders, and
nothing reached through a link. Every removal is written to `data/retention_log.csv` before and after.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import PacksFolderProblem
from analysis.findings import stop_on
from analysis.keeping.removal_log import REMOVED, STARTED, finish_log, log_file, write_log
from analysis.keeping.retention import KEPT_IN_RAW, check_retention, day_of, read_retention

PLAN_COLUMNS = ("path", "bytes", "delete_after", "why_vi", "why", "state", "detail")
#: What became of a file: nothing yet, removed, or not and why.
PLANNED, REFUSED, FAILED = "planned", "refused", "failed"
_STATES = {
    REMOVED: ("Đã xóa", "removed"),
    PLANNED: ("Sẽ xóa", "to be removed"),
    REFUSED: ("Không được phép xóa", "may not be removed"),
    FAILED: ("Không xóa được", "could not be removed"),
}
#: A round's built tables about persons, a row each or a row of the file each, and those of estimates alone.
PERSONS = ("respondents", "indicators", "findings", "training-findings")
ESTIMATES = ("measures", "criteria", "design", "results", "training-classes", "training-names", "training")
#: How a round's built file goes on after the round's name, whole or half-written.
_BUILT = re.compile(
    rf"\.(?P<part>{'|'.join((*PERSONS, *ESTIMATES))})\.(parquet|json)(\.\d+\.part)?$", re.ASCII
)
_WHY = {
    "raw": ("tệp gốc đã quá hạn lưu", "the original file is past its date"),
    "persons": ("dữ liệu từng người làm từ tệp gốc đã quá hạn", "made of an original past its date"),
    "corrections": ("các dòng sửa của tệp gốc đã quá hạn", "corrections of an original past its date"),
    "report": (
        "bảng phát hiện trích từ tệp gốc đã quá hạn",
        "findings with cells of an original past its date",
    ),
    "results": ("kết quả đã quá hạn lưu", "results past their date"),
    "stale": ("kết quả của vòng không còn khai báo", "built for a round no longer declared"),
    "failed": ("bản tin dựng hỏng", "a pack that failed"),
}


@dataclass(frozen=True)
class _Item:
    path: Path
    why: str
    delete_after: str = ""


def plan_purge(data_folder: Path, packs_folder: Path, rounds: Mapping[str, str], today: date) -> pd.DataFrame:
    """What must go today; changes nothing.

    Parameters
    ----------
    data_folder, packs_folder : Path
    rounds : mapping of str to str
        Round -> its file, as `retention.declared_rounds` gives them.
    today : date
        A file goes on the day after its `delete_after`.

    Returns
    -------
    DataFrame
        Columns `PLAN_COLUMNS`: path, bytes, date, reasons, state planned or refused with the reason.

    Raises
    ------
    BadRows
        A row of data/retention.csv cannot be meant.
    """
    stop_on(check_retention(data_folder, rounds))
    rows = read_retention(data_folder)
    tracked = _tracked(data_folder)
    planned: dict[Path, dict[str, object]] = {}
    for item in [*_due(data_folder, rows, today), *_stale(data_folder, rounds), *_failed(packs_folder)]:
        base = packs_folder if item.why == "failed" else data_folder
        refused = _refusal(item, base, tracked)
        line = {
            "path": item.path, "bytes": _size(item.path), "delete_after": item.delete_after,
            "why_vi": _WHY[item.why][0], "why": _WHY[item.why][1],
            "state": REFUSED if refused else PLANNED, "detail": refused,
        }  # fmt: skip
        planned.setdefault(item.path, line)
    return pd.DataFrame(list(planned.values()), columns=list(PLAN_COLUMNS))


def purge(
    data_folder: Path, packs_folder: Path, rounds: Mapping[str, str], today: date, dry_run: bool = True
) -> pd.DataFrame:
    """Remove what must go, and say what was removed.

    Parameters
    ----------
    data_folder, packs_folder : Path
    rounds : mapping of str to str
        As `plan_purge` takes them.
    today : date
    dry_run : bool
        Only plan; nothing is removed and nothing is logged.

    Returns
    -------
    DataFrame
        As `plan_purge`, with the state each file ended in: removed, refused or failed.

    Notes
    -----
    A run that is stopped may be started again: what it had begun is logged as such, and what is gone is
    then logged as removed. Removing a file frees its place; it does not wipe it (data/README.md).
    """
    plan = plan_purge(data_folder, packs_folder, rounds, today)
    if dry_run:
        return plan
    log = log_file(data_folder)
    finish_log(log, today, lambda name: not _there(_logged(name, data_folder, packs_folder)))
    for at, row in plan[plan["state"] == PLANNED].iterrows():
        name = _log_name(row["path"], data_folder, packs_folder)
        entry = [name, str(row["bytes"]), row["delete_after"], row["why"]]
        write_log(log, [[today.isoformat(), STARTED, *entry]])
        try:
            _remove(row["path"])
        except OSError as fault:
            plan.loc[at, ["state", "detail"]] = FAILED, fault.strerror or type(fault).__name__
            continue
        plan.loc[at, "state"] = REMOVED
        write_log(log, [[today.isoformat(), REMOVED, *entry]])
    return plan


def describe_purge(plan: pd.DataFrame) -> str:
    """What is to be removed, was removed or could not be, as lines to print."""
    lines = []
    for state, (vi, en) in _STATES.items():
        rows = plan[plan["state"] == state]
        if rows.empty:
            continue
        lines.append(f"{vi} / {en}: {len(rows)} ({rows['bytes'].sum() / 1e6:.1f} MB)")
        for row in rows.to_dict("records"):
            day = f", {row['delete_after']}" if row["delete_after"] else ""
            lines.append(f"  - {paths.short(row['path'])}: {row['why_vi']} / {row['why']}{day}")
            lines += [f"      {row['detail']}"] * bool(row["detail"])
    return "\n".join(lines) or "Không có gì phải xóa. / Nothing is to be removed."


def exit_code_of_purge(plan: pd.DataFrame) -> int:
    """0 where everything that had to go went or may go, else the code of a folder that cannot be written."""
    left = plan["state"].isin([REFUSED, FAILED]).any()
    return PacksFolderProblem.exit_code if left else 0


def _due(data_folder: Path, rows: pd.DataFrame, today: date) -> Iterator[_Item]:
    """Files past their dates, and what was made of them."""
    for row in rows.to_dict("records"):
        built = list(_built(data_folder, row["survey_round"])) if row["survey_round"] else []
        built += _made_of_list(data_folder, row["file"])
        if today > day_of(row["delete_after"]):
            day = row["delete_after"]
            raw = data_folder / row["file"]
            corrections = data_folder / "corrections" / f"{row['survey_round']}.csv"
            yield from (_Item(path, "raw", day) for path in (raw,) if _there(path))
            yield from (_Item(path, "persons", day) for path, part in built if part in PERSONS)
            yield from (_Item(path, "report", day) for path in _reports(data_folder, row, raw))
            if row["survey_round"] and _there(corrections):
                yield _Item(corrections, "corrections", day)
        if row["results_after"] and today > day_of(row["results_after"]):
            yield from (_Item(path, "results", row["results_after"]) for path, _ in built)


def _stale(data_folder: Path, rounds: Mapping[str, str]) -> Iterator[_Item]:
    """Built files of rounds that nobody declares any more; a folder without any round is a wrong folder."""
    if not rounds:
        return
    known = {path for name in rounds for path, _ in _built(data_folder, name)}
    for path in _files_in(data_folder / "built"):
        if path not in known and _BUILT.search(path.name):
            yield _Item(path, "stale")


def _failed(packs_folder: Path) -> Iterator[_Item]:
    """Packs that failed: an executed notebook and what its kernel printed."""
    folder = packs_folder / "failed"
    if folder.is_dir():
        yield from (_Item(path, "failed") for path in sorted(folder.iterdir()))


def _built(data_folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """A round's built files, also half-written ones, and which table each belongs to."""
    for path in _files_in(data_folder / "built"):
        match = _BUILT.search(path.name)
        if match and path.name[: match.start()] == name:
            yield path, match["part"]


def _reports(data_folder: Path, row: Mapping[str, str], raw: Path) -> list[Path]:
    """Workbooks of findings in reports/ whose name begins with that of the round or of the original."""
    names = [name for name in (row["survey_round"], raw.stem) if name]
    files = (path for path in _files_in(data_folder / "reports") if path.suffix.lower() == ".xlsx")
    return [path for path in files if any(re.match(rf"{re.escape(name)}(\W|$)", path.stem) for name in names)]


def _made_of_list(data_folder: Path, file: str) -> Iterator[tuple[Path, str]]:
    """Training records and results whose sidecars name a file of raw/, each with the part that it is."""
    built = data_folder / "built"
    for sidecar in [*sorted(built.glob("training/*/*.json")), *sorted(built.glob("*.training*.json"))]:
        try:
            raw = json.loads(sidecar.read_text(encoding="utf-8")).get("raw", [])
        except (OSError, ValueError, AttributeError):  # cut short, or of another kind
            continue
        if file in raw:
            part = sidecar.stem.rpartition(".")[2]
            part = part if part in (*PERSONS, *ESTIMATES) else PERSONS[0]
            yield from ((path, part) for path in (sidecar.with_suffix(".parquet"), sidecar) if _there(path))


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _refusal(item: _Item, base: Path, tracked: set[Path]) -> str:
    """Why a file may not be removed, or ""."""
    path = item.path
    if path.is_symlink():
        return "là liên kết, hãy tự xóa cả tệp đích / it is a link; remove it and what it leads to by hand"
    if not path.resolve().is_relative_to(base.resolve()):
        return "nằm ngoài thư mục, hãy tự xóa / it lies outside the folder, through a link; remove it by hand"
    if path.is_dir() and item.why != "failed":
        return "là thư mục, chỉ xóa tệp / it is a folder; only files are removed"
    if path.name in KEPT_IN_RAW or path.resolve() in tracked:
        return "git đang giữ tệp này / git keeps it; taking it out of the history is a task of its own"
    return ""


def _tracked(data_folder: Path) -> set[Path]:
    """Files of the data folder that git keeps; none where there is no git."""
    command = ["git", "ls-files", "-z", "--", "."]
    try:
        listed = subprocess.run(command, cwd=data_folder, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return set()
    names = (os.fsdecode(name) for name in listed.split(b"\0") if name)
    return {(data_folder / name).resolve() for name in names}


def _remove(path: Path) -> None:
    """Remove a file, or a folder with what is in it; links inside go, what they lead to stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(inner.lstat().st_size for inner in path.rglob("*") if not inner.is_dir())
    return path.lstat().st_size


def _there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _log_name(path: Path, data_folder: Path, packs_folder: Path) -> str:
    if path.is_relative_to(data_folder):
        return path.relative_to(data_folder).as_posix()
    return f"packs:{path.relative_to(packs_folder).as_posix()}"


def _logged(name: str, data_folder: Path, packs_folder: Path) -> Path:
    """The path that a line of the log is about."""
    inside = name.removeprefix("packs:")
    return (packs_folder if inside != name else data_folder) / inside
