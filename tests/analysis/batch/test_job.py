"""A job always ends in an outcome."""

from pathlib import Path

import pytest

from analysis.batch.job import Job, run_job
from analysis.batch.render import PageHead


@pytest.mark.parametrize("blocked", [True, False])
def test_job_that_cannot_even_begin_ends_in_a_failure(tmp_path, blocked):
    """Where its folder cannot be made, and where its notebook cannot be read."""
    if blocked:
        (tmp_path / "building").write_text("một tệp", encoding="utf-8")
    job = Job(
        code="899",
        page="briefing.html",
        folder=tmp_path / "building" / "899-rach-gia",
        scratch=tmp_path,
        notebook=Path("none.ipynb"),
        parameters={},
        head=PageHead("t", "vi"),
        simulated=True,
    )
    outcome = run_job(job)
    assert not outcome.ok
    assert ("NotADirectoryError" if blocked else "none.ipynb") in outcome.reason
