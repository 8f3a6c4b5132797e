"""What was drafted and asked for is kept, so that a second run asks nothing twice."""

import pytest

from analysis.errors import MissingFile
from analysis.scaffold.drafted import Drafted, drafted_files, read_drafted


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    for folder in ("raw", "rounds"):
        (tmp_path / folder).mkdir()
    return tmp_path


def test_what_is_kept_is_read_back(data):
    asked = {"words": ["gioi"], "columns": {"village": ""}, "like": ""}
    for path, text in drafted_files("r-2023", {"rounds/r-2023.toml": "x = 1\n"}, "raw/r.dta", asked).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    read = read_drafted("r-2023")
    assert (read.file, read.asked, read.files) == ("raw/r.dta", asked, {"rounds/r-2023.toml": "x = 1\n"})


def test_what_is_asked_for_now_counts_more_and_adds_to_what_was():
    before = Drafted(
        "r", "raw/r.dta", {"words": ["a"], "columns": {"district": "x", "age": "t"}, "like": "e"}, {}
    )
    assert before.asked_with({"words": ["b"], "columns": {"district": "y"}, "like": "", "province": "91"}) == {
        "words": ["a", "b"], "columns": {"district": "y", "age": "t"}, "like": "e", "province": "91",
    }  # fmt: skip


def test_a_file_the_new_draft_lacks_goes_only_where_nobody_changed_it(data):
    for name, text in (("a", "as drafted"), ("b", "changed")):
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    files, stale = Drafted("r", "", {}, {"a.csv": "as drafted", "b.csv": "as drafted"}).merged(
        {"c.csv": "new"}
    )
    assert files == {data / "c.csv": "new"}
    assert stale == [data / "a.csv"]


def test_a_round_that_was_never_drafted_is_named(data):
    with pytest.raises(MissingFile, match="no draft of r-2023"):
        read_drafted("r-2023")
