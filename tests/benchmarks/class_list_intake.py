"""Time and memory of reading a 10,000-row class list, in one run -> docs/benchmarks/class_list_intake.md.

    python tests/benchmarks/class_list_intake.py [--runs 5] [--write]

The list is `make_bad_class_list`: title rows, merged cells, hidden rows and bad cells. The bound is
expat over the workbook's XML with nothing kept, which no reader in Python can be quicker than; openpyxl with
the whole workbook in memory is what gives values, merged ranges and hidden rows otherwise. Memory is the
peak of what Python allocates (tracemalloc), in a run of its own that is not timed.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.analysis.intake.bad_class_list import make_bad_class_list  # noqa: E402

OUTPUT = ROOT / "docs" / "benchmarks" / "class_list_intake.md"
ROWS = 10_000

_READ = "from analysis.intake.reading import read_tables\nimport analysis.intake.readers.workbooks_xlsx\n"
_CHECK = "from analysis.intake.file_checks.checked_file import check_file\nimport analysis.intake.readers.workbooks_xlsx\n"
_REPORT = "from analysis.intake.report.report_workbook import write_findings_workbook\n"
BOUND = "bound: its XML parsed, nothing kept"
#: Name -> what is imported beforehand, and what is timed.
CALLS = {
    BOUND: (
        "import zipfile\nfrom xml.parsers.expat import ParserCreate",
        "[ParserCreate().Parse(book.read(name), True) for book in [zipfile.ZipFile(path)] "
        "for name in book.namelist() if name.endswith('.xml')]",
    ),
    "openpyxl row by row, bare values": (
        "import openpyxl",
        "[row for sheet in openpyxl.load_workbook(path, read_only=True, data_only=True) for row in sheet.values]",
    ),
    "openpyxl, whole workbook in memory": ("import openpyxl", "openpyxl.load_workbook(path, data_only=True)"),
    "ours: read every cell with its address": (_READ, "read_tables(path)"),
    "ours: and check it as any file": (_CHECK, "check_file(path)"),
    "ours: and type it by its schema": (_CHECK, "check_file(path, schema='class_list')"),
    "ours: and write the coloured workbook": (
        _CHECK + _REPORT,
        "(lambda seen: write_findings_workbook(seen.findings, seen.tables, path + '.found.xlsx', personal=seen.hidden))"
        "(check_file(path, schema='class_list'))",
    ),
}
_SECONDS = """
import sys, time
path = sys.argv[1]
{imports}
start = time.perf_counter()
made = {call}
print(time.perf_counter() - start)
"""
_BYTES = """
import sys, tracemalloc
path = sys.argv[1]
{imports}
tracemalloc.start()
made = {call}
print(tracemalloc.get_traced_memory()[1])
"""


def measure(path: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Name -> median seconds and megabytes at the peak, the calls interleaved, each in a fresh process."""
    seconds = {name: [] for name in CALLS}
    for _ in range(runs):
        for name in CALLS:
            seconds[name].append(_run(_SECONDS, name, path))
    return {name: (statistics.median(seconds[name]), _run(_BYTES, name, path) / 1e6) for name in CALLS}


def _run(script: str, name: str, path: Path) -> float:
    imports, call = CALLS[name]
    command = [sys.executable, "-c", script.format(imports=imports, call=call), str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout)


def report(runs: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        path, planted = make_bad_class_list(Path(folder), rows=ROWS)
        made = time.perf_counter() - start
        size = path.stat().st_size
        found = measure(path, runs)
    bound = found[BOUND][0]
    lines = [
        "# Reading a class list", "",
        f"A simulated class list of {ROWS:,} rows in .xlsx ({size / 1e6:.1f} MB, {len(planted)} bad cells planted; "
        f"written in {made:.1f} s); medians of {runs} interleaved runs, a fresh process each, imports left out. "
        "Made by `make bench`.", "",
        f"Machine: {platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}.", "",
        "| | seconds | × bound | MB at the peak |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    lines += [f"| {name} | {s:.2f} | {s / bound:.1f} | {mb:.0f} |" for name, (s, mb) in found.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help=f"write {OUTPUT.name} too")
    options = parser.parse_args()
    text = report(options.runs)
    print(text)
    if options.write:
        OUTPUT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
