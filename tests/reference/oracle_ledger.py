"""R's numbers of a case + ours, added one by one -> what differs, and what of R's nobody compared."""

from __future__ import annotations

import numpy as np

#: Numbers smaller than this are compared absolutely: the standard error 0 of a one-PSU domain is 1e-14 in R.
FLOOR = 1e-6
#: And so are those smaller than this beside the estimate that they are the error of: 1e-8 beside a total of a
#: hundred million is rounding too.
BESIDE = 1e-5
_WORDS = {"NA": np.nan, "NaN": np.nan, "Inf": np.inf, "-Inf": -np.inf}

Path = tuple[str | int, ...]


class Ledger:
    """A case's result, and which parts of it have been compared.

    Parameters
    ----------
    result : dict
        What R gives; missing numbers are the strings "NA", "NaN", "Inf", "-Inf", null is nothing.
    tolerance : float
        Relative to the larger value of each pair.
    """

    def __init__(self, result: dict, tolerance: float) -> None:
        self.result, self.tolerance = result, tolerance
        self.differences: list[str] = []
        self.compared = 0
        self._seen: set[Path] = set()

    def has(self, *path: str | int) -> bool:
        """Whether the case holds something there."""
        return self.get(*path) is not None

    def get(self, *path: str | int):
        """R's value, None where there is none."""
        value = self.result
        for key in path:
            if isinstance(key, int) and isinstance(value, list) and key < len(value):
                value = value[key]
            elif isinstance(value, dict):
                value = value.get(key)
            else:
                return None
        return value

    def given(self, *path: str | int):
        """R's value, taken as what is asked and not as an answer."""
        self._seen.add(path)
        return self.get(*path)

    def add(
        self, path: str | Path, ours: object, scale: object = 0.0, *, loosest: float | None = None
    ) -> None:
        """Compare one value or set of values, where the case holds it.

        Parameters
        ----------
        path : str or tuple of keys
        ours : float, str, or a nested sequence of them
        scale : float or array, optional
            Beside which rounding is to be judged, such as the estimate of a standard error.
        loosest : float, optional
            A tolerance of its own, for what R itself gives no nearer.
        """
        path = (path,) if isinstance(path, str) else path
        theirs = self.get(*path)
        self._seen.add(path)
        if theirs is None:
            return
        self.compared += 1
        if differs(ours, theirs, max(self.tolerance, loosest or 0.0), scale):
            name = " ".join(map(str, path))
            self.differences.append(f"{name}: {_shown(ours)} is not {_shown(theirs)}")

    def uncompared(self) -> list[str]:
        """The parts of the result that nobody has added."""
        return [" ".join(map(str, path)) for path in _leaves(self.result) if not self._covered(path)]

    def _covered(self, path: Path) -> bool:
        return any(path[: at + 1] in self._seen for at in range(len(path)))


def differs(ours: object, theirs: object, tolerance: float, scale: object = 0.0) -> bool:
    """Whether two values, or any two of two sets, differ by more than the tolerance."""
    if _is_text(theirs):
        flat = list(map(str, ours)) if isinstance(theirs, list) else str(ours)
        return flat != theirs
    try:
        a, b = np.asarray(ours, dtype=float), np.asarray(plain_numbers(theirs), dtype=float)
    except (TypeError, ValueError):
        return True
    if a.size != b.size:
        return True
    a = a.reshape(b.shape)
    beside = np.nan_to_num(np.abs(np.asarray(scale, dtype=float)), nan=0.0, posinf=0.0)
    floor = np.maximum(BESIDE * (beside.reshape(b.shape) if beside.size == b.size else beside), FLOOR)
    with np.errstate(invalid="ignore"):
        close = np.abs(a - b) <= tolerance * np.maximum(np.abs(b), floor)
    return not bool((close | (np.isnan(a) & np.isnan(b)) | ((a == b) & np.isinf(b))).all())


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and any(_is_text(each) for each in value)
    return isinstance(value, str) and value not in _WORDS


def plain_numbers(value):
    """R's numbers, whose missing and infinite ones are words."""
    if isinstance(value, list):
        return [plain_numbers(each) for each in value]
    return _WORDS.get(value, value) if isinstance(value, str) else value


def _leaves(value: object, path: Path = ()) -> list[Path]:
    """Paths to everything that is no dict; a list of dicts is followed too, null is nothing."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in _leaves(part, (*path, key))]
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return [leaf for at, part in enumerate(value) for leaf in _leaves(part, (*path, at))]
    return [] if value is None else [path]


def _shown(value: object) -> str:
    text = np.array2string(np.asarray(value), precision=10, threshold=4).replace("\n", " ")
    return text[:120]
