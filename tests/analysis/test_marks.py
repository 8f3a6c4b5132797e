"""A survey file full of marked personal data -> nothing of it in anything that is built, printed or kept.

`marks_in` is tried on planted files first: a search that finds nothing must be able to find something.
"""

import json
import shutil
import zipfile

import nbformat
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from analysis import paths
from analysis.batch.run import build_packs
from analysis.cli import main
from analysis.pipeline import built_files
from tests.analysis.batch.notebooks import changed_notebook
from tests.analysis.marks import LATITUDE, MARK, PHONE, marks_in, marks_in_text, personal_columns

ROUND = "example-papi-2021"
DISTRICT = "899"
#: Every way to look at the round or its file, and what each is given besides; {} is the folder of reports.
COMMANDS = {
    "check": ["check", "--round", ROUND, "--xlsx", "{}/round.xlsx"],
    "build": ["build", "--round", ROUND],
    "packs": ["packs", "--round", ROUND, "--only", DISTRICT, "--only", "data_checks", "--out", "{}/../packs"],
    "check file": ["check", "{}/../data/example/" + f"{ROUND}.dta", "--xlsx", "{}/file.xlsx"],
    "check list": ["check", "{}/../lists/list.xlsx", "--schema", "class_list", "--xlsx", "{}/list.xlsx"],
    "purge": ["purge"],
}
FREE_TEXT = "d999_ykien"


def plant(data) -> None:
    """Put personal columns into the round's file, an open question into its codebook, names of interviewers."""
    file = data / "example" / f"{ROUND}.dta"
    table, meta = pyreadstat.read_dta(str(file))
    names = [("Trần", "Lê", "Danh", "Hồ")[row % 4] + f" {MARK}" for row in range(len(table))]
    extra = personal_columns(len(table)) | {"dtv": 1.0, "dtv_ten": names, FREE_TEXT: f"tôi là {MARK}"}
    settings = data / "rounds" / f"{ROUND}.toml"
    fieldwork = '[fieldwork]\ninterviewer = "dtv_ten"\n\n[columns]'
    settings.write_text(settings.read_text("utf-8").replace("[columns]", fieldwork), encoding="utf-8")
    labels = meta.column_names_to_labels | dict.fromkeys(extra, f"Nhãn {MARK}")
    pyreadstat.write_dta(
        table.assign(**extra),
        str(file),
        column_labels=labels,
        variable_value_labels=meta.variable_value_labels | {"dtv": {1: f"ĐTV Trần {MARK}"}},
        file_label=f"{MARK}",
    )
    rows = data / "codebook" / "papi" / "variables.csv"
    variables = pd.read_csv(rows, dtype=str, keep_default_na=False)
    new = dict.fromkeys(variables.columns, "") | {"variable": FREE_TEXT, "role": "question", "type": "text"}
    new |= {"label_vi": "Ý kiến khác", "label_en": "Other opinion", "status": "assumed"}
    pd.concat([variables, pd.DataFrame([new])]).to_csv(rows, index=False)


def plant_list(folder) -> None:
    """A class list whose personal columns are marked, with a bad cell in each of them."""
    folder.mkdir()
    row = {"Mã học viên": f"{MARK}1", "Họ và tên": f"Trần Thị {MARK}", "Ngày sinh": f"{MARK} 1980"}
    row |= {"Điện thoại": f"{MARK} {int(PHONE)}", "Email": f"{MARK}@example.vn", "Đơn vị": "Phòng Nội vụ"}
    row |= {"Huyện": "Gò Quao", "Lớp": "", "Điểm trước": f"Nguyễn Văn {MARK}", "Ghi chú": f"con bà {MARK}"}
    pd.DataFrame([row, row, {**row, "Mã học viên": ""}]).to_excel(folder / "list.xlsx", index=False)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """A data folder with the planted file, everything built from it, and what the commands printed."""
    folder = tmp_path_factory.mktemp("marked")
    data = folder / "data"
    left_out = shutil.ignore_patterns("built", "raw", "__pycache__")
    shutil.copytree(paths.data_folder(), data, ignore=left_out)
    plant(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(data))
        printed = {}
        (folder / "reports").mkdir()
        plant_list(folder / "lists")
        for name, command in COMMANDS.items():
            ended = CliRunner().invoke(main, [part.format(folder / "reports") for part in command])
            assert ended.exit_code == 0 or (name == "check list" and ended.exit_code == 18), ended.output
            printed[name] = ended.output
        failing = changed_notebook(folder / "notebook", "import sys; print(dir()); sys.exit('stopped')")
        report = build_packs(ROUND, "vi", folder / "failing", [DISTRICT], notebook=failing)
        assert report.failed
    return folder, printed


