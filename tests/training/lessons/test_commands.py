"""`workbench lessons`: what an office types, and what it is told."""

import nbformat
from click.testing import CliRunner

from analysis.cli import main
from training.lessons.build.written import IN_WORKSPACE, file_name, lay_lessons


def run(*arguments: str):
    return CliRunner().invoke(main, ["lessons", *arguments])


def test_the_list_names_every_lesson_in_both_languages():
    told = run("list")
    assert told.exit_code == 0
    lines = told.output.splitlines()
    assert [line[0] for line in lines[::2]] == list("12345678")
    assert "PARINDEX: eight fields" in told.output
    assert "dành cho người phân tích số liệu" in lines[12]


def test_a_lesson_is_built_into_a_folder(tmp_path):
    told = run("build", "--lesson", "4", "--out", str(tmp_path / "ra"))
    assert told.exit_code == 0, told.output
    assert len(list((tmp_path / "ra").iterdir())) == 6
    assert "Bài 4: 6 tệp" in told.output


def test_lessons_lie_where_the_lab_shows_them_and_an_answer_typed_in_stays(tmp_path, lessons_run):
    work = tmp_path / "workspace"
    laid = lay_lessons([lessons_run["4"]], work)
    assert len(laid.copied) == 6 and not laid.kept
    exercises = work / IN_WORKSPACE / file_name("4", "exercises")
    written = nbformat.read(exercises, as_version=4)
    next(
        cell for cell in written.cells if "answer = ..." in cell.source
    ).source = 'answer = 3\ncheck("4.1", answer)'
    nbformat.write(written, exercises)
    laid = lay_lessons([lessons_run["4"]], work)
    assert not laid.copied and not laid.refreshed
    assert laid.kept == (f"{IN_WORKSPACE}/{exercises.name}",)
    assert "answer = 3" in exercises.read_text(encoding="utf-8")


def test_slips_are_named_in_both_languages_with_the_exit_code(tmp_path):
    for arguments in (("build", "--lesson", "9"), ("kit", "--class", "K01", "--course", "papii")):
        told = run(*arguments, "--out", str(tmp_path))
        assert told.exit_code == 2
        assert "Lỗi:" in told.output and "Error:" in told.output
    assert list(tmp_path.iterdir()) == []
