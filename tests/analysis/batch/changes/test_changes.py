"""`workbench diff`: which findings, numbers and rules changed, in words, and why."""

import csv
import json

import pytest
from click.testing import CliRunner

from analysis.batch.changes.causes import Cause, causes_of, causes_of_numbers
from analysis.batch.changes.compare import compare_issues
from analysis.batch.changes.rules import RuleChange, changed_rules
from analysis.batch.changes.words import say_changes
from analysis.batch.sealed import seal
from analysis.built import sha256
from analysis.cli import main
from analysis.errors import MissingFile, UnknownName


@pytest.fixture
def later(issue, tmp_path):
    """A later issue, to change."""
    return issue.copied(tmp_path).out


def change_rows(out, code, change):
    """Change rows of one pack's annex.csv as a run on other data would have, with its manifest."""
    [folder] = out.glob(f"{code}-*")
    path = folder / "annex.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = sum(change(row) is not None for row in rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    name = path.relative_to(out).as_posix()
    change_manifest(out, lambda content: entry_of(content, code)["beside"].update({name: sha256(path)}))
    return changed


def change_manifest(out, change):
    path = out / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(seal(content), encoding="utf-8")


def entry_of(content, code):
    return next(entry for entry in content["packs"] if entry["code"] == code)


def administrative(row):
    return (
        row["place"] == "900"
        and row["survey_round"] == "administrative-2021-Q4"
        and row["measure"] == "procedures_online"
    )


def lines(old, new, language="vi"):
    return say_changes(compare_issues(old, new), language)


def test_the_same_packs_are_the_same(issue, later):
    assert lines(issue.out, later) == ["Hai bộ bản tin giống nhau từng byte."]
    assert lines(issue.out, later, "en") == ["The two issues are the same byte for byte."]


def test_a_changed_number_is_said_as_pages_round_it_with_its_place_and_why(issue, later):
    def change(row):
        if administrative(row):
            return row.update(estimate="0.25", n="400") or row

    assert change_rows(later, "900", change) == 1
    change_manifest(
        later, lambda content: content["results"]["data"].update({"administrative-2021.csv": "0"})
    )
    said = lines(issue.out, later)
    at = said.index("Con số thay đổi: 1. Nguyên nhân: dữ liệu: administrative-2021.csv.")
    assert said[at + 1].startswith("  - Thành phố Hà Tiên, Thủ tục hành chính cung ứng trực tuyến")
    assert said[at + 1].endswith("(administrative-2021-Q4): 54,6% → 25,0%. Cỡ mẫu hoặc mẫu số: 328 → 400.")
    english = lines(issue.out, later, "en")
    assert "Numbers that changed: 1. Because of: data: administrative-2021.csv." in english
    assert any(
        line.endswith("54.6% → 25.0%. Number of answers or denominator: 328 → 400.") for line in english
    )


def test_a_change_below_the_rounding_is_counted_and_not_listed(issue, later):
    def change(row):
        if administrative(row):
            return row.update(estimate=str(float(row["estimate"]) + 1e-6)) or row

    change_rows(later, "900", change)
    said = lines(issue.out, later)
    assert "Không có con số nào thay đổi." in said
    assert any(line.startswith("Ngoài ra 1 dòng khác") for line in said)


def test_a_changed_finding_is_said_before_and_now(issue, later):
    def change(row):
        tested = row["place"] == "899" and row["statistic"] == "difference" and row["p_adjusted"]
        if tested and row["group_kind"] == "all" and not done:
            done.append(row["measure_vi"])
            return row.update(estimate="-0.9", ci_low="-1.2", ci_high="-0.6", p_adjusted="0.001") or row

    done = []
    if change_rows(later, "899", change) == 0:
        pytest.fail("the example has no tested difference of 899 to change")
    said = lines(issue.out, later)
    assert said[0].startswith("Phát hiện thay đổi: 1.")
    assert done[0] in said[1]
    assert said[1].startswith("  - Thành phố Rạch Giá, ")
    assert said[1].endswith("so sánh với tỉnh: trước là chưa đủ bằng chứng, nay là thấp hơn.")


