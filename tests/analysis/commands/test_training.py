import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from analysis.cli import main
from analysis.intake.persons.participant_keys import VARIABLE
from tests.training.records.class_book import change, good_rows, write_book


def run(*arguments, env=None):
    ended = CliRunner().invoke(main, [str(one) for one in arguments], env=env)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    return ended


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("books") / "lop.xlsx")


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def key(tmp_path):
    run("key", "new", tmp_path / "key")
    return {VARIABLE: str(tmp_path / "key")}


def test_a_template_is_written_in_either_language_and_with_its_ending(tmp_path):
    ended = run(
        "training", "template", tmp_path / "mau", "--class", "K01", "--topic", "papi", "--sessions", "2"
    )
    assert ended.exit_code == 0 and "workbench training check mau.xlsx" in ended.output
    assert load_workbook(tmp_path / "mau.xlsx")["Lớp"]["A2"].value == "K01"
    run("training", "template", tmp_path / "en.xlsx", "--en")
    assert load_workbook(tmp_path / "en.xlsx").sheetnames[0] == "Guide"


def test_a_right_workbook_ends_with_0_and_says_how_much_was_read(book):
    ended = run("training", "check", book)
    assert ended.exit_code == 0
    assert ended.output == "2 lớp, 24 học viên / 2 classes, 24 participants.\n"


def test_a_stop_gives_its_code_and_what_is_left_out_is_counted(book, tmp_path):
    path = tmp_path / "sai.xlsx"
    path.write_bytes(book.read_bytes())
    change(path, {"Học viên!B4": "HV01", "Học viên!J5": "Cà Mau", "Học viên!K5": None})
    ended = run("training", "check", path)
    assert ended.exit_code == 14
    assert "Học viên!B4" in ended.output and "duplicate_participant" in ended.output
    assert "không tính độ bao phủ: 1 dòng / left out of coverage: 1 rows" in ended.output


def test_files_or_a_database_are_needed_and_not_both(book):
    for arguments in ((), (book, "--database", "sqlite:///x.db")):
        ended = run("training", "check", *arguments)
        assert ended.exit_code == 2 and "Hãy chỉ ra tệp hoặc cơ sở dữ liệu" in ended.output


def test_an_import_keeps_the_records_once_and_replaces_them_on_purpose(book, data, key):
    ended = run("--data", data, "training", "import", book, "--copy", env=key)
    assert ended.exit_code == 0, ended.output
    assert "training/lop" in ended.output and "retention.csv" in ended.output
    assert (data / "raw/lop.xlsx").read_bytes() == book.read_bytes()
    assert (data / "built/training/lop/answers.parquet").is_file()
    again = run("--data", data, "training", "import", book, env=key)
    assert again.exit_code == 18 and "--replace" in again.output
    assert run("--data", data, "training", "import", book, "--replace", env=key).exit_code == 0


def test_an_import_without_a_key_is_refused_and_leaves_nothing(book, data, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    ended = run("--data", data, "training", "import", book)
    assert ended.exit_code == 10 and VARIABLE in ended.output
    assert list(data.rglob("*.parquet")) == []


def test_files_of_several_classes_are_imported_together(data, key, tmp_path):
    files = []
    for class_id in ("K01", "K02"):
        rows = {
            name: [row for row in own if row.get("class_id", class_id) == class_id]
            for name, own in good_rows().items()
        }
        files.append(write_book(tmp_path / f"{class_id}.xlsx", rows, class_id=class_id))
    ended = run("--data", data, "training", "import", *files, "--name", "papi-2021", env=key)
    assert ended.exit_code == 0, ended.output
    assert "2 lớp, 24 học viên" in ended.output


def test_tables_are_made_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'hoso.db'}"
    assert "training_participants" in run("training", "tables", "--database", url).output
    assert "không có bảng mới" in run("training", "tables", "--database", url).output


def test_the_group_and_its_commands_speak_both_languages():
    top = run("--help").output
    assert "training" in top and "Hồ sơ các lớp bồi dưỡng" in top
    for name in ("template", "check", "import", "tables"):
        assert " / " in run("training", name, "--help").output
