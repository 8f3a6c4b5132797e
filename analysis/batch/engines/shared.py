"""What a process that serves many pages makes before the first: things all of them need, once."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

#: The round and language whose packs a fork server is started for, as "papi-2021:vi".
VARIABLE = "WORKBENCH_SERVES"
#: Says which engine to use, instead of the system's best.
ENGINE = "WORKBENCH_ENGINE"
FORKED, SPAWNED = "forked", "spawned"
#: Process id of the run for whose word a server waits before it makes what packs share.
WAITS_FOR = "WORKBENCH_WAITS_FOR"
#: How often (seconds) a server that waits looks whether its run is still there.
_LOOK_EVERY = 1.0


def await_the_run() -> None:
    """Wait for SIGUSR1 of the run that the environment names; end with that run."""
    run = os.environ.pop(WAITS_FOR, "")
    if not run:
        return
    while signal.sigtimedwait({signal.SIGUSR1}, _LOOK_EVERY) is None:
        if os.getppid() != int(run):
            os._exit(1)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})


def make_shared() -> None:
    """Make what libraries make at first use, and what the packs of the round named by the environment share.

    A fault is no fault here: the page that needs the thing meets it again and is the one to tell.
    """
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
    survey_round, _, language = os.environ.get(VARIABLE, "").partition(":")
    if not survey_round:
        return
    with suppress(Exception):
        _open_the_first(survey_round, language)


def _open_the_first(survey_round: str, language: str) -> None:
    """Open a pack and make what it shares with the others: modules, blocks and rows of the annex."""
    from analysis.batch.asked import NOTEBOOK
    from analysis.batch.formats.results_rows import annex_rows
    from analysis.batch.formats.whole_pages import share_ahead, whole_page
    from analysis.briefing.district.annex import shared_parts
    from analysis.briefing.pack import open_pack, open_surroundings
    from analysis.paths import notebooks_folder

    around = open_surroundings(survey_round, language)
    first = around.places.districts_of(around.survey_round.province)[0]
    notebook = notebooks_folder() / NOTEBOOK
    how = whole_page(first, notebook)
    share_ahead(notebook, around)
    for block in shared_parts(around):
        _ = block.markup
    pack = open_pack(first, survey_round, language)
    _ = annex_rows(pack, how.rows(pack)).around.lines