def test_a_row_that_all_packs_show_is_told_once(issue, later):
    def change(row):
        if row["place_kind"] == "province" and row["survey_round"] == "administrative-2021-Q4":
            return row.update(estimate="0.111") or row

    counts = [change_rows(later, code, change) for code in ("899", "900")]
    assert counts[0] == counts[1] > 0
    rows = compare_issues(issue.out, later).rows
    assert len(rows) == counts[0]
    assert set(rows["code"]) == {""}


def test_changed_rules_are_named_by_row_and_settings_by_their_values():
    old = {
        "rules": {"a.csv": "1", "r.toml": "1", "big.csv": "1", "gone.csv": "1"},
        "rule_rows": {"a.csv": {"x": "1", "y": "1"}, "r.toml": {"quality.level": "0.95"}, "big.csv": {}},
    }
    new = {
        "rules": {"a.csv": "2", "r.toml": "2", "big.csv": "2", "new.csv": "1"},
        "rule_rows": {"a.csv": {"x": "2", "z": "1"}, "r.toml": {"quality.level": "0.9"}, "big.csv": {}},
    }
    assert changed_rules(old, new) == [
        RuleChange("a.csv", "x", "changed"),
        RuleChange("a.csv", "z", "added"),
        RuleChange("a.csv", "y", "removed"),
        RuleChange("big.csv", "", "changed"),
        RuleChange("gone.csv", "", "removed"),
        RuleChange("new.csv", "", "added"),
        RuleChange("r.toml", "quality.level", "changed", "0.95", "0.9"),
    ]


def test_a_changed_setting_is_said_with_its_values(issue, later):
    name = "data/rounds/example-papi-2021.toml"

    def change(content):
        [file] = [file for file in content["rules"] if file.endswith("rounds/example-papi-2021.toml")]
        content["rules"][file] = "0" * 64
        content["rule_rows"][file]["quality.level"] = "0.9"

    change_manifest(later, change)
    said = lines(issue.out, later)
    assert any(line.endswith("example-papi-2021.toml: quality.level = 0.95 → 0.9.") for line in said), name


def test_causes_are_data_rules_and_program_and_words_change_no_number():
    old = {
        "results": {"data": {"a.dta": "1"}},
        "rules": {"data/wording/pages.csv": "1", "data/places/districts.csv": "1"},
        "code": "1",
        "libraries": {"numpy": "2.4"},
        "python": "3.11.7",
        "notebooks": {"methods.ipynb": "1"},
    }
    new = {
        "results": {"data": {"a.dta": "2"}},
        "rules": {"data/wording/pages.csv": "2", "data/places/districts.csv": "2"},
        "code": "2",
        "libraries": {"numpy": "2.5"},
        "python": "3.11.7",
        "notebooks": {"methods.ipynb": "2"},
    }
    causes = causes_of(old, new)
    assert causes == [
        Cause("data", "a.dta"),
        Cause("rule", "data/places/districts.csv"),
        Cause("rule", "data/wording/pages.csv"),
        Cause("code"),
        Cause("code", "numpy 2.4 → 2.5"),
        Cause("code", "methods.ipynb"),
    ]
    assert causes_of_numbers(causes) == [causes[0], causes[1], causes[3], causes[4]]


def test_pages_that_came_and_went_are_named(issue, later):
    change_manifest(later, lambda content: content["pages"].clear())
    assert any(line.endswith(": không còn trang.") for line in lines(issue.out, later))
    assert any(line.endswith(": trang mới.") for line in lines(later, issue.out))


def test_two_languages_and_a_folder_without_manifest_are_refused(issue, later, tmp_path):
    change_manifest(later, lambda content: content.update(language="en"))
    with pytest.raises(UnknownName):
        compare_issues(issue.out, later)
    with pytest.raises(MissingFile):
        compare_issues(issue.out, tmp_path / "nothing")


def test_command_prints_the_words(issue, later):
    ended = CliRunner().invoke(main, ["diff", str(issue.out), str(later), "--language", "en"])
    assert ended.exit_code == 0
    assert ended.output == "The two issues are the same byte for byte.\n"
