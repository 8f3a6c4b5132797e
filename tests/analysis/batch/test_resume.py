"""Runs on packs that stand: nothing changed, something changed."""

from click.testing import CliRunner

from analysis.batch import running
from analysis.batch.run import plan_packs
from analysis.batch.status import read_status
from analysis.batch.verify import verify_packs
from analysis.cli import main
from tests.analysis.batch.conftest import NAMES, ROUND
from tests.analysis.batch.killed_runs import files_of


def codes(outcomes):
    return [outcome.job.code for outcome in outcomes]


def change_a_figure(data, district="900"):
    """One count of one district in the last quarter."""
    file = data / "example" / "administrative-2021.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith(f"2021,4,district,{district},"))
    cells = lines[at].split(",")
    cells[6] = str(int(cells[6]) - 7)
    lines[at] = ",".join(cells)
    file.write_text("".join(lines), encoding="utf-8")


def test_nothing_changed_runs_no_notebook_and_leaves_every_byte(spoilt, monkeypatch):
    def no_engine(serves):
        raise AssertionError("an engine was started")

    before = files_of(spoilt.out)
    monkeypatch.setattr(running, "choose_engine", no_engine)
    report = spoilt.build(spoilt.out)
    assert report.unchanged == list(NAMES)
    assert report.built == report.built_pages == []
    assert files_of(spoilt.out) == before
    assert [page["did"] for page in read_status(spoilt.out)["pages"]] == ["unchanged"] * 3
    assert verify_packs(spoilt.out).empty


def test_one_district_s_figure_makes_that_district_and_pages_of_the_round_again_and_says_why(spoilt):
    before = files_of(spoilt.out)
    change_a_figure(spoilt.data)
    report = spoilt.build(spoilt.out)
    assert (codes(report.built), codes(report.built_pages), report.unchanged) == (
        ["900"],
        ["methods"],
        ["899"],
    )
    assert [reason.say("vi") for reason in report.reasons["900"]] == [
        "số liệu hành chính của huyện đã thay đổi"
    ]
    now = files_of(spoilt.out)
    different = {name for name in now if now[name] != before[name]}  # the short page shows no figure
    annex = {"900-ha-tien/annex.csv", "900-ha-tien/annex.xlsx"}
    assert different == {*annex, "methods/methods.html", "manifest.json"}
    pages = {page["code"]: page for page in read_status(spoilt.out)["pages"]}
    assert pages["900"]["why"]["en"] == "administrative figures of the district changed"
    assert (pages["899"]["did"], pages["900"]["did"]) == ("unchanged", "built")
    assert verify_packs(spoilt.out).empty


def test_plan_says_what_would_be_made_and_writes_nothing(spoilt):
    before = files_of(spoilt.out)
    change_a_figure(spoilt.data)
    report = plan_packs(ROUND, "vi", spoilt.out, NAMES, spoilt.notebook)
    assert [code for code, why in report.reasons.items() if why] == ["900", "methods"]
    assert files_of(spoilt.out) == before


def test_a_wording_row_makes_every_page_again_because_all_of_them_may_say_it(spoilt):
    file = spoilt.data / "wording" / "pages.csv"
    text = file.read_text("utf-8").replace("made_round,Vòng khảo sát", "made_round,Đợt khảo sát")
    file.write_text(text, encoding="utf-8")
    report = plan_packs(ROUND, "vi", spoilt.out, NAMES, spoilt.notebook)
    why = {code: [reason.say("en") for reason in reasons] for code, reasons in report.reasons.items()}
    assert why == {code: ["the wording changed"] for code in NAMES}


def test_command_says_what_it_would_do_and_why(spoilt):
    (spoilt.out / "899-rach-gia" / "annex.csv").unlink()
    options = ["packs", "--round", ROUND, "--out", spoilt.out, "--notebook", spoilt.notebook, "--dry-run"]
    options += [part for name in NAMES for part in ("--only", name)]
    ended = CliRunner().invoke(main, [str(option) for option in options])
    assert ended.exit_code == 0
    assert "899: tệp đã dựng bị thiếu hoặc bị sửa. / a file that was made is missing" in ended.output
    assert "Sẽ dựng / to make: 1. Không đổi / unchanged: 2." in ended.output
    ended = CliRunner().invoke(main, [*(str(option) for option in options), "--force"])
    assert "Sẽ dựng / to make: 3. Không đổi / unchanged: 0." in ended.output
