"""The `workbench` command: bad input gives a sentence and its own exit code, and touches nothing."""

import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import errors, paths
from analysis.cli import main

ROUND = "example-papi-2021"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder of the test's own, its round stored as .csv so that a cell can be spoilt."""
    target = tmp_path / "data"
    shutil.copytree(paths.data_folder(), target, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    monkeypatch.setenv("WORKBENCH_DATA", str(target))
    stata = target / "example" / f"{ROUND}.dta"
    pd.read_stata(stata, convert_categoricals=False).to_csv(target / "example" / f"{ROUND}.csv", index=False)
    settings = target / "rounds" / f"{ROUND}.toml"
    settings.write_text(settings.read_text("utf-8").replace(f"{ROUND}.dta", f"{ROUND}.csv"), encoding="utf-8")
    return target


@pytest.fixture
def out(tmp_path):
    """An output folder with a pack of an earlier run."""
    folder = tmp_path / "packs" / "899-rach-gia"
    folder.mkdir(parents=True)
    (folder / "briefing.html").write_text("bản cũ", encoding="utf-8")
    return folder.parent


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def spoil(data, change):
    file = data / "example" / f"{ROUND}.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    table = change(table)
    table.to_csv(file, index=False)


def at_row(column, value, row=6):
    def change(table):
        table.loc[row, column] = value
        return table

    return change


def settings(data, old, new):
    file = data / "rounds" / f"{ROUND}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


FAULTS = {
    "missing file": (lambda d: (d / "example" / f"{ROUND}.csv").unlink(), 10, ROUND),
    "unreadable file": (
        lambda d: (d / "example" / f"{ROUND}.csv").write_bytes(b"\xff\xfe\x00\x01"),
        11,
        ROUND,
    ),
    "missing design column": (lambda d: spoil(d, lambda t: t.drop(columns="PSW_PSU")), 12, "PSW_PSU"),
    "zero weight": (lambda d: spoil(d, at_row("PSW_psweight", "0")), 13, "PSW_psweight"),
    "negative weight": (lambda d: spoil(d, at_row("PSW_psweight", "-1.5")), 13, "PSW_psweight"),
    "missing weight": (lambda d: spoil(d, at_row("PSW_psweight", "")), 13, "PSW_psweight"),
    "duplicate respondent": (lambda d: spoil(d, lambda t: pd.concat([t, t.head(1)])), 14, "idcode0"),
    "district not in places": (lambda d: spoil(d, at_row("huyen", "901")), 15, "901"),
    "code not in the codebook": (lambda d: spoil(d, at_row("a001", "7")), 16, "a001"),
    "stratum with one PSU": (
        lambda d: spoil(
            d, lambda t: t.assign(PSW_STRATA=["92" if p == "911" else "91" for p in t["PSW_PSU"]])
        ),
        17,
        "92",
    ),
    "a province without districts": (lambda d: settings(d, 'province = "91"', 'province = "92"'), 18, "92"),
    "a real round compared with a simulated one": (
        lambda d: (
            settings(d, "simulated = true", "simulated = false"),
            settings(d, 'previous = ""', 'previous = "example-2020"'),
        ),
        18,
        "previous",
    ),
    "a level in percent": (lambda d: settings(d, "level = 0.95", "level = 95"), 18, "[quality] level"),
    "a code that is no list": (lambda d: settings(d, "[888]", "888"), 18, "dont_know"),
    "a group of words": (lambda d: spoil(d, at_row("khuvuc", "phường")), 16, "khuvuc"),
    "a group that matches nobody": (lambda d: settings(d, "female = [2]", "female = [3]"), 18, "female"),
    "unknown key in the settings": (lambda d: settings(d, "year =", "yaer = 1\nyear ="), 18, "yaer"),
    "PSU in two strata": (lambda d: spoil(d, at_row("PSW_STRATA", "92")), 19, "PSW_STRATA"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_bad_input_is_named_has_its_code_and_leaves_packs_untouched(data, out, name):
    plant, code, word = FAULTS[name]
    plant(data)
    result = run("packs", "--round", ROUND, "--out", out)
    assert result.exit_code == code
    assert "Traceback" not in result.output
    assert result.output.startswith("Lỗi: ")
    assert "Error: " in result.output
    assert word in result.output
    assert [p.name for p in out.iterdir()] == ["899-rach-gia"]
    assert (out / "899-rach-gia" / "briefing.html").read_text("utf-8") == "bản cũ"
    assert not (data / "built").exists()


def test_declared_policy_lets_a_lone_psu_pass(data):
    plant, _, _ = FAULTS["stratum with one PSU"]
    plant(data)
    settings(data, 'lone_psu = "stop"', 'lone_psu = "adjust"')
    assert run("build", "--round", ROUND).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["packs", "--only", "Kiên Lươn"], "Kiên Lương"),
        (["packs", "--round", "exampel-2021"], "example-2021"),
        (["packs", "--language", "vn"], "vi"),
        (["build", "--round", "exampel-2021"], "example-2021"),
    ],
)
def test_unknown_name_gives_the_nearest_valid_ones(arguments, nearest, out):
    arguments = [*arguments, "--out", out] if arguments[0] == "packs" else arguments
    result = run(*arguments)
    assert result.exit_code == 2
    assert nearest in result.output


