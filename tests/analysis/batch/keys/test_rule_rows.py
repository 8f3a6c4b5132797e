"""Files of rules -> what a changed row or setting is told by."""

from analysis.batch.keys.rule_rows import MOST_ROWS, rule_rows


def test_a_changed_row_has_another_hash_and_a_repeated_label_a_number(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("key,vi\na,một\nb,hai\na,ba\n", encoding="utf-8")
    before = rule_rows(file)
    assert list(before) == ["a", "b", "a (2)"]
    file.write_text("key,vi\na,một\nb,HAI\na,ba\n", encoding="utf-8")
    assert {label for label, found in rule_rows(file).items() if before[label] != found} == {"b"}


def test_settings_keep_their_values_under_full_names(tmp_path):
    file = tmp_path / "round.toml"
    file.write_text("year = 2021\n[quality]\nlevel = 0.95\n[groups.sex]\ncodes = { male = [1] }\n", "utf-8")
    assert rule_rows(file) == {"year": "2021", "quality.level": "0.95", "groups.sex.codes.male": "[1]"}


def test_file_that_cannot_be_read_or_is_too_long_is_told_as_a_whole(tmp_path):
    broken = tmp_path / "round.toml"
    broken.write_text("= =", encoding="utf-8")
    long = tmp_path / "places.csv"
    long.write_text("code\n" + "1\n" * (MOST_ROWS + 1), encoding="utf-8")
    assert rule_rows(broken) == rule_rows(long) == {}
