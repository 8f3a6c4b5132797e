"""The letter's tasks in a district's pack: what people said, what was counted, what to do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.briefing import open_pack, open_round_page
from analysis.briefing.letter.actions import due_actions, is_due, reaches_all_targets
from analysis.briefing.letter.commune_table import commune_table
from analysis.briefing.letter.counted import Counted, last_counted, say_counted, say_short
from analysis.briefing.letter.progress import counted_figures, draw_progress, progress_table
from analysis.briefing.letter.task_table import survey_cell, task_table
from analysis.context.directive import read_directive

ROUND = "example-2021"


@pytest.fixture(scope="module")
def pack(example_results):
    return open_pack("899", ROUND, "vi")


@pytest.fixture(scope="module")
def unsampled(example_results):
    return open_pack("912", ROUND, "vi")


def counted(done, n, state="counted", figure="procedures_online", lacking=(), silent=()):
    value = done / n if state == "counted" else float("nan")
    return Counted(figure, "2021-Q4", state, value, done, n, lacking, silent, "procedures")


def with_difference(pack, measure, estimate, p):
    table = pack.results.copy()
    row = (table["measure"] == measure) & (table["statistic"] == "difference") & (table["place"] == "899")
    table.loc[row, ["estimate", "ci_low", "ci_high", "p_adjusted"]] = [
        estimate,
        estimate - 0.2,
        estimate + 0.2,
        p,
    ]
    table.loc[row, "quality"] = "good"
    return replace(pack, results=table)


def test_a_row_for_each_task_that_binds_districts(pack):
    table = task_table(pack)
    tasks = read_directive().tasks_for_level("district")
    assert [row[0].split(". ")[0] for row in table.rows] == list(tasks["number"])
    assert [row[0].split(". ", 1)[1] for row in table.rows] == list(tasks["title_vi"])


def test_counts_of_a_figure_are_those_of_its_own_row_in_the_last_quarter(pack):
    one = last_counted(pack, "procedures_online", "899")
    rows = pack.around("administrative")
    own = rows[
        (rows["measure"] == "procedures_online") & (rows["place"] == "899") & (rows["period"] == "2021-Q4")
    ]
    assert one.period == "2021-Q4"
    assert (one.n, one.value) == (int(own["n"].iloc[0]), own["estimate"].iloc[0])
    assert one.done == round(one.value * one.n)
    assert say_short(pack, one) == "170/299 (56,9%)"
    assert say_counted(pack, one) == "56,9% (170/299 thủ tục)"


def test_communes_that_have_not_done_it_are_named(pack):
    one = last_counted(pack, "poverty_list_published", "899")
    names = {pack.places.commune(code).name for code in pack.communes_of("899")}
    assert (one.done, one.n, len(one.lacking)) == (9, 12, 3)
    assert set(one.lacking) <= names
    actions = [a for a in due_actions(pack, "T4") if a.figure == "poverty_list_published"]
    assert len(actions) == 1
    assert (
        actions[0].text == f"Yêu cầu 3 đơn vị cấp xã công khai danh sách hộ nghèo: {', '.join(one.lacking)}."
    )
    assert actions[0].urgent


def test_commune_that_did_not_report_is_pressed_for_its_figure_and_not_blamed(example_results):
    pack = open_pack("907", ROUND, "vi")
    one = last_counted(pack, "poverty_list_published", "907")
    assert (one.state, one.silent) == ("partly", ("Gò Quao",))
    texts = [a.text for a in due_actions(pack, "T4")]
    assert "Đôn đốc đơn vị cấp xã chưa báo cáo việc công khai của quý 4/2021: Gò Quao." in texts
    assert all("Gò Quao" not in text for text in texts if text.startswith("Yêu cầu"))


@pytest.mark.parametrize(
    ("when", "one", "due"),
    [
        ("below", counted(9, 12), True),
        ("below", counted(12, 12), False),
        ("below", counted(3, 5, "partly"), True),
        ("below", counted(0, 0, "hidden"), False),
        ("none", counted(0, 0, "none"), True),
        ("none", counted(0, 0, "nothing"), False),
        ("none", counted(5, 5, silent=("X",)), True),
        ("target", counted(59, 100), True),
        ("target", counted(60, 100), True),  # the target of 2022, above 80 %, is still open
        ("target", counted(81, 100), False),
        ("done", counted(81, 100), True),
        ("done", counted(80, 100), False),
        ("done", counted(12, 12, figure="poverty_list_published"), True),
        ("always", counted(1, 2), False),
    ],
)
def test_what_was_counted_calls_for_the_rows_it_should(when, one, due):
    assert is_due(when, one, read_directive()) is due


def test_above_80_percent_is_not_reached_by_80_percent():
    directive = read_directive()
    assert not reaches_all_targets(counted(80, 100), directive)
    assert reaches_all_targets(counted(801, 1000), directive)


def test_small_counts_of_people_are_not_told(pack):
    one = last_counted(pack, "complaints_on_time", "899")
    assert one.state == "hidden"
    assert say_short(pack, one) == "không nêu vì quá ít vụ"
    assert not any(a.figure == "complaints_on_time" for a in due_actions(pack, "T2"))


def test_survey_cell_names_what_is_stated_and_counts_the_rest_open(pack):
    found = with_difference(pack, "S3.1", -0.3, 0.001)
    lines = survey_cell(found, "T2").lines
    assert lines[0].startswith("3.1 Tương tác với các cấp chính quyền: Kém hơn (−0,30; từ −0,50 đến −0,10)")
    assert lines[1] == "Chưa đủ bằng chứng (D4, 3.2)"


def test_district_without_a_sample_gets_no_survey_statement(unsampled):
    for row in task_table(unsampled).rows:
        assert row[1].lines[0].startswith("Không có mẫu")


def test_trap_of_task_5_and_what_no_task_covers_stand_under_the_table(pack):
    notes = " ".join(task_table(pack).notes)
    assert "“Cung ứng dịch vụ công” (D6) đo y tế" in notes
    assert "D6, D7, 1.1, 1.2 và 3.3" in notes


def test_what_the_numbers_of_measures_and_tasks_mean_stands_under_the_table(pack):
    """A list such as "1, 2, 6a" is read one way only, which "1, 2, 6, 1" is not."""
    numbers = pack.directive.tasks["number"]
    assert numbers.is_unique and numbers.str.fullmatch(r"[1-6][a-d]?").all()
    notes = " ".join(task_table(pack).notes)
    assert "D1–D8: lĩnh vực nội dung 1–8" in notes
    assert "6a–6d: bốn gạch đầu dòng của nhiệm vụ 6." in notes


def test_lead_and_deadline_are_the_letter_s(pack):
    cells = {row[0].split(". ")[0]: " ".join(row[3].lines) for row in task_table(pack).rows}
    assert "Chủ trì: Sở Thông tin và Truyền thông." in cells["6b"]
    assert "Thời hạn: trong năm 2021; năm 2022." in cells["5"]
    assert "Chủ tịch UBND thành phố Rạch Giá" in " ".join(task_table(pack).notes)


def test_commune_table_has_every_commune_and_says_who_did_not_report(example_results):
    pack = open_pack("907", ROUND, "vi")
    table = commune_table(pack)
    assert len(table.rows) == len(pack.communes_of("907"))
    told = {row[0]: row[1:] for row in table.rows}
    assert set(told["Thị trấn Gò Quao"]) == {"– chưa báo cáo"}
    done = sum(cell == "✓ đã làm" for row in table.rows for cell in row[1:2])
    assert done == last_counted(pack, "poverty_list_published", "907").done


def test_progress_is_told_against_the_letter_s_targets(pack):
    figures = counted_figures(pack, "district", "899")
    rows = {row[0]: row[1:] for row in progress_table(pack, figures, "district", "899").rows}
    about = rows["Thủ tục hành chính cung ứng trực tuyến mức độ 3, 4"]
    assert about[0] == "56,9% (170/299 thủ tục)"
    assert "60% dịch vụ công mức độ 3, 4 trong năm 2021: chưa đạt" in about[1].lines
    assert "Trên 80% dịch vụ công mức độ 3, 4 vào năm 2022: chưa đến hạn, chưa đạt" in about[1].lines
    alt = draw_progress(pack, figures, "x").alt
    assert all(say_counted(pack, one) in alt for one in figures)


def test_words_in_the_place_of_a_bar_end_inside_the_chart(example_results):
    """Of the province many communes have not reported, which takes many words to say."""
    page = open_round_page(ROUND, "vi")
    chart = draw_progress(page, counted_figures(page, "province", page.survey_round.province), "x")
    assert chart.svg
    (axes,) = chart.figure.axes
    words = [text for text in axes.texts if text.get_text().startswith("chưa đủ")]
    ends = [text.get_window_extent().x1 for text in words]
    assert len(words) >= 5 and max(ends) <= axes.bbox.x1
    assert axes.bbox.width > 0.5 * chart.figure.bbox.width


def test_round_without_counts_says_nothing_of_them(pack):
    own = pack.results[~pack.results["survey_round"].str.startswith("administrative")]
    bare = replace(pack, results=own)
    assert counted_figures(bare, "district", "899") == []
    assert {line for row in task_table(bare).rows for line in row[2].lines} == {"–"}
    assert all(not action.urgent for task in ("T1", "T2", "T4") for action in due_actions(bare, task))


def test_province_s_communes_are_all_of_them(example_results):
    page = open_round_page(ROUND, "vi")
    one = last_counted(page, "poverty_list_published", "91")
    communes = page.around("administrative")
    last = communes[(communes["place_kind"] == "commune") & (communes["period"] == "2021-Q4")]
    last = last[last["measure"] == "poverty_list_published"]["estimate"]
    assert (one.state, one.n, one.done) == ("partly", 143, int(np.nansum(last)))


def test_every_sentence_of_an_action_is_filled_in(example_results):
    for code in read_directive().tasks["task"]:
        for language in ("vi", "en"):
            for district in ("899", "907", "912"):
                for action in due_actions(open_pack(district, ROUND, language), code):
                    assert "{" not in action.text
                    assert not pd.isna(action.text)
