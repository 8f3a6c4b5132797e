from analysis.respondents.label_checks import check_labels
from analysis.respondents.survey_rows import SurveyRows
from tests.analysis.respondents.conftest import raw_of


def found(table, survey_round, codebook, labels):
    rows = SurveyRows(table, survey_round, raw_of(table, value_labels=labels))
    return [(one.kind, one.code, one.got) for one in check_labels(rows, codebook)]


def test_labels_that_agree_or_are_worded_otherwise_say_nothing(table, survey_round, codebook):
    for labels in ({1.0: "Nam", 2.0: "Nữ"}, {1.0: "Đàn ông", 2.0: "Phụ nữ"}, {1.0: "MALE", 2.0: "female"}):
        assert found(table, survey_round, codebook, {"a1": labels}) == []


def test_labels_the_other_way_round_stop(table, survey_round, codebook):
    labels = {"a1": {1.0: "Nữ", 2.0: "Nam"}}
    assert found(table, survey_round, codebook, labels) == [("stop", "labels_moved", '1 "Nữ", 2 "Nam"')]


def test_a_code_that_the_file_gives_no_label_is_a_note(table, survey_round, codebook):
    labels = {"q1": {1.0: "Có", 888.0: "Không biết"}}  # and 2 is held by one row
    assert found(table, survey_round, codebook, labels) == [("note", "unlabelled_code", "2 without a label")]


def test_no_answer_codes_need_no_label_and_tags_are_passed_over(table, survey_round, codebook):
    labels = {"q1": {1.0: "Có", 2.0: "Không", ".a": "Từ chối"}}
    assert found(table, survey_round, codebook, labels) == []


def test_a_file_without_labels_is_not_asked_for_any(table, survey_round, codebook):
    assert found(table, survey_round, codebook, {}) == []
