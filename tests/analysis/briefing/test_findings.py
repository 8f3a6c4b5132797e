"""Three answers only, from the adjusted p-value."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.briefing import open_pack
from analysis.briefing.district.headlines import say_headlines
from analysis.briefing.findings import find_all, say_verdict


@pytest.fixture
def pack(example_results):
    return open_pack("899", "example-2021", "vi")


def with_answers(pack, statistic="difference", **answers):
    """The pack with the estimates and adjusted p of some dimensions set."""
    table = pack.results.copy()
    for measure, (estimate, p) in answers.items():
        row = (table["measure"] == measure) & (table["statistic"] == statistic) & (table["place"] == "899")
        table.loc[row, ["estimate", "ci_low", "ci_high", "p_adjusted"]] = [
            estimate,
            estimate - 0.2,
            estimate + 0.2,
            p,
        ]
    return replace(pack, results=table)


@pytest.mark.parametrize(
    ("estimate", "p", "answer"),
    [(0.5, 0.04, "better"), (-0.5, 0.04, "worse"), (0.5, 0.05, "unclear"), (-0.5, 0.9, "unclear")],
)
def test_answer_follows_the_adjusted_p(pack, estimate, p, answer):
    found = {f.measure: f for f in find_all(with_answers(pack, D2=(estimate, p)), "difference", ["D2"])}
    assert found["D2"].answer == answer


def test_where_low_is_good_a_lower_value_is_the_better_one(pack):
    measure = pack.measures.index[pack.measures["direction"] == "lower"][0]
    found = find_all(with_answers(pack, **{measure: (-0.1, 0.001)}), "difference", [measure])
    assert (found[0].answer, found[0].sign, found[0].good) == ("better", "▲", True)
    assert say_verdict(pack, found[0]).startswith("Tốt hơn (−")


@pytest.mark.parametrize(
    ("estimate", "verdict"), [(0.1, "Tăng, theo hướng kém đi"), (-0.1, "Giảm, theo hướng tốt lên")]
)
def test_change_of_a_measure_where_low_is_good_says_which_way_is_good(pack, estimate, verdict):
    measure = pack.measures.index[pack.measures["direction"] == "lower"][0]
    changed = with_answers(pack, "change", **{measure: (estimate, 0.001)})
    rows = changed.results[
        (changed.results["measure"] == measure) & (changed.results["statistic"] == "change")
    ]
    if rows.loc[rows["place"] == "899", "quality"].iloc[0] not in ("good", "caution"):
        pytest.fail("choose another measure: this one's change is withheld")
    assert say_verdict(pack, find_all(changed, "change", [measure])[0]).startswith(verdict)


def test_difference_without_p_is_not_a_finding(pack):
    table = pack.results.copy()
    table.loc[table["measure"] == "D2", ["estimate", "se", "ci_low", "ci_high", "p_adjusted"]] = np.nan
    table.loc[table["measure"] == "D2", "quality"] = "suppressed"
    withheld = replace(pack, results=table)
    assert find_all(withheld, "difference", ["D2"]) == []


def test_headline_without_evidence_says_so(pack):
    first, second, third = say_headlines(pack)
    assert first == (
        "Chưa đủ bằng chứng để nói thành phố Rạch Giá tốt hơn hay kém hơn mức chung của tỉnh. Đã so sánh 8 lĩnh vực."
    )
    assert second.startswith("So với năm 2020, chưa đủ bằng chứng")
    assert "160 người trả lời ở 5 cụm điều tra" in third


def test_headline_names_what_was_found_with_size_interval_and_people(pack):
    found = with_answers(pack, D2=(-0.42, 0.001), D4=(0.5, 0.01))
    assert say_headlines(found)[0] == (
        "So với mức chung của tỉnh, thành phố Rạch Giá tốt hơn ở 1 và kém hơn ở 1 trong 8 lĩnh vực so sánh được. "
        "“Kiểm soát tham nhũng trong khu vực công”: tốt hơn 0,50 điểm (từ 0,30 đến 0,70; 160 người trả lời). "
        "“Công khai, minh bạch trong việc ra quyết định ở địa phương”: kém hơn 0,42 điểm "
        "(từ 0,22 đến 0,62; 160 người trả lời). Ở 6 lĩnh vực so sánh được còn lại, chưa đủ bằng chứng."
    )


def test_headline_counts_what_it_does_not_name(pack):
    answers = {f"D{i}": (-0.1 * i, 0.001) for i in range(1, 6)}
    first = say_headlines(with_answers(pack, **answers))[0]
    assert "Cùng 2 lĩnh vực khác." in first
    assert first.index("Thủ tục hành chính công") < first.index("Kiểm soát tham nhũng")


def test_change_says_how_many_rose_and_fell(pack):
    changed = with_answers(pack, "change", D1=(-0.4, 0.001), D4=(0.3, 0.001))
    second = say_headlines(changed)[1]
    assert second.startswith(
        "So với năm 2020, điểm của thành phố Rạch Giá tăng ở 1 và giảm ở 1 trong 5 lĩnh vực so sánh được."
    )
    assert "giảm 0,40 điểm" in second


def test_district_with_no_sample_is_told_so_first():
    sentences = say_headlines(open_pack("912", "example-2021", "vi"))
    assert sentences[0].startswith("Khảo sát năm 2021 không phỏng vấn người dân nào ở huyện Kiên Hải")
    assert "không phải của huyện Kiên Hải" in sentences[1]


def test_sentence_that_says_the_direction_gives_both_ends_as_sizes(pack):
    """ "Worse by 0.50 (0.30 to 0.70)": a minus sign would say "worse" a second time."""
    for estimate in (0.5, -0.5):
        changed = with_answers(pack, D2=(estimate, 0.001))
        assert find_all(changed, "difference", ["D2"])[0].ends == ("0,30", "0,70")
        assert "0,50 điểm (từ 0,30 đến 0,70; " in say_headlines(changed)[0]
    assert find_all(with_answers(pack, D2=(0.1, 0.5)), "difference", ["D2"])[0].ends == ("−0,10", "+0,30")
