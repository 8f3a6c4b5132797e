"""What a caller gives -> arrays that fit the design: numbers, domains; refusals of what does not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, shown


def read_columns(values: pd.DataFrame | pd.Series, rows: int) -> tuple[tuple, np.ndarray]:
    """Names and answers of several measures.

    Parameters
    ----------
    values : DataFrame (n, K) or Series (n,)
        NaN = no answer.
    rows : int
        n of the design.

    Returns
    -------
    names : tuple, length K
    answers : ndarray of float, shape (n, K)

    Raises
    ------
    BadDesign
        Another number of rows, no column, text, or infinite values.
    """
    frame = values.to_frame() if isinstance(values, pd.Series) else pd.DataFrame(values)
    names = [str(name) for name in frame.columns]
    if len(frame) != rows or not names:
        raise _refused(
            "the answers and the design have not the same rows" if names else "there is no measure",
            f"{rows} rows, one measure or more", f"{len(frame)} rows, {len(names)} measures", "",
        )  # fmt: skip
    try:
        answers = frame.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        text = [name for name, column in frame.items() if not pd.api.types.is_numeric_dtype(column)]
        raise _refused("some measures are not numbers", "numbers, NaN for no answer", "text", text) from None
    infinite = np.isinf(answers).any(axis=0)
    if infinite.any():
        raise infinite_answers([name for name, bad in zip(names, infinite, strict=True) if bad])
    return tuple(frame.columns), answers


def read_domain(domain: np.ndarray | pd.Series | None, rows: int) -> np.ndarray:
    """A domain as a mask; everybody where none is given.

    Raises
    ------
    BadDesign
        Another number of rows.
    """
    if domain is None:
        return np.ones(rows, dtype=bool)
    mask = np.asarray(domain, dtype=bool)
    if mask.shape != (rows,):
        raise _refused(
            "the domain and the design have not the same rows", f"{rows} values", f"shape {mask.shape}", ""
        )
    return mask


def infinite_answers(names: list) -> BadDesign:
    """The error for measures with infinite values."""
    return _refused(
        "some answers are infinite", "finite numbers, NaN for no answer", "infinite values", names
    )


def _refused(what: str, expected: str, got: str, where: list | str) -> BadDesign:
    return BadDesign(
        f"Nothing can be estimated: {what}.",
        vi="Không ước lượng được: mỗi người trả lời cần đúng một giá trị số hữu hạn (hoặc để trống); "
        "hãy kiểm tra cột và số dòng.",
        where=shown(where) if where else "",
        expected=expected,
        got=got,
        hint="Give whole columns of numbers and a domain; do not filter.",
    )
