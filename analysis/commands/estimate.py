"""`workbench estimate`: what analysts ask of a round, from the shell, answered as `open_round` does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from analysis.commands.shared import round_option

if TYPE_CHECKING:
    import pandas as pd

    from analysis.explore.survey import Survey

DEFAULT_QUESTION = "mean"
_OPTIONS = {
    "by": click.option(
        "--by", multiple=True,
        help="A group, district, or a coded variable; several are crossed. / Nhóm, district hoặc biến mã "
        "hóa; nêu nhiều lần để kết hợp.",
    ),
    "domain": click.option(
        "--domain", default=None,
        help="Such as \"district == '899' and sex == 'female'\". / Phạm vi, viết như ví dụ.",
    ),
    "level": click.option(
        "--level", type=float, default=None, help="Of the intervals, such as 0.9. / Độ tin cậy của khoảng."
    ),
    "interval": click.option(
        "--interval", default=None,
        help="t; for shares also logit, korn_graubard, beta, wilson, asin. / Cách tính khoảng tin cậy.",
    ),
    "df": click.option(
        "--df", default="nonmissing", help="nonmissing, or r: as R counts. / Cách đếm bậc tự do."
    ),
    "deff": click.option(
        "--deff", default="replacement",
        help="Design effect beside samples with replacement, or without. / Hệ số thiết kế so với mẫu có hoàn "
        "lại (replacement) hay không hoàn lại (without).",
    ),
    "withheld": click.option(
        "--show-withheld", is_flag=True,
        help="Numbers that the rules withhold too, not for publication. / Nêu cả số bị giữ lại, không để "
        "công bố.",
    ),
}  # fmt: skip
_LEVELS = ("by", "domain", "level", "interval", "df", "deff", "withheld")
_PLAIN = ("by", "domain", "level", "df", "deff", "withheld")


class _Questions(click.Group):
    """A group whose first word may be left out: `estimate D2` is `estimate mean D2`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if args and first not in self.commands and first not in ctx.help_option_names:
            args = [DEFAULT_QUESTION, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Questions)
def estimate() -> None:
    """Estimate measures with their uncertainty. / Ước lượng kèm khoảng tin cậy.

    \b
    workbench estimate D2 internet_home --by sex        means, shares and scores (the same as: estimate mean)
    workbench estimate share residence --by district    các câu hỏi khác: xem danh sách dưới đây
    workbench estimate compare D2 --by sex female male
    workbench estimate regress "internet_home ~ residence" --family binomial

    Each question has its own help: workbench estimate share --help.
    Mỗi câu hỏi có phần trợ giúp riêng.
    """


def question(*options: str) -> Callable:
    """A subcommand that gets the opened survey first, and prints the table that comes back."""

    def made(function: Callable[..., pd.DataFrame]) -> Callable:
        def run(survey_round: str, replicates: str | None, within: bool, as_csv: bool, **given: object):
            given = {
                name: list(v) if name == "by" and isinstance(v, tuple) else v for name, v in given.items()
            }
            if "show_withheld" in given:
                given["withhold"] = not given.pop("show_withheld")
            _print(function(_opened(survey_round, replicates, within), **given), as_csv)

        run.__name__, run.__doc__ = function.__name__, function.__doc__
        run.__click_params__ = getattr(function, "__click_params__", [])
        for name in reversed(options):
            run = _OPTIONS[name](run)
        for option in (
            click.option("--csv", "as_csv", is_flag=True, help="Print CSV. / In dạng CSV."),
            click.option(
                "--within-districts", "within", is_flag=True,
                help="Districts from inside: villages as PSUs. / Ước lượng trong phạm vi từng huyện, thôn là "
                "cụm.",
            ),
            click.option(
                "--replicates", default=None,
                help="Standard errors from jackknife, bootstrap, brr or fay replicates. / Sai số từ trọng số "
                "lặp.",
            ),
            round_option,
        ):  # fmt: skip
            run = option(run)
        short = (function.__doc__ or "").splitlines()[0]  # both languages, not the first sentence alone
        return estimate.command(function.__name__.replace("_", "-"), short_help=short)(run)

    return made


def _opened(survey_round: str, replicates: str | None, within: bool) -> Survey:
    from analysis import open_round

    survey = open_round(survey_round)
    survey = survey.within_districts() if within else survey
    return survey.replicated(replicates) if replicates else survey


def _print(table: pd.DataFrame, as_csv: bool) -> None:
    if as_csv:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        click.echo(table.to_string(index=False, na_rep="", float_format=lambda value: f"{value:.4g}"))


_measures = click.argument("measures", nargs=-1, required=True)


@question(*_LEVELS)
@_measures
def mean(survey: Survey, measures: tuple[str, ...], **options) -> pd.DataFrame:
    """Means, shares of yes and scores of MEASURES. / Điểm, tỷ lệ và bình quân."""
    return survey.mean(list(measures), **options)


@question(*_LEVELS)
@click.argument("variables", nargs=-1, required=True)
def share(survey: Survey, variables: tuple[str, ...], **options) -> pd.DataFrame:
    """Shares of all values of VARIABLES. / Tỷ lệ của mọi giá trị."""
    return survey.share(list(variables), **options)


@question(*_PLAIN)
@_measures
def total(survey: Survey, measures: tuple[str, ...], **options) -> pd.DataFrame:
    """Weighted totals of MEASURES. / Tổng có trọng số."""
    return survey.total(list(measures), **options)


@question(*_PLAIN)
@click.argument("numerator")
@click.argument("denominator")
def ratio(survey: Survey, numerator: str, denominator: str, **options) -> pd.DataFrame:
    """Ratio of two totals. / Tỷ số của hai tổng."""
    return survey.ratio(numerator, denominator, **options)


