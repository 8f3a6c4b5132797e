"""One year's tables -> drafts of how each test's items did, and which lessons to teach again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from training.gains.pairs import PERSON
from training.items import (
    Responses,
    answer_matrix,
    fit_rasch,
    item_shares,
    item_statistics,
    measure_reliability,
    moodle_items,
    moodle_test,
    objectives,
    option_table,
    suspected_keys,
)
from training.items.options import POSITIVE, Option
from training.measured import COLUMNS, LEVEL, Measured, counted
from training.rows.cells import Cells, count_cells
from training.rows.drafts import Draft
from training.rows.scopes import Scope, class_scopes
from training.rules import Thresholds
from training.tables import Tables

KIND, TEST_KIND, OBJECTIVE_KIND, LESSON_KIND = "item", "test", "objective", "lesson"
#: Notes of an item: a distractor beats its key; nearly all or hardly any are right; it tells nobody apart.
KEY_SUSPECTED, TOO_EASY, TOO_HARD, FLAT = "key_suspected", "too_easy", "too_hard", "not_discriminating"
#: Note: only those with both tests, since so few lack one that the difference would show them.
BOTH_TESTS = "both_tests"
TESTS = ("pre", "post", "follow_up")
_BY_CLASS = ((), ("course",), ("course", "class_id"))


def item_drafts(
    tables: Tables, people: pd.DataFrame, province: str, thresholds: Thresholds
) -> tuple[list[Draft], dict[str, Cells], dict[str, float]]:
    """Item figures of each test, by course and by class.

    Parameters
    ----------
    tables : Tables
    people : DataFrame
        From `people_of`.
    province : str
    thresholds : Thresholds

    Returns
    -------
    (drafts, cells by base, reliabilities)
        reliabilities: course -> KR-20 of its first test.
    """
    drafts: list[Draft] = []
    bases: dict[str, Cells] = {}
    reliabilities: dict[str, float] = {}
    answers = tables.answers.merge(people[PERSON].drop_duplicates(), on=PERSON)
    takers = {test: people.merge(answers.loc[answers["test"] == test, PERSON].drop_duplicates(), on=PERSON)
              for test in TESTS}  # fmt: skip
    for test in (test for test in TESTS if len(takers[test])):
        base = f"answers:{test}"
        suspects: dict[str, list[str]] = {}
        counted_rows = []
        scopes = [s for s in class_scopes(takers[test], province) if s.place_kind != "province"]
        for scope in sorted(scopes, key=lambda scope: scope.place_kind, reverse=True):  # courses first
            shown = _shown_takers(scope, takers, test, thresholds)
            note = BOTH_TESTS if len(shown.rows) < len(scope.rows) else ""
            responses = answer_matrix(shown.of(answers), tables.items, test)
            course = shown.rows["course"].iloc[0] if len(shown.rows) else ""
            if scope.place_kind == "course":
                suspected = suspected_keys(responses).drop_duplicates("item").set_index("item")["option"]
                drafts += _course(scope, responses, suspected.to_dict(), test, base, thresholds)
                suspects[course] = suspected.index.tolist()
                kr20 = measure_reliability(responses.correct).alpha
                if test == "pre" and not kr20.state:
                    reliabilities[course] = kr20.estimate
            else:
                drafts += _class(scope, responses, test, base, note)
                counted_rows.append(shown.rows)
            drafts += _objectives(scope, responses, test, base, suspects.get(course, []), note, thresholds)
        rows = pd.concat(counted_rows, ignore_index=True)
        bases[base] = count_cells(rows, _BY_CLASS)
    return drafts, bases, reliabilities


def _shown_takers(scope: Scope, takers: dict[str, pd.DataFrame], test: str, thresholds: Thresholds) -> Scope:
    """The scope's takers; without those who lack the other test where they are too few to be shown."""
    if test == "follow_up":
        return scope
    other = takers["post" if test == "pre" else "pre"]
    has_both = pd.MultiIndex.from_frame(scope.rows[PERSON]).isin(pd.MultiIndex.from_frame(other[PERSON]))
    lacking = int((~has_both).sum())
    keep = has_both if 0 < lacking < thresholds.group_least else [True] * len(scope.rows)
    return replace(scope, rows=scope.rows[keep])


def _draft(scope: Scope, kind: str, measure: str, measured: Measured, test: str, base: str) -> Draft:
    return Draft(replace(scope, group_kind="test", group=test), kind, measure, measured, base)


def _course(
    scope: Scope, responses: Responses, suspected: Mapping[str, str], test: str, base: str,
    thresholds: Thresholds,
) -> Iterator[Draft]:  # fmt: skip
    for row in item_statistics(responses, thresholds).to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        flags = _flags(measured, row["item"] in suspected, thresholds)
        yield _draft(scope, KIND, row["item"], replace(measured, note=";".join(flags)), test, base)
    table = option_table(responses, thresholds)
    for item in responses.items.index:
        own = [option for option in table if option.item == item]
        withheld = _withheld_options(own, thresholds)
        for option in own:
            yield from _option(scope, option, option.option in withheld, suspected, test, base, thresholds)
    yield from _whole_test(scope, responses, test, base, thresholds)


