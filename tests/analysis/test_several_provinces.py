"""A national file, its province's rows chosen by the round -> the figures of a file cut to that province."""

import pandas as pd
import pytest

from tests.faults.survey_case import ROUND, copy_case, example_table, make_case

#: Province -> three districts of it that take the places of the example's.
OTHERS = {92: (916, 917, 918), 96: (964, 966, 967), 1: (1, 2, 5)}
NAMES = {91: "Kiên Giang", 92: "Cần Thơ", 96: "Cà Mau", 1: "Hà Nội"}


def national(names=False):
    """The example's rows, and the same people in three other provinces under other codes and answers."""
    own = example_table()
    parts = [own]
    for number, (province, districts) in enumerate(OTHERS.items(), 1):
        other = own.copy()
        to = dict(zip(sorted(own["huyen"].unique()), districts, strict=True))
        other["tinh"], other["huyen"] = province, other["huyen"].map(to)
        other["xa"] += 1000 * number
        other["thon"] += 100_000 * number
        other["PSW_STRATA"] = province
        other["PSW_PSU"] += 1000 * number
        # Codes of people start again in each province, and their answers are others'.
        questions = [name for name in other if name.startswith("d")]
        other[questions] = other[questions].sample(frac=1, random_state=number).to_numpy()
        parts.append(other)
    table = pd.concat(parts, ignore_index=True).sample(frac=1, random_state=9, ignore_index=True)
    return table.assign(tinh=table["tinh"].map(NAMES)) if names else table


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    """The file of the one province, built; rows in the order they have in the national one."""
    case = make_case(tmp_path_factory.mktemp("cut"))
    table = national()
    case.write(table[table["tinh"] == 91], ".dta")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(case.data))
        case.results()
    return case


@pytest.mark.parametrize(("suffix", "names"), [(".dta", False), (".csv", True)])
def test_figures_of_a_national_file_are_those_of_the_cut_one(cut, tmp_path, monkeypatch, suffix, names):
    case = copy_case(cut, tmp_path)
    for path in (case.data / "built").iterdir():
        path.unlink()
    monkeypatch.setenv("WORKBENCH_DATA", str(case.data))
    case.write(national(names), suffix)
    refused = case.run("check")
    assert refused.exit_code not in (0, 1)  # without the setting other provinces' rows are strangers
    case.settle("[columns]", '[columns]\nprovince = "tinh"')
    checked = case.run("check")
    assert checked.exit_code == 0, checked.output
    assert "192 dòng thuộc tỉnh của vòng này; 576 dòng của 3 tỉnh khác" in checked.output
    case.results()
    one, other = (each.data / "built" / f"{ROUND}.results.parquet" for each in (cut, case))
    assert one.read_bytes() == other.read_bytes()


def test_an_unstratified_sample_is_one_stratum_and_says_so(cut, tmp_path, monkeypatch):
    """The example's province is one stratum: naming no column gives the same figures."""
    case = copy_case(cut, tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(case.data))
    before = pd.read_parquet(case.data / "built" / f"{ROUND}.results.parquet")
    case.settle('stratum = "PSW_STRATA"', 'stratum = ""')
    assert "cả mẫu được coi là một tầng" in case.run("check").output
    pd.testing.assert_frame_equal(case.results(), before)
    design = pd.read_parquet(case.data / "built" / f"{ROUND}.design.parquet")
    strata = design.query("stage == 1 and design == 'main'")["stratum"]
    assert set(strata) - {""} == {"91"}
