"""Cases of means, totals, shares, ratios and quantiles -> our numbers beside R's, one function a statistic."""

from __future__ import annotations

import numpy as np
import pandas as pd
from oracle_case import Case, Unknown, as_numbers, as_text, cells_of, domain_of, holds_text
from oracle_ledger import Ledger, plain_numbers

from analysis.estimates.estimated import Estimated
from analysis.estimates.estimators import joint_means, mean, ratio, shares, total
from analysis.estimates.intervals import t_p_value
from analysis.estimates.proportions import SHARE_INTERVALS, arcsine_as_r, share_interval
from analysis.estimates.quantiles import quantile

#: R stops its fit at 1e-8 of the deviance, where the profile's ends still move by some hundred-thousandths.
LOOSER = {"likelihood": 1e-4}


def check_mean(case: Case, ledger: Ledger, estimator=mean) -> None:
    ledger.add("names", case.vars)
    parts = [estimator(case.frame(name), case.design, case.domain) for name in case.vars]
    nobody = np.array([part.n[0] == 0 for part in parts])
    estimate, se = (
        _of_nobody(np.concatenate(values), nobody)
        for values in ([part.estimate for part in parts], [part.se for part in parts])
    )
    columns = {
        "est": estimate, "se": se, "n": [part.n[0] for part in parts],
        "df_nonmissing": [part.df_answered[0] for part in parts],
    }  # fmt: skip
    for key, values in columns.items():
        ledger.add(key, values, estimate)
    ledger.add("df", parts[0].df)
    for key, df in (("ci95_t", parts[0].df), ("ci95_z", np.inf)):
        ends = np.array([np.ravel(part.interval(df=df)) for part in parts])
        if df >= 1:
            ends = _of_nobody(ends, nobody[:, None])
        ledger.add(key, ends, np.column_stack([estimate, estimate]))
    with np.errstate(invalid="ignore", divide="ignore"):
        ledger.add("cv", columns["se"] / estimate)
    ledger.add("deff_wr", [part.deff[0] for part in parts])
    ledger.add("deff_wor", [part.deff_without_replacement[0] for part in parts])


def _of_nobody(values: np.ndarray, nobody: np.ndarray) -> np.ndarray:
    """Where nobody answered R prints 0 ± 0 and we no number at all: taken as the same."""
    return np.where(nobody & np.isnan(values), 0.0, values)


def check_total(case: Case, ledger: Ledger) -> None:
    check_mean(case, ledger, total)


def check_total_adjust(case: Case, ledger: Ledger) -> None:
    """Lone PSUs centred at the mean PSU total, as documented; R 4.1-1 itself (`se_survey_4_1_1`) does not."""
    ledger.given("se_survey_4_1_1")
    check_mean(case, ledger, total)


def check_by(case: Case, ledger: Ledger, estimator=mean) -> None:
    groups = cells_of(case.data, case.by, case.options.get("group_sep", "|"))
    found = set(groups[case.domain].dropna())
    rows = ledger.get("rows") or []
    asked = [(ledger.given("rows", at, "group"), ledger.given("rows", at, "var")) for at in range(len(rows))]
    missed = sorted({group for group, _ in asked} ^ found)
    if missed:
        ledger.differences.append(f"groups of one side only: {', '.join(map(str, missed[:5]))}")
    for at, (group, name) in enumerate(asked):
        inside = case.domain & (groups == group).to_numpy()
        ours = estimator(case.frame(name), case.design, inside)
        numbers = {
            "n": ours.n[0], "est": ours.estimate[0], "se": ours.se[0], "df": ours.df,
            "df_nonmissing": ours.df_answered[0],
        }  # fmt: skip
        for key, value in numbers.items():
            ledger.add(("rows", at, key), value, ours.estimate[0])


def check_total_by(case: Case, ledger: Ledger) -> None:
    check_by(case, ledger, total)


def check_prop(case: Case, ledger: Ledger) -> None:
    answers, names = as_text(case.data[case.vars[0]]), ledger.get("names")
    found = set(answers[case.domain].dropna())
    if found != set(names):
        ledger.add("names", sorted(found))
        return
    if not holds_text(case.data[case.vars[0]]):  # the order of text is that of R's locale
        by_value = case.data.loc[case.domain, case.vars[0]].dropna().sort_values()
        names = list(dict.fromkeys(as_text(by_value)))
    ours = shares(answers, case.design, case.domain, names)
    ledger.add("names", list(ours.names))
    _add_joint(ours, ledger)
    ledger.add("deff_wr", ours.deff)
    ledger.add("deff_wor", ours.deff_without_replacement)