def _option(
    scope: Scope, option: Option, withheld: bool, suspected: Mapping[str, str], test: str, base: str,
    thresholds: Thresholds,
) -> Iterator[Draft]:  # fmt: skip
    few = option.rest_mean.n < thresholds.group_least
    flags = [flag for flag in option.flags if not (flag == POSITIVE and few)]
    flags += [KEY_SUSPECTED] if suspected.get(option.item) == option.option else []
    flags += ["key"] if option.is_key else []
    for measured in (option.share, option.rest_mean, option.rest_r):
        name = f"{measured.statistic}_{option.option or 'open'}"
        draft = _draft(
            scope, KIND, option.item, replace(measured, statistic=name, note=";".join(flags)), test, base
        )
        yield replace(draft, withheld=withheld and measured.statistic != "chosen")


def _withheld_options(options: list[Option], thresholds: Thresholds) -> set[str]:
    """Options whose choosers' mean is hidden: too few choosers, and one more where those few would follow.

    The choosers of all options are everybody, so the mean of one small group follows from the others'. Which
    option goes with it depends on the letters alone, never on what its choosers scored.
    """
    small = {o.option: o.rest_mean.n for o in options if 0 < o.rest_mean.n < thresholds.group_least}
    if small and (len(small) == 1 or sum(small.values()) < thresholds.group_least):
        others = [o for o in options if o.rest_mean.n >= thresholds.group_least]
        return {*small, *[o.option for o in sorted(others, key=lambda o: (o.is_key, o.option))][:1]}
    return set(small)


def _flags(measured: Measured, suspected: bool, thresholds: Thresholds) -> list[str]:
    flags = []
    if measured.statistic == "facility" and measured.n:
        flags = [KEY_SUSPECTED] if suspected else []
        if measured.ci_low >= thresholds.item_easy:
            flags.append(TOO_EASY)
        if measured.ci_high <= thresholds.item_hard:
            flags.append(TOO_HARD)
    many = measured.n >= thresholds.item_takers_least
    if measured.statistic == "item_rest" and not measured.state and many and measured.ci_low <= 0:
        flags.append(FLAT)  # the note on its facility says where it is too easy or too hard for that
    return flags


def _whole_test(
    scope: Scope, responses: Responses, test: str, base: str, thresholds: Thresholds
) -> Iterator[Draft]:
    whole = responses.correct[responses.whole]
    reliability = measure_reliability(responses.correct)
    for measured in (reliability.alpha, reliability.error):
        yield _draft(scope, TEST_KIND, test, measured, test, base)
    for row in reliability.without.to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        yield _draft(scope, KIND, row["item"], measured, test, base)
    for name, value in moodle_test(whole).items():
        yield _draft(scope, TEST_KIND, test, counted(f"moodle_{name}", value, len(whole)), test, base)
    for row in moodle_items(whole).to_dict("records"):
        for name in ("effective_weight", "discrimination_index", "discriminative_efficiency"):
            value = row[name]
            measured = (
                Measured(f"moodle_{name}", row["n"], state=row["state"])
                if pd.isna(value)
                else counted(f"moodle_{name}", value, row["n"])
            )
            yield _draft(scope, KIND, row["item"], measured, test, base)
    rasch = fit_rasch(responses.correct, thresholds)
    if rasch.state:
        yield _draft(
            scope, TEST_KIND, test, Measured("rasch_takers", rasch.n_takers, state=rasch.state), test, base
        )
        return
    yield _draft(scope, TEST_KIND, test, counted("rasch_takers", rasch.n, rasch.n_takers), test, base)
    for row in rasch.items.to_dict("records"):
        ends = (row["difficulty"], row["se"], row["ci_low"], row["ci_high"], LEVEL)
        yield _draft(scope, KIND, row["item"], Measured("difficulty", rasch.n, *ends), test, base)


def _class(scope: Scope, responses: Responses, test: str, base: str, note: str) -> Iterator[Draft]:
    """Of one class only what so few people can show: how many were right, how many left it open."""
    for row in item_shares(responses).to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS} | {"note": note})
        yield _draft(scope, KIND, row["item"], measured, test, base)


def _objectives(
    scope: Scope, responses: Responses, test: str, base: str, leave_out: list[str], note: str,
    thresholds: Thresholds,
) -> Iterator[Draft]:  # fmt: skip
    for kind in (OBJECTIVE_KIND, LESSON_KIND):
        for row in objectives(responses, thresholds, leave_out, by=kind).to_dict("records"):
            listed = row["note"] if test == "post" else ""  # before the class nothing was taught
            notes = ";".join(part for part in (listed, note) if part)
            measured = Measured(**{name: row[name] for name in COLUMNS} | {"note": notes})
            yield _draft(scope, kind, row[kind], measured, test, base)
