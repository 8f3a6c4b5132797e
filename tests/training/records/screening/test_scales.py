import numpy as np

from tests.training.records.typed_sheets import CLASSES, check

NAMES = ("CT1.1", "CT1.2", "CT2.1", "CT2.2", "KH1.1")
ONE = {heading: cells[:1] for heading, cells in CLASSES.items()}


def scores(count=14, seed=1):
    """Forms of people who are more or less pleased; every indicator goes with the others."""
    rng = np.random.default_rng(seed)
    pleased = rng.normal(7, 1.5, count)
    drawn = {name: np.clip(np.round(pleased + rng.normal(0, 0.7, count)), 2, 10) for name in NAMES}
    return {name: [int(value) for value in values] for name, values in drawn.items()}


def codes(columns):
    count = len(next(iter(columns.values())))
    about = {"Số phiếu": [str(n) for n in range(count)], "Người đánh giá": ["học viên"] * count}
    found = check({"Lớp": ONE, "Phiếu đánh giá": {**about, **columns}}).findings
    odd = found[found["code"].str.startswith("scale_")]
    return dict(zip(odd["code"], odd["column"], strict=True))


def test_usual_scores_are_not_odd():
    for seed in range(6):
        assert codes(scores(seed=seed)) == {}, seed


def test_an_indicator_scored_backwards_is_named():
    columns = scores()
    columns["CT2.1"] = [11 - score for score in columns["CT2.1"]]
    assert codes(columns) == {"scale_reversed": "CT2.1"}


def test_a_scale_of_0_to_9_is_suspected_from_its_zeros_and_the_lack_of_any_ten():
    columns = {name: [score - 1 for score in own] for name, own in scores().items()}
    columns["CT1.1"][0] = 0
    columns = {name: [min(score, 9) for score in own] for name, own in columns.items()}
    assert codes(columns) == {"scale_from_zero": ""}
    columns["CT1.2"][1] = 10
    assert codes(columns) == {}


def test_a_scale_of_five_is_suspected_in_ten_forms_or_more():
    columns = {name: [(score + 1) // 2 for score in own] for name, own in scores().items()}
    assert codes(columns) == {"scale_of_five": ""}
    assert codes({name: own[:9] for name, own in columns.items()}) == {}


def test_scores_stay_as_they_are():
    columns = {name: [(score + 1) // 2 for score in own] for name, own in scores().items()}
    about = {"Số phiếu": [str(n) for n in range(14)], "Người đánh giá": ["học viên"] * 14}
    made = check({"Lớp": ONE, "Phiếu đánh giá": {**about, **columns}}).records.forms
    assert made.query("indicator == 'CT1.1'")["score"].tolist() == columns["CT1.1"]