def test_debug_shows_the_traceback(data):
    FAULTS["missing file"][0](data)
    result = CliRunner().invoke(main, ["--debug", "build", "--round", ROUND])
    assert result.exception is not None
    assert type(result.exception).__name__ == "MissingFile"


def test_build_says_whether_anything_changed(data):
    assert "built" in run("build", "--round", ROUND).output
    assert "up to date" in run("build", "--round", ROUND).output


def test_rounds_are_listed_with_their_titles():
    lines = run("rounds").output.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["example-2020", "example-2021", "example-papi-2021"]


def test_one_failed_pack_is_exit_code_1_and_is_named(tmp_path, data):
    notebook = nbformat.read(paths.notebooks_folder() / "district_briefing.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / (district != '903')"))
    nbformat.write(notebook, tmp_path / "spoilt.ipynb")
    result = run(
        "packs", "--round", ROUND, "--only", "899", "--only", "903", "--out", tmp_path / "packs",
        "--notebook", tmp_path / "spoilt.ipynb",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "903-hon-dat: ZeroDivisionError" in result.output
    assert "built: 1; hỏng / failed: 1" in result.output
    assert (tmp_path / "packs" / "899-rach-gia" / "briefing.html").is_file()


def test_a_file_in_the_place_of_the_built_folder_is_named(data):
    (data / "built").write_text("not a folder", encoding="utf-8")
    result = run("build", "--round", ROUND)
    assert result.exit_code == 21
    assert result.output.startswith("Lỗi: ")


def test_build_prints_the_notes_in_both_languages_also_when_up_to_date(data):
    for _ in range(2):
        output = run("build", "--round", ROUND).output
        assert "Lưu ý / note: variable_not_in_file (1)" in output
        assert "8 biến trong bảng mã không có trong tệp dữ liệu: " in output
        assert "8 variables of the codebook are not in the file: " in output


def test_packs_print_the_notes(data, tmp_path):
    result = run("packs", "--round", ROUND, "--only", "899", "--out", tmp_path / "packs")
    assert result.exit_code == 0
    assert "Lưu ý / note: variable_not_in_file (1)" in result.output


def test_check_of_a_good_round_ends_with_0_and_builds_nothing(data):
    result = run("check", "--round", ROUND)
    assert result.exit_code == 0
    assert f"{ROUND}: 0 lỗi phải sửa / stop; 9 lưu ý / note." in result.output
    assert not (data / "built").exists()


def test_check_prints_every_finding_and_ends_with_the_first_stops_code(data):
    spoil(data, at_row("a001", "7"))
    spoil(data, at_row("PSW_psweight", "1,5"))
    result = run("check", "--round", ROUND)
    assert result.exit_code == 13
    assert "Lỗi / stop: 2 (bad_weight 1, unknown_code 1)" in result.output
    assert "dấu phẩy thập phân" in result.output
    assert "variable_not_in_file 1" in result.output
    assert f"{ROUND}: 2 lỗi phải sửa / stop; 9 lưu ý / note." in result.output


def test_a_build_that_stops_tells_of_the_other_kinds_of_fault(data):
    spoil(data, at_row("a001", "7"))
    spoil(data, at_row("PSW_psweight", "0"))
    result = run("build", "--round", ROUND)
    assert result.exit_code == 13
    assert "Cũng còn: 1 mã lạ" in result.output
    assert "Also: 1 unknown code" in result.output


def test_check_of_an_unknown_round_gives_the_nearest(data):
    result = run("check", "--round", "exampel-2021")
    assert result.exit_code == 2
    assert "example-2021" in result.output


@pytest.fixture
def opened(monkeypatch):
    """What JupyterLab would have been opened with, and what was built by then."""
    import jupyterlab.labapp

    calls = []

    def open_lab(arguments):
        calls.append((arguments, sorted(file.name for file in (paths.built_folder()).glob("*.results.*"))))
        return 0

    monkeypatch.setattr(jupyterlab.labapp, "main", open_lab)
    return calls


def test_lab_builds_the_example_before_it_opens(data, opened):
    assert run("lab", "--no-browser").exit_code == 0
    ((arguments, built),) = opened
    assert arguments[-1] == "--no-browser"
    assert built == ["example-2021.results.json", "example-2021.results.parquet"]


def test_lab_opens_although_the_example_cannot_be_built(data, opened):
    (data / "example" / "example-2021.dta").unlink()
    result = run("lab")
    assert result.exit_code == 0
    assert "Lỗi: " in result.output
    assert len(opened) == 1


def test_the_readme_lists_every_exit_code_and_no_other():
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    codes = {value.exit_code for value in classes if issubclass(value, errors.WorkbenchError)}
    assert listed == codes | {0, 1, 130}  # all well, some packs failed, Ctrl-C
