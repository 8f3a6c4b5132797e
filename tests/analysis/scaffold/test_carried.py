"""What a codebook knows of its variables holds for a file that names them otherwise."""

import pandas as pd
import pytest

from analysis.respondents.codebook import Codebook
from analysis.scaffold.carried import carry_over
from analysis.scaffold.codebook_draft import Variable
from analysis.scaffold.matching import Match

COLUMNS = [
    "variable",
    "label_vi",
    "label_en",
    "role",
    "type",
    "code_set",
    "low",
    "high",
    "asked_if",
    "battery",
]
CODEBOOK = Codebook(
    "typed",
    pd.DataFrame(
        [
            ["d1", "Có dùng không?", "Used it?", "question", "code", "yes_no", "", "", "", ""],
            ["d2", "Hài lòng?", "Satisfied?", "question", "code", "yes_no", "", "", "d1=1", "boxes"],
            ["a2", "Tuổi", "Age", "person", "number", "", "18", "120", "", ""],
        ],
        columns=COLUMNS,
    ),
    pd.DataFrame(
        {"code_set": "yes_no", "code": ["1", "2"], "label_vi": ["Có", "Không"], "label_en": ["Yes", "No"]}
    ),
)
YES_NO = {1.0: "Có", 2.0: "Không"}


def variable(name, kind="code", codes=YES_NO, **more):
    return Variable(name, "nhãn", "", "question", kind, codes=codes if kind == "code" else {}, **more)


def carried(variables, **columns):
    """The variables by name, and what is said; d1="q1" says that column q1 holds d1."""
    matches = {
        name: found if isinstance(found, Match) else Match(name, found, 0.85)
        for name, found in columns.items()
    }
    made, told = carry_over(variables, matches, CODEBOOK)
    return {one.name: one for one in made}, told


def test_a_skip_rule_speaks_of_the_file_s_own_names():
    made, told = carried([variable("q1"), variable("q2")], d1="q1", d2="q2")
    assert (made["q2"].asked_if, made["q2"].battery, made["q2"].label_en) == ("q1=1", "boxes", "Satisfied?")
    assert made["q1"].codes_en == {1.0: "Yes", 2.0: "No"}
    assert told[0].en == "carried over for 2 matched variables: 1 skip rules, 0 limits, 1 batteries"


def test_a_skip_rule_speaks_of_the_file_s_own_codes():
    own = variable("q1", codes={5.0: "Có", 6.0: "Không"})
    gate = Match("d1", "q1", 0.85, codes={1.0: 5.0, 2.0: 6.0})
    assert carried([own, variable("q2")], d1=gate, d2="q2")[0]["q2"].asked_if == "q1=5"


def test_a_column_with_a_heading_is_known_by_it_and_written_by_its_name():
    made, _ = carried([variable("q_1", heading="Q 1"), variable("q2")], d1="Q 1", d2="q2")
    assert made["q2"].asked_if == "q_1=1"


def test_limits_belong_to_numbers_alone():
    made, _ = carried([variable("tuoi", "number")], a2="tuoi")
    assert (made["tuoi"].low, made["tuoi"].high) == ("18", "120")
    made, _ = carried([variable("tuoi")], a2="tuoi")
    assert (made["tuoi"].low, made["tuoi"].high) == ("", "")


@pytest.mark.parametrize("gate", ["absent", Match("d1", "q1", 0.4), Match("d1", "q1", 0.85, others=("q9",))])
def test_a_rule_whose_gate_is_not_certain_is_lost_and_said(gate):
    made, told = carried([variable("q1"), variable("q2"), variable("q9")], d1=gate, d2="q2")
    assert made["q2"].asked_if == ""
    assert told[-1].en == "skip rules of 1 variables hang on questions that are not in the file: q2"


def test_a_rule_on_a_code_that_the_file_does_not_have_is_lost_and_said():
    made, told = carried([variable("q1", codes={3.0: "Có"}), variable("q2")], d1="q1", d2="q2")
    assert made["q2"].asked_if == ""
    assert "q2" in told[-1].vi


def test_a_column_that_two_variables_may_be_gets_nothing_of_either():
    made, told = carried([variable("q1")], d1="q1", d2="q1")
    assert made["q1"] == variable("q1")
    assert told == []


def test_without_a_codebook_nothing_changes():
    variables = [variable("q1")]
    assert carry_over(variables, {}, None) == (variables, [])


def test_codes_that_nobody_gave_are_there_all_the_same():
    made, _ = carried([variable("q1", codes={1.0: "có"})], d1="q1")
    assert made["q1"].codes == {1.0: "có", 2.0: "Không"}
    made, _ = carried([variable("q1", codes={1.0: "Không"})], d1="q1")
    assert made["q1"].codes == {1.0: "Không"}  # another meaning: nothing is added
