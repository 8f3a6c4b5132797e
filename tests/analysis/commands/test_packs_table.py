"""The last table says of every page what became of it; of a long batch it names the failures and sums the rest."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.batch.job import Job, Outcome
from analysis.batch.render import PageHead
from analysis.cli import main
from analysis.commands.packs_table import MOST_ROWS, packs_table


def outcome(name, ok=True, seconds=1.25, size=2_345_678):
    here = Path("building") / name
    job = Job(name, "briefing.html", here, here, here, {}, PageHead("t", "vi"), True)
    return Outcome(job, ok, seconds, size=size if ok else 0)


def test_each_page_has_a_row_and_the_last_line_the_sums():
    said = packs_table([outcome("900-ha-tien"), outcome("899-rach-gia", ok=False)], ["902-kien-luong"])
    rows = [" ".join(line.split()) for line in said.splitlines() if not line.startswith("-")]
    assert rows == [
        "trang / page kết quả / result giây / s KB",
        "899-rach-gia hỏng / failed 1.2",
        "900-ha-tien đã dựng / built 1.2 2,346",
        "902-kien-luong không đổi / unchanged",
        "Σ đã dựng / built: 1, không đổi / unchanged: 1, hỏng / failed: 1 2.5 2,346",
    ]


def test_long_batch_names_its_failures_alone():
    many = [outcome(f"{n}-xa", ok=n != 7) for n in range(MOST_ROWS + 1)]
    said = packs_table(many)
    assert "7-xa " in said
    assert "8-xa" not in said
    assert f"đã dựng / built: {MOST_ROWS}, hỏng / failed: 1" in said


@pytest.mark.parametrize(
    "option", [("--timeout", "0"), ("--timeout", "-1"), ("--memory", "-1"), ("--workers", "0")]
)
def test_limit_that_is_none_is_refused_before_anything_runs(tmp_path, option):
    ended = CliRunner().invoke(main, ["packs", "--out", str(tmp_path / "packs"), *option])
    assert ended.exit_code == 2
    assert option[0] in ended.output
    assert not (tmp_path / "packs").exists()