def test_the_search_finds_a_mark_in_every_kind_of_file(tmp_path):
    pd.DataFrame({"a": [f"x {MARK}"]}).to_parquet(tmp_path / "text.parquet")
    pd.DataFrame({"a": [1.0, PHONE]}).to_parquet(tmp_path / "number.parquet")
    pd.DataFrame({MARK: [1]}).to_parquet(tmp_path / "column.parquet")
    pd.DataFrame({"a": [f"=x {MARK}"]}).to_excel(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.write(tmp_path / "book.xlsx", "book.xlsx")
    (tmp_path / f"{MARK}.txt").write_text("")
    (tmp_path / "wide.txt").write_text(MARK, encoding="utf-16")
    (tmp_path / "page.html").write_text(f"<p>{LATITUDE}")
    (tmp_path / "lower.json").write_text(json.dumps(MARK.lower()))
    cell = nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("stream", text=f"{int(PHONE)}")])
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "run.ipynb")
    (tmp_path / "clean.txt").write_text("nothing")
    found = {line.split(":")[0] for line in marks_in(tmp_path)}
    assert found == {path.name for path in tmp_path.iterdir()} - {"clean.txt"}


def test_the_planted_file_is_full_of_marks(outputs):
    folder, _ = outputs
    marks = {line.split(": ")[0] for line in marks_in(folder / "data" / "example")}
    assert marks == {f"{ROUND}.dta"}


def test_no_built_file_and_no_sidecar_holds_a_mark(outputs):
    built = outputs[0] / "data" / "built"
    assert {path.name for path in built.glob("*.parquet")} == {path.name for path in built_files(ROUND)}
    assert marks_in(built) == []


def test_no_pack_no_page_on_the_data_and_no_manifest_holds_a_mark(outputs):
    packs = outputs[0] / "packs"
    assert len(list(packs.glob("*/briefing.html"))) == 1
    assert (packs / "data_checks" / "data_checks.html").is_file()
    assert marks_in(packs) == []


def test_no_notebook_of_a_failed_pack_holds_a_mark(outputs):
    failing = outputs[0] / "failing"
    assert list(failing.glob("failed/*/*.ipynb"))
    assert marks_in(failing) == []


def test_interviewers_who_are_written_by_name_are_counted_without_it(outputs):
    sidecar = outputs[0] / "data" / "built" / f"{ROUND}.findings.json"
    counted = json.loads(sidecar.read_text("utf-8"))["files"][ROUND]["answers"]["interviewers"]
    assert [one["interviewer"] for one in counted] == ["•••"] * 4


@pytest.mark.parametrize("report", ["round", "list", "file"])
def test_no_workbook_of_findings_holds_a_mark(outputs, report):
    folder = outputs[0] / "reports"
    assert (folder / f"{report}.xlsx").is_file()
    assert [line for line in marks_in(folder) if line.startswith(report)] == []


def test_workbook_of_an_undeclared_file_hides_whatever_may_tell_who_somebody_is(outputs):
    """Nothing is declared about such a file: numbers, codes and places are copied, and nothing else."""
    copy = pd.read_excel(outputs[0] / "reports" / "file.xlsx", sheet_name=1, dtype=str)
    held = [name for name in copy if copy[name].dropna().map(marks_in_text).map(bool).any()]
    assert held == []
    hidden = {*personal_columns(1), "dtv_ten", FREE_TEXT}
    assert {shown for name in hidden for shown in copy[name].dropna()} == {"•••"}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_a_mark(outputs, command):
    assert outputs[1][command]
    assert marks_in_text(outputs[1][command]) == []


def test_no_log_and_no_file_beside_the_data_holds_a_mark(outputs):
    """Whatever else a run leaves anywhere in its folder, logs and parts of files too."""
    expected = {"data/example", "data/codebook", "lists"}
    held = {line.split(": ")[0] for line in marks_in(outputs[0])}
    assert {name for name in held if not any(name.startswith(folder) for folder in expected)} == set()


@pytest.mark.parametrize("command", ["check", "build", "packs"])
def test_no_command_prints_a_mark_and_each_says_what_was_dropped(outputs, command):
    printed = outputs[1][command]
    assert marks_in_text(printed) == []
    assert "columns_dropped" in printed and "ho_ten" in printed


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """The round as .csv, with a mark typed into columns that are kept and hold numbers."""
    data = tmp_path / "data"
    shutil.copytree(paths.data_folder(), data, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    monkeypatch.setenv("WORKBENCH_DATA", str(data))
    table = pyreadstat.read_dta(str(data / "example" / f"{ROUND}.dta"))[0].astype("str")
    table = table.assign(**personal_columns(len(table)))
    for at, column in enumerate(("PSW_psweight", "a001", "a002", "d101aa", "d505")):
        table.loc[at, column] = f"{MARK} {int(PHONE)}"
    table.to_csv(data / "example" / f"{ROUND}.csv", index=False)
    settings = data / "rounds" / f"{ROUND}.toml"
    settings.write_text(settings.read_text("utf-8").replace(f"{ROUND}.dta", f"{ROUND}.csv"), encoding="utf-8")
    return data


@pytest.mark.parametrize("command", ["check", "build", "packs"])
def test_no_finding_about_a_spoilt_file_shows_what_stands_there(spoilt, tmp_path, command):
    more = ["--out", str(tmp_path / "packs")] if command == "packs" else []
    ended = CliRunner().invoke(main, [command, "--round", ROUND, *more])
    assert ended.exit_code not in (0, 1)  # refused, and by the workbench: 1 is a traceback
    assert "PSW_psweight" in ended.output
    assert marks_in_text(ended.output) == []
    assert not (spoilt / "built").exists()
