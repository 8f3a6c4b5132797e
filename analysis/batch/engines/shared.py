"""What a process that serves many pages makes before the first: things all of them need, once."""

from __future__ import annotations

import os
from contextlib import suppress

#: The round and language whose packs a fork server is started for, as "papi-2021:vi".
VARIABLE = "WORKBENCH_SERVES"


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
        from analysis.briefing.district.annex import shared_parts
        from analysis.briefing.pack import open_surroundings

        for block in shared_parts(open_surroundings(survey_round, language)):
            _ = block.markup
