"""Training records of one year -> rows of the one results table, with all that must be hidden hidden.

What stands where (data/training/vocabulary.csv names each statistic in Vietnamese and English and says what
its interval stands for; data/training/states.csv says the notes):

measure_kind   measure                        statistics
learning       pre_post, post_follow_up       before, after, change, change_median, d_z, d_av, g_av,
                                              normalised_change, hake_gain, improved, reliably_improved,
                                              reliably_worsened, change_classes, change_drawn, icc,
                                              adjusted_difference (compared_with: the reference group)
               pre_test, post_test, …         at_ceiling, at_floor
               attrition                      left, stayed_before, left_before, left_difference, change_bound
               certificate                    passed
item           the item's code                facility, omitted, item_rest, upper_lower, alpha_without,
                                              difficulty, chosen_X, rest_mean_X, rest_r_X (X a letter or
                                              "open"), moodle_…; group_kind "test", group the test
test           pre, post, follow_up           alpha, sem, rasch_takers, moodle_…
objective      the objective's code           facility; the note "teach_again" lists it
lesson         the lesson's code              facility; the same
satisfaction_  the indicator's, criterion's   mean; of indicators top_two, band_<class>
  indicator,   or object's code
  criterion,
  object
satisfaction   overall                        index (its class in the note)
               forms                          response_rate, valid_forms
attendance     learners                       listed (also by level of office)
               sessions, session_01 …         present, excused, absent, full
               certificates                   issued
coverage       communes, learners, posts,     reached, trained, covered, total, mean, share_of_plan
               periods
quota          the quota's code               evaluated, evaluated_count
transfer       the follow-up's indicator      mean, top_two, manager_less_learner
               follow_up                      response_rate, answered_score, silent_score,
                                              response_difference
               effect_on_districts            attainable_p, attainable_p_two_sided, attainable_p_sign_flip

place_kind is "class", "course", "district", "zone" or "province"; group_kind "all", "level", "learner_group",
"lecturer", "lecturer_group", "test", "position", "course" or "source". Participants were not drawn by lot:
rows with an interval are noted "not_random". A figure that describes exactly those it was counted from is
"counted" and has none. p values are adjusted over all rows of one statistic and kind of place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.estimates.families import adjust_families
from analysis.estimates.results import arrange, check_results
from analysis.findings import join_findings, stop_on
from analysis.places import Places, read_places
from training.coverage import check_quotas
from training.gains import check_scores, judge_learners
from training.gains.passing import check_certificates
from training.items import check_answers
from training.rows.attendance import attendance_drafts
from training.rows.cells import Cells
from training.rows.coverage import coverage_drafts
from training.rows.drafts import Draft, finish_rows
from training.rows.items import item_drafts
from training.rows.learning import learning_drafts
from training.rows.satisfaction import satisfaction_drafts
from training.rows.transfer import transfer_drafts
from training.rules import Thresholds, read_thresholds
from training.satisfaction import check_forms
from training.tables import Tables, people_of, tables_of_year, years_of

ROUND = "training-"
#: Bases of nearly the same people (all but the few who lack a test): a cell hidden in one is hidden in all,
#: else the one would bound the other from below or above.
SAME_PEOPLE = ("pairs:pre_post", "began", "judged", "answers:pre", "answers:post")
SOURCE = "Hồ sơ bồi dưỡng của đơn vị / the department's training records"


def check_measures(records: Any, rank_classes: Collection[str] = ()) -> pd.DataFrame:
    """Find what keeps records from being measured, and what a reader should know of them.

    Parameters
    ----------
    records : Records
    rank_classes : collection of str
        Classes that taught a rank or leadership standard.

    Returns
    -------
    DataFrame of findings
        stop: scores, answers or forms that no measure can use. note: repeated attempts, invalid forms,
        certificates against the rule, quotas missed.
    """
    found = []
    for year in years_of(records):
        tables = tables_of_year(records, year)
        judged = judge_learners(
            tables.classes, tables.participants, tables.scores, tables.attendance, attempt="last"
        )
        found += [
            check_scores(tables.scores),
            check_answers(tables.answers, tables.items),
            check_forms(tables.forms, tables.classes, tables.participants),
            check_certificates(judged, tables.certificates),
            check_quotas(tables.classes, tables.forms, year, rank_classes=rank_classes),
        ]
    return join_findings(found)


def build_training_results(
    records: Any, year: int, province: str = "91", *, places: Places | None = None,
    thresholds: Thresholds | None = None, rank_classes: Collection[str] = (),
    sampled: Collection[str] | None = None, source: str = SOURCE,
) -> pd.DataFrame:  # fmt: skip
    """Every training figure of one year as rows of the results table.

    Parameters
    ----------
    records : Records
    year : int
        A class belongs to the year in which it ended; `survey_round` is "training-2021".
    province : str
        GSO code.
    places : Places, optional
        The fixed 2021 geography by default.
    thresholds : Thresholds, optional
        Those of data/training by default.
    rank_classes : collection of str
        Classes that taught a rank or leadership standard (for the quotas).
    sampled : collection of str, optional
        Districts with a survey figure of their own: adds the smallest p that comparing them could reach.
    source : str

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`.

    Raises
    ------
    WorkbenchError
        `check_measures` finds a stop, or a row breaks the table's rules.

    Notes
    -----
    One suppression plan a base (everybody with both tests, all valid forms …) spans all tables in which it is
    counted, so no hidden group follows from the released ones.
    """
    stop_on(check_measures(records, rank_classes))
    places = places or read_places()
    thresholds = thresholds or read_thresholds()
    tables = tables_of_year(records, year)
    drafts, bases = draft_rows(tables, places, province, year, thresholds, rank_classes, sampled)
    plans = hidden_cells(bases, thresholds)
    rows = finish_rows(drafts, plans, thresholds, f"{ROUND}{year}", source, tables.is_simulated)
    results = adjust_families(rows)
    stop_on(check_results(results))
    return results


def hidden_cells(bases: Mapping[str, Cells], thresholds: Thresholds) -> dict[str, frozenset[str]]:
    """Base -> the cells hidden in it, those of `SAME_PEOPLE` together."""
    plans = {base: cells.plan(thresholds).hidden for base, cells in bases.items()}
    same = frozenset().union(*(plans[base] for base in SAME_PEOPLE if base in plans))
    return {base: hidden | same if base in SAME_PEOPLE else hidden for base, hidden in plans.items()}


def draft_rows(
    tables: Tables, places: Places, province: str, year: int, thresholds: Thresholds,
    rank_classes: Collection[str] = (), sampled: Collection[str] | None = None,
) -> tuple[list[Draft], dict[str, Cells]]:  # fmt: skip
    """All drafts of a year and the cells of their bases; no one should see the drafts but `finish_rows`."""
    people = people_of(tables, places)
    items, bases, reliabilities = item_drafts(tables, people, province, thresholds)
    parts: Iterable[tuple[list[Draft], dict[str, Cells]]] = (
        learning_drafts(tables, people, province, thresholds, reliabilities),
        satisfaction_drafts(tables, people, province, thresholds),
        attendance_drafts(tables, people, province, thresholds),
        coverage_drafts(tables, places, province, year, thresholds, rank_classes),
        transfer_drafts(tables, people, province, thresholds, sampled),
    )
    drafts = list(items)
    for more, cells in parts:
        drafts += more
        bases |= cells
    return drafts, bases


def build_all_years(records: Any, province: str = "91", **options: Any) -> pd.DataFrame:
    """The rows of every year that has classes, the earliest first."""
    tables = [build_training_results(records, year, province, **options) for year in years_of(records)]
    return arrange(tables) if tables else arrange(pd.DataFrame())