def _add_joint(ours: Estimated, ledger: Ledger, *path: str) -> None:
    """Estimates, errors and covariance; R's error of a variance that rounding has put below 0 is NaN."""
    diagonal = np.diag(np.array(plain_numbers(ledger.get(*path, "vcov")), dtype=float))
    se = np.where(diagonal < 0, np.nan, ours.se) if len(diagonal) == len(ours.se) else ours.se
    for key, values in (("est", ours.estimate), ("se", se), ("vcov", ours.vcov)):
        scale = ours.estimate if key != "vcov" else np.outer(ours.se, ours.se)
        ledger.add((*path, key), values, scale)
    if not path:
        ledger.add("df", ours.df)


def check_ratio(case: Case, ledger: Ledger) -> None:
    over, under = (as_numbers(case.data[case.options[key]]) for key in ("num", "den"))
    ours = ratio(over, under, case.design, case.domain)
    ledger.add("names", list(ours.names))
    for key, value in (("est", ours.estimate), ("se", ours.se), ("df", ours.df)):
        ledger.add(key, value, ours.estimate)
    ledger.add("df_nonmissing", ours.df_answered[0])
    ledger.add("ci95_t", np.column_stack(ours.interval(df=ours.df)), ours.estimate[0])


def check_joint(case: Case, ledger: Ledger) -> None:
    items = [
        (item.get("name") or item["var"], as_numbers(case.data[item["var"]]),
         domain_of(item.get("domain"), case.data))
        for item in case.options["items"]
    ]  # fmt: skip
    ours = joint_means(items, case.design)
    ledger.add("names", list(ours.names))
    _add_joint(ours, ledger)
    union = np.any([inside & values.notna().to_numpy() for _, values, inside in items], axis=0)
    df_domain = case.design.df_of(union)
    ledger.add("df_domain", df_domain)
    if not ledger.has("contrasts"):
        return
    names = ledger.given("contrasts", "names")
    combined = ours.contrast(np.array(ledger.given("contrasts", "L"), dtype=float), names)
    _add_joint(combined, ledger, "contrasts")
    with np.errstate(invalid="ignore", divide="ignore"):
        ledger.add(("contrasts", "t"), combined.estimate / combined.se)
    for key, df in (("p", ours.df), ("p_df_domain", df_domain)):
        ledger.add(("contrasts", key), t_p_value(combined.estimate, combined.se, np.float64(df)))


def check_ciprop(case: Case, ledger: Ledger) -> None:
    answers = case.data[case.vars[0]]
    texts = as_text(answers)
    flag = (texts == _as_text(case.options["value"])).astype(float).where(texts.notna())
    ours = mean(flag.to_frame("y"), case.design, case.domain)
    for key, value in (
        ("est", ours.estimate[0]), ("se", ours.se[0]), ("df", ours.df_answered[0]), ("n", ours.n[0]),
    ):  # fmt: skip
        ledger.add(key, value)
    level = case.options.get("level", 0.95)
    for method in ledger.get("ci") or {}:
        if method in SHARE_INTERVALS:  # else it is left uncompared, which is said
            low, high = share_interval(method, ours.estimate, ours.se, ours.df_answered, ours.n, level)
            if method == "asin" and (low[0] == 0 or high[0] == 1):  # where R's turns round
                low, high = arcsine_as_r(ours.estimate, ours.se, ours.df_answered, level)
            ledger.add(("ci", method), [low[0], high[0]], loosest=LOOSER.get(method))


def _as_text(value: object) -> str:
    return as_text(pd.Series([value], dtype=object))[0]


def check_quantile(case: Case, ledger: Ledger) -> None:
    values = as_numbers(case.data[case.vars[0]])
    p = np.atleast_1d(ledger.given("p"))
    options = case.options
    ours = quantile(
        values, case.design, p, case.domain, options.get("qrule", "math"),
        options.get("interval_type", "mean"), options.get("level", 0.95), ties="r",
    )  # fmt: skip
    ledger.add("est", ours.estimate)
    ledger.add("ci", np.column_stack([ours.ci_low, ours.ci_high]))
    ledger.add("se", ours.se, ours.estimate)
    ledger.add("df", ours.df)


#: Statistic -> its check and the options that it knows.
CHECKS = {
    "mean": (check_mean, set()),
    "total": (check_total, set()),
    "total_adjust": (check_total_adjust, set()),
    "mean_by": (check_by, {"group_sep"}),
    "total_by": (check_total_by, {"group_sep"}),
    "prop": (check_prop, set()),
    "ratio": (check_ratio, {"num", "den"}),
    "joint_means": (check_joint, {"items"}),
    "ciprop": (check_ciprop, {"value", "level"}),
    "quantile": (check_quantile, {"qrule", "interval_type", "level"}),
}

__all__ = ["CHECKS", "Unknown"]
