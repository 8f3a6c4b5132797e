"""Why a page is made again, in both languages."""

import pytest

from analysis.batch.keys.reasons import FORCED, NEW, Reason, changed_parts, say_reasons


def test_parts_that_differ_went_or_came_are_reasons_in_order():
    before, now = (
        {"code": "a", "rows:district:survey": "b", "gone": "c"},
        {"code": "x", "rows:district:survey": "b"},
    )
    assert [reason.what for reason in changed_parts(before, now)] == ["code", "gone"]
    assert changed_parts(now, now) == []


def test_what_only_repeats_another_reason_is_named_alone_or_not_at_all():
    assert [r.what for r in changed_parts({"stated": "a", "code": "a"}, {"stated": "b", "code": "b"})] == [
        "code"
    ]
    assert [r.what for r in changed_parts({"stated": "a"}, {"stated": "b"})] == ["stated"]


@pytest.mark.parametrize(
    ("what", "vi", "en"),
    [
        (
            "rows:district:survey",
            "số liệu khảo sát của huyện đã thay đổi",
            "survey figures of the district changed",
        ),
        (
            "rows:commune:administrative",
            "số liệu hành chính của các xã đã thay đổi",
            "administrative figures of the communes changed",
        ),
        ("rules:wording", "câu chữ đã thay đổi", "the wording changed"),
        ("data:so-lieu.csv", "tệp dữ liệu so-lieu.csv đã thay đổi", "the data file so-lieu.csv changed"),
        (NEW, "chưa có bản nào", "there is none yet"),
        (FORCED, "được yêu cầu dựng lại (--force)", "asked for with --force"),
    ],
)
def test_a_reason_in_words(what, vi, en):
    assert say_reasons([Reason(what)]) == {"vi": vi, "en": en}


def test_more_than_four_reasons_are_counted():
    reasons = [Reason(f"rules:{name}") for name in ("codebook", "framework", "places", "wording", "settings")]
    assert say_reasons(reasons)["en"].endswith("the wording changed; … (+1)")


@pytest.mark.parametrize(
    ("what", "cause"),
    [
        ("rows:province:survey", "data"),
        ("rules:places", "rule"),
        ("libraries", "code"),
        ("notebook", "code"),
        (NEW, ""),
    ],
)
def test_cause_of_a_reason(what, cause):
    assert Reason(what).cause == cause


def test_every_part_that_a_key_has_can_be_said():
    from analysis.context.checks import CONTEXT_ROWS

    groups = ("codebook", "framework", "places", *CONTEXT_ROWS, "settings", "corrections", "wording")
    parts = [f"rules:{group}" for group in groups] + ["table:design", "code", "libraries", "notebook"]
    parts += ["parameters", "head", "formats", "stated", "altered", "unknown"]
    parts += [f"rows:{kind}:published" for kind in ("district", "commune", "province", "region", "country")]
    assert all(Reason(part).say(language) for part in parts for language in ("vi", "en"))
