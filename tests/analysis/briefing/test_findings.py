"""Three answers only, from the adjusted p-value."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.briefing import open_pack
from analysis.briefing.district.headlines import say_headlines
from analysis.briefing.findings import find_all


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
    [(0.5, 0.04, "higher"), (-0.5, 0.04, "lower"), (0.5, 0.05, "unclear"), (-0.5, 0.9, "unclear")],
)
def test_answer_follows_the_adjusted_p(pack, estimate, p, answer):
    found = {f.measure: f for f in find_all(with_answers(pack, D2=(estimate, p)), "difference", ["D2"])}
    assert found["D2"].answer == answer


def test_difference_without_p_is_not_a_finding(pack):
    table = pack.results.copy()
    table.loc[table["measure"] == "D2", ["estimate", "se", "ci_low", "ci_high", "p_adjusted"]] = np.nan
    table.loc[table["measure"] == "D2", "quality"] = "suppressed"
    withheld = replace(pack, results=table)
    assert find_all(withheld, "difference", ["D2"]) == []


def test_headline_without_evidence_says_so(pack):
    first, second, third = say_headlines(pack)
    assert first.startswith("Chưa đủ bằng chứng để nói điểm của thành phố Rạch Giá cao hơn hay thấp hơn")
    assert second.startswith("So với năm 2020, chưa đủ bằng chứng")
    assert "160 người trả lời ở 5 cụm điều tra" in third


def test_headline_names_what_was_found_with_size_and_interval(pack):
    found = with_answers(pack, D2=(-0.42, 0.001), D4=(0.5, 0.01))
    first = say_headlines(found)[0]
    assert first == (
        "So với mức chung của tỉnh, điểm của thành phố Rạch Giá thấp hơn ở “Công khai, minh bạch trong việc ra quyết "
        "định ở địa phương” (−0,42 điểm; có thể từ −0,62 đến −0,22); cao hơn ở “Kiểm soát tham nhũng trong khu vực công” "
        "(+0,50 điểm; có thể từ +0,30 đến +0,70). Ở 6 lĩnh vực so sánh được còn lại, chưa đủ bằng chứng."
    )


def test_headline_counts_what_it_does_not_name(pack):
    answers = {f"D{i}": (-0.1 * i, 0.001) for i in range(1, 6)}
    first = say_headlines(with_answers(pack, **answers))[0]
    assert "và 2 lĩnh vực khác" in first
    assert first.index("Thủ tục hành chính công") < first.index("Kiểm soát tham nhũng")


def test_district_with_no_sample_is_told_so_first():
    sentences = say_headlines(open_pack("912", "example-2021", "vi"))
    assert sentences[0].startswith("Khảo sát năm 2021 không phỏng vấn người dân nào ở huyện Kiên Hải")
    assert "không phải của huyện Kiên Hải" in sentences[1]
