"""One way of making district pages -> the pages in a folder; each is run as a program of its own by batch_speed.

python tests/benchmarks/batch_ways.py WAY OUT DISTRICT...
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
ROUND, LANGUAGE = "example-2021", "vi"
NOTEBOOK = ROOT / "notebooks" / "district_briefing.ipynb"
PROCESSES = 2


def shell(out: Path, districts: list[str]) -> None:
    """papermill and nbconvert as commands, one district after another."""
    programs = Path(sys.executable).parent
    for district in districts:
        executed = out / f"{district}.ipynb"
        given = [("district", district), ("survey_round", ROUND), ("language", LANGUAGE)]
        raw = [word for name, value in given for word in ("-r", name, value)]
        fill = [programs / "papermill", NOTEBOOK, executed, *raw, "--no-progress-bar"]
        show = [programs / "jupyter", "nbconvert", "--to", "html", "--no-input", executed]
        for command in (fill, show):
            subprocess.run(command, check=True, capture_output=True)


def python(out: Path, districts: list[str]) -> None:
    """papermill and nbconvert as libraries, in this process."""
    for district in districts:
        _papermill(out, district)


def python_twice(out: Path, districts: list[str]) -> None:
    """The same in two processes."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn) as pool:
        list(pool.map(_papermill, [out] * len(districts), districts))


def _papermill(out: Path, district: str) -> None:
    import papermill
    from nbconvert import HTMLExporter

    given = {"district": district, "survey_round": ROUND, "language": LANGUAGE}
    executed = papermill.execute_notebook(
        str(NOTEBOOK), str(out / f"{district}.ipynb"), parameters=given, progress_bar=False
    )
    html, _ = HTMLExporter(exclude_input=True).from_notebook_node(executed)
    (out / f"{district}.html").write_text(html, encoding="utf-8")


def ours(out: Path, districts: list[str]) -> None:
    """The command `workbench packs`: the pages alone, as the other ways make them."""
    from analysis.batch.formats import wanted

    # The command has no option to leave the annex out.
    wanted.Wanted.__init__.__defaults__ = (False, "", False)
    ours_beside(out, districts)


def ours_beside(out: Path, districts: list[str]) -> None:
    """The command `workbench packs` as it is: the annex in Excel and CSV beside each page."""
    from analysis.cli import main

    only = [word for district in districts for word in ("--only", district)]
    where = [
        "--round",
        ROUND,
        "--language",
        LANGUAGE,
        "--out",
        str(out / "packs"),
        "--workers",
        str(PROCESSES),
    ]
    main(["packs", *where, *only], standalone_mode=False)


def many(out: Path, districts: list[str]) -> None:
    """The engine alone on any number of jobs: the districts over and over, each job in a folder of its own."""
    from analysis.batch.engines.choice import choose_engine
    from analysis.batch.engines.pool import run_jobs
    from analysis.batch.formats.wanted import Wanted
    from analysis.batch.job import Job
    from analysis.batch.targets import district_target
    from analysis.briefing.pack import open_pack

    targets = {code: district_target(open_pack(code, ROUND, LANGUAGE), NOTEBOOK) for code in {*districts}}
    first = {
        code: Job(
            code, "briefing.html", out, out, one.notebook, one.parameters, one.head, True, Wanted(annex=False)
        )
        for code, one in targets.items()
    }
    jobs = [replace(first[code], folder=out / str(n) / "page") for n, code in enumerate(districts)]
    engine = choose_engine(f"{ROUND}:{LANGUAGE}")
    try:
        failed = [o for o in run_jobs(jobs, PROCESSES, lambda: False, engine.start) if not o.ok]
    finally:
        engine.stop()
    if failed:
        raise SystemExit(failed[0].reason)


def limit(out: Path, districts: list[str]) -> None:
    """No notebooks: the section functions in two processes that have imported all before the clock starts.

    What the packs of a round share each of them makes once, as the batch makes it once: inside the clock.
    """
    _call_directly(out, districts, "")


def limit_shared(out: Path, districts: list[str]) -> None:
    """The same, and what packs share is there before the clock starts too."""
    _call_directly(out, districts, f"{ROUND}:{LANGUAGE}")


def _call_directly(out: Path, districts: list[str], serves: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    wanted, told = spawn.SimpleQueue(), spawn.SimpleQueue()
    team = [spawn.Process(target=_call_sections, args=(out, wanted, told, serves)) for _ in range(PROCESSES)]
    for one in team:
        one.start()
    for _ in team:
        _heard(told.get())
    start = time.perf_counter()
    for code in [*districts, *[None] * PROCESSES]:
        wanted.put(code)
    cpu = sum(_heard(told.get()) for _ in team)
    seconds = time.perf_counter() - start
    for one in team:
        one.join()
    print(json.dumps({"seconds": seconds, "cpu": cpu}))


def _heard(told: float | Exception) -> float:
    if isinstance(told, Exception):
        raise SystemExit(f"a process of the limit ended: {told!r}")
    return told


def _call_sections(out: Path, wanted, told, serves: str) -> None:
    try:
        _sections(out, wanted, told, serves)
    except Exception as fault:
        told.put(fault)
        raise


def _sections(out: Path, wanted, told, serves: str) -> None:
    os.environ["WORKBENCH_SERVES"] = serves
    import nbformat
    from markupsafe import Markup

    import analysis.batch.engines.preload  # noqa: F401
    from analysis.batch.render import fill_page
    from analysis.batch.targets import district_target
    from analysis.briefing import open_pack

    cells = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    names: dict = {}
    exec(cells[1], names)  # what the notebook imports
    calls = [found.groups() for source in cells if (found := re.fullmatch(r"(\w+)\.(\w+)\(pack\)", source))]
    told.put(0.0)
    start = time.process_time()
    while (code := wanted.get()) is not None:
        pack = open_pack(code, ROUND, LANGUAGE)
        parts = [getattr(names[room], name)(pack)._repr_html_() for room, name in calls]
        page = fill_page(district_target(pack, NOTEBOOK).head, Markup("\n\n".join(parts)))
        (out / f"{code}.html").write_text(page, encoding="utf-8")
    told.put(time.process_time() - start)


WAYS = {
    "a": shell,
    "b": python,
    "c": python_twice,
    "ours": ours,
    "beside": ours_beside,
    "many": many,
    "limit": limit,
    "shared": limit_shared,
}

if __name__ == "__main__":
    way, folder, *codes = sys.argv[1:]
    WAYS[way](Path(folder), codes)
