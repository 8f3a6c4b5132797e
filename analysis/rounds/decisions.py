"""A drafted round -> what a person has still to decide, as findings; nothing is built until all is decided.

`workbench round new` writes a line `# decide: …` above each key it could not be certain of. Whoever fills in
the key deletes that line. In the framework it drafts, the column `use` of each indicator wants yes or no.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.rows import read_rows

#: How a line begins that wants a decision; the two languages are parted by " / ".
MARK = "# decide:"
USES = ("yes", "no")
_LINE = re.compile(rf"^\s*{MARK}\s*(?P<key>[\w.\[\], -]+?)\s+[—-]\s+(?P<vi>.*?)\s+/\s+(?P<en>.*)$")


def check_decisions(settings: Path) -> pd.DataFrame:
    """What is still to be decided in a round's settings and in the framework that was drafted with them.

    Parameters
    ----------
    settings : Path
        data/rounds/<round>.toml.

    Returns
    -------
    DataFrame of findings, kind `stop`; empty for settings that nobody drafted, or that are decided.
    """
    try:
        text = settings.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return findings_table([])  # said by whoever reads the settings
    found = [
        _decision(settings, number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.lstrip().startswith(MARK)
    ]
    return findings_table([*found, *_undecided_indicators(text)])


def _decision(settings: Path, number: int, line: str) -> Finding:
    match = _LINE.match(line)
    rest = line.split(MARK, 1)[1].strip()
    key, vi, en = (match["key"], match["vi"], match["en"]) if match else ("", rest, rest)
    about = f" {key}" if key else ""
    return Finding(
        "undecided",
        f"Not decided{about}: {_ended(en)}",
        f"Chưa quyết định{about}: {_ended(vi)}",
        where=f"{paths.short(settings)}, line {number}",
        hint="Fill in the key below that line, then delete the line that begins with `# decide:`.",
        file=settings.name,
        row=number,
    )


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _undecided_indicators(text: str) -> list[Finding]:
    try:
        framework = tomllib.loads(text).get("framework", "")
    except tomllib.TOMLDecodeError:
        return []
    path = paths.rows_folder("framework", str(framework)) / "indicators.csv"
    if not framework or not path.is_file():
        return []
    rows = read_rows(path, ("indicator",))
    if "use" not in rows:
        return []
    open_rows = rows.loc[~rows["use"].isin(USES), "indicator"]
    where, column = paths.short(path), "use"
    if len(open_rows):
        return [
            Finding(
                "undecided",
                f"{len(open_rows)} proposed indicators have no yes or no in the column use: "
                f"{shown(open_rows)}.",
                f"{len(open_rows)} chỉ tiêu được đề xuất chưa ghi yes hoặc no ở cột use: {shown(open_rows)}.",
                where=where,
                expected="yes or no in every row",
                hint="Read the columns score and why, compare with the questionnaire, and write yes or no.",
                file=path.name,
                column=column,
            )
        ]
    if not (rows["use"] == "yes").any():
        return [
            Finding(
                "undecided",
                "No indicator is chosen: every row has no in the column use.",
                "Chưa chọn chỉ tiêu nào: mọi dòng đều ghi no ở cột use.",
                where=where,
                expected="yes in one row or more",
                hint="Write yes for what is to be reported, and fill in direction (higher or lower is "
                "better).",
                file=path.name,
                column=column,
            )
        ]
    return []
