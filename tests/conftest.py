"""The name of an outside tool and whether it is there -> the test goes on, is skipped, or fails.

Nothing but Python is needed to run the tests. Those that compare with R or look at a page in
Chromium skip, with a message, where the tool is missing; where `WORKBENCH_REQUIRE` names the tool
(continuous integration sets `r,chromium`) they fail instead, so that no such test is lost unseen.
"""

from __future__ import annotations

import os

import pytest


def require_or_skip(tool: str, found: bool) -> None:
    """Go on when `tool` is there; else fail if `WORKBENCH_REQUIRE` names it, else skip.

    Parameters
    ----------
    tool : str
        The tool's short name: "r" or "chromium".
    found : bool
        Whether it can be used here.
    """
    if found:
        return
    required = {name.strip() for name in os.environ.get("WORKBENCH_REQUIRE", "").lower().split(",")}
    if tool.lower() in required:
        pytest.fail(f"WORKBENCH_REQUIRE names {tool}, and it is not here", pytrace=False)
    pytest.skip(f"{tool} is not on this machine; .ci/run installs it")
