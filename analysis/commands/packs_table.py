"""What a batch did -> the last table an operator reads: each page, what became of it, its time and size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.batch.job import Outcome

BUILT, UNCHANGED, FAILED = "đã dựng / built", "không đổi / unchanged", "hỏng / failed"
#: Of a longer batch the table names the failures alone, and the sums say the rest.
MOST_ROWS = 60
_HEAD = ("trang / page", "kết quả / result", "giây / s", "KB")


def packs_table(outcomes: Iterable[Outcome], unchanged: Sequence[str] = ()) -> str:
    """The table, in the order of the pages' names.

    Parameters
    ----------
    outcomes : iterable of Outcome
        Of the pages that the run made or failed to make.
    unchanged : sequence of str
        Names of the pages that stand as they would be made.
    """
    done = list(outcomes)
    rows = [(one.job.name, BUILT if one.ok else FAILED, one.seconds, one.size) for one in done]
    rows += [(name, UNCHANGED, None, None) for name in unchanged]
    shown = sorted(rows) if len(rows) <= MOST_ROWS else sorted(row for row in rows if row[1] == FAILED)
    sums = [(said, sum(row[1] == said for row in rows)) for said in (BUILT, UNCHANGED, FAILED)]
    total = ", ".join(f"{said}: {many}" for said, many in sums if many)
    seconds, size = sum(one.seconds for one in done), sum(one.size for one in done)
    texts = [_HEAD, *(_texts(*row) for row in shown), _texts("Σ", total, seconds, size)]
    widths = [max(len(text[column]) for text in texts) for column in range(len(_HEAD))]
    lines = [_line(text, widths) for text in texts]
    rule = "-" * max(map(len, lines))
    return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])


def _texts(name: str, result: str, seconds: float | None, size: int | None) -> tuple[str, ...]:
    return (name, result, f"{seconds:.1f}" if seconds else "", f"{size / 1000:,.0f}" if size else "")


def _line(texts: tuple[str, ...], widths: list[int]) -> str:
    name, result, *numbers = texts
    cells = [name.ljust(widths[0]), result.ljust(widths[1])]
    cells += [number.rjust(width) for number, width in zip(numbers, widths[2:], strict=True)]
    return "  ".join(cells).rstrip()
