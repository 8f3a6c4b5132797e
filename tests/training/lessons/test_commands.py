"""`workbench lessons`: what an office types, and what it is told."""

from click.testing import CliRunner

from analysis.cli import main


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


def test_slips_are_named_in_both_languages_with_the_exit_code(tmp_path):
    for arguments in (("build", "--lesson", "9"), ("kit", "--class", "K01", "--course", "papii")):
        told = run(*arguments, "--out", str(tmp_path))
        assert told.exit_code == 2
        assert "Lỗi:" in told.output and "Error:" in told.output
    assert list(tmp_path.iterdir()) == []
