"""What a draft leaves open stops every build and is listed, each thing once."""

import pytest

from analysis.errors import BadRows
from analysis.rounds import read_round
from analysis.rounds.decisions import check_decisions

LINE = "# decide: design.nest — mã đánh lại? / do codes start again?\n"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "rounds").mkdir()
    (tmp_path / "framework" / "mine").mkdir(parents=True)
    return tmp_path / "rounds" / "mine-2023.toml"


def indicators(settings, rows):
    file = settings.parents[1] / "framework" / "mine" / "indicators.csv"
    file.write_text("use,indicator\n" + rows, encoding="utf-8")
    settings.write_text('framework = "mine"\n', encoding="utf-8")


def test_a_line_that_is_left_says_its_key_in_both_languages_and_where_it_stands(settings):
    settings.write_text(f"year = 2023\n{LINE}nest = false\n", encoding="utf-8")
    (found,) = check_decisions(settings).to_dict("records")
    assert found["vi"] == "Chưa quyết định design.nest: mã đánh lại?"
    assert found["what"] == "Not decided design.nest: do codes start again?"
    assert (found["kind"], found["row"]) == ("stop", 2)


def test_a_round_with_a_line_left_cannot_be_read(settings):
    settings.write_text(LINE, encoding="utf-8")
    with pytest.raises(BadRows, match=r"design\.nest"):
        read_round("mine-2023")


def test_the_words_in_the_heading_of_a_draft_are_no_decision(settings):
    settings.write_text("# A line `# decide: …` stops every build.\n", encoding="utf-8")
    assert check_decisions(settings).empty


def test_indicators_without_yes_or_no_are_counted(settings):
    indicators(settings, "yes,a\n,b\nmaybe,c\n")
    (found,) = check_decisions(settings).to_dict("records")
    assert "2 proposed indicators" in found["what"]
    assert "b, c" in found["what"]


@pytest.mark.parametrize(("rows", "count"), [("no,a\nno,b\n", 1), ("yes,a\nno,b\n", 0)])
def test_at_least_one_indicator_is_chosen(settings, rows, count):
    indicators(settings, rows)
    assert len(check_decisions(settings)) == count
