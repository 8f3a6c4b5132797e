"""framework.toml: the total, what is published, and what cannot be meant."""

import pytest

from analysis import paths
from analysis.errors import BadRows
from analysis.indicators.framework_settings import FILE, FrameworkSettings, Total, read_framework_settings

TOTAL = '[total]\ncode = "ALL"\nname_vi = "Tổng"\nname_en = "Total"\n'


def read(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_framework_settings(folder)


def test_framework_without_the_file_has_no_total_and_nothing_published(tmp_path):
    assert read_framework_settings(tmp_path) == FrameworkSettings(None, False)


def test_total_and_published_are_as_the_file_says(tmp_path):
    assert read(tmp_path, "published = true\n" + TOTAL) == FrameworkSettings(
        Total("ALL", "Tổng", "Total"), True
    )
    assert read(tmp_path, "") == FrameworkSettings(None, False)


def test_committed_framework_has_the_total_of_the_published_figures():
    settings = read_framework_settings(paths.rows_folder("framework", "papi"))
    assert settings.published and settings.total.code == "PAPI"


@pytest.mark.parametrize(
    "text",
    [
        "published = 1",
        "publish = true",
        "total = 3",
        '[total]\ncode = "ALL"',
        TOTAL.replace('"ALL"', '" "'),
        TOTAL + "weight = 1\n",
        "published = ",
    ],
)
def test_key_that_is_unknown_missing_or_of_another_kind_is_refused(tmp_path, text):
    with pytest.raises(BadRows) as fault:
        read(tmp_path, text)
    assert fault.value.where.endswith(FILE)