@question("by", "domain", "level", "df", "withheld")
@_measures
@click.option("-p", "p", multiple=True, type=float, default=(0.25, 0.5, 0.75), show_default=True,
              help="Probabilities; 0.5 is the median. / Xác suất; 0.5 là trung vị.")  # fmt: skip
@click.option("--rule", default="math", show_default=True, help="R's qrule. / Quy tắc tính phân vị.")
@click.option("--interval", default="mean", show_default=True, help="R's interval.type. / Cách tính khoảng.")
def quantile(survey: Survey, measures: tuple[str, ...], p: tuple[float, ...], **options) -> pd.DataFrame:
    """Weighted quantiles of MEASURES. / Phân vị, trung vị."""
    return survey.quantile(list(measures), list(p), **options)


@question("by", "domain", "level", "withheld")
@_measures
@click.argument("a")
@click.argument("b")
def compare(survey: Survey, measures: tuple[str, ...], a: str, b: str, **options) -> pd.DataFrame:
    """Group A less group B of --by, for MEASURES. / So sánh hai nhóm.

    B may be all. Of several columns crossed: male,urban. / B có thể là all; nhóm kết hợp viết male,urban.
    """
    crossed = len(options["by"]) > 1
    labels = [tuple(part.strip() for part in each.split(",")) if crossed else each for each in (a, b)]
    return survey.compare(list(measures), a=labels[0], b=None if b == "all" else labels[1], **options)


@question("by", "domain", "level", "df", "withheld")
@click.argument("expressions", nargs=-1, required=True)
@click.option(
    "--total", "of_totals", is_flag=True, help="Of totals, not means. / Của tổng, không phải bình quân."
)
def contrast(survey: Survey, expressions: tuple[str, ...], of_totals: bool, **options) -> pd.DataFrame:
    """Functions of estimates, "D2[female] - D2[male]". / Biểu thức của các ước lượng."""
    return survey.contrast(list(expressions), statistic="total" if of_totals else "mean", **options)


@question("by", "domain")
@_measures
@click.option("--with-round", "rounds", multiple=True, help="Earlier rounds too. / Thêm các vòng trước.")
def covariance(survey: Survey, measures: tuple[str, ...], rounds: tuple[str, ...], **options) -> pd.DataFrame:
    """Covariance matrix of MEASURES by groups and rounds. / Ma trận hiệp phương sai."""
    return survey.covariance(list(measures), rounds=rounds, **options).reset_index()


@question("domain")
@click.argument("rows")
@click.argument("columns")
@click.option("--cells", is_flag=True, help="The cells, not the tests. / Các ô, không phải kiểm định.")
def table(survey: Survey, rows: str, columns: str, cells: bool, domain: str | None) -> pd.DataFrame:
    """Cross table with its Rao-Scott tests. / Bảng chéo và kiểm định."""
    found = survey.table(rows, columns, domain)
    return found.cells(survey.survey_round.quality.n_suppress) if cells else found.to_frame()


@question("domain", "level")
@click.argument("measure")
@click.argument("by")
def ttest(survey: Survey, measure: str, by: str, **options) -> pd.DataFrame:
    """Design t-test of MEASURE between the two groups of BY. / Kiểm định t giữa hai nhóm."""
    return survey.ttest(measure, by, **options).to_frame()


@question("by", "domain")
@_measures
@click.option(
    "--null", type=float, default=0.0, show_default=True, help="Tested against. / Giá trị giả thuyết."
)
def wald(survey: Survey, measures: tuple[str, ...], **options) -> pd.DataFrame:
    """Joint test that groups, or means, are alike. / Kiểm định Wald đồng thời."""
    return survey.wald(list(measures), **options).to_frame("wald")


@question("domain")
@click.argument("formula")
@click.option("--family", default="gaussian", show_default=True,
              help="gaussian, binomial or poisson. / Loại mô hình.")  # fmt: skip
@click.option("--offset", default=None, help='Such as "log(people)". / Số cộng vào với hệ số 1.')
def regress(survey: Survey, formula: str, family: str, **options) -> pd.DataFrame:
    """Regression, "y ~ x + C(group)". / Hồi quy theo thiết kế mẫu."""
    return survey.regress(formula, family, **options).to_frame(survey.survey_round.quality.level)


@question("domain", "level")
@click.argument("measure")
@click.option("--by", default="district", show_default=True, help="Groups to rank. / Nhóm cần xếp hạng.")
@click.option("--error", default="direct", show_default=True, help="direct, or pooled. / Loại sai số.")
@click.option("--method", default="mogstad", show_default=True, help="mogstad, or klein. / Phương pháp.")
def ranks(survey: Survey, measure: str, **options) -> pd.DataFrame:
    """Ranks that groups may truly have, all at once. / Khoảng thứ hạng có thể có."""
    return survey.ranks(measure, **options)


@question("by", "domain", "withheld")
@_measures
def trend(survey: Survey, measures: tuple[str, ...], **options) -> pd.DataFrame:
    """This round and those before it, with the changes. / Các vòng khảo sát và thay đổi."""
    return survey.trend(list(measures), **options)


@question()
@click.argument("measure")
@click.argument("covariates", type=click.Path(exists=True, dir_okay=False))
@click.option("--benchmark", default="", help="difference, or ratio. / Khớp với ước lượng toàn tỉnh.")
def small_area(survey: Survey, measure: str, covariates: str, benchmark: str) -> pd.DataFrame:
    """Model-based estimates (Fay-Herriot); COVARIATES is a CSV, codes first. / Ước lượng theo mô hình."""
    import pandas as pd

    table = pd.read_csv(covariates, index_col=0, dtype={0: str})
    return survey.small_area(measure, table.set_axis(table.index.astype(str)), benchmark)
