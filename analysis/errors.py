"""What went wrong, for a person -> one error class a kind of fault, each with its own exit code.

Every error a user can cause is a `WorkbenchError`: what is wrong, where, what was expected, what was
found, and the next step. Two languages, because the batch operator reads Vietnamese first.
"""

from __future__ import annotations

from collections.abc import Iterable

EXAMPLES_SHOWN = 5

#: Labels of the fields in the printed message, Vietnamese / English.
FIELD_LABELS = {
    "where": "ở đâu / where",
    "expected": "cần có / expected",
    "got": "đang có / got",
    "hint": "làm gì / next step",
}


class WorkbenchError(Exception):
    """A fault that the user can mend.

    Parameters
    ----------
    what : str
        What is wrong, one English sentence.
    vi : str
        The same in Vietnamese, with what to do.
    where, expected, got, hint : str, optional
        File, row or column; what should be there; what is there (ids and counts, never a
        respondent's answers); what to do next.
    """

    exit_code = 2

    def __init__(
        self,
        what: str,
        *,
        vi: str,
        where: str = "",
        expected: str = "",
        got: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.vi = vi
        self.where = where
        self.expected = expected
        self.got = got
        self.hint = hint

    def __str__(self) -> str:
        lines = [f"Lỗi: {self.vi}", f"Error: {self.what}"]
        for field, label in FIELD_LABELS.items():
            value = getattr(self, field)
            if value:
                lines.append(f"  {label}: {value}")
        return "\n".join(lines)

    def __reduce__(self):
        """Survive the trip back from a worker process."""
        fields = {name: getattr(self, name) for name in ("vi", "where", "expected", "got", "hint")}
        return (_rebuild, (type(self), self.what, fields))


def _rebuild(cls: type[WorkbenchError], what: str, fields: dict[str, str]) -> WorkbenchError:
    return cls(what, **fields)


class UnknownName(WorkbenchError):
    """A district, round, language, measure or option that does not exist."""

    exit_code = 2


class MissingFile(WorkbenchError):
    exit_code = 10


class UnreadableFile(WorkbenchError):
    exit_code = 11


class MissingColumn(WorkbenchError):
    exit_code = 12


class BadWeight(WorkbenchError):
    exit_code = 13


class DuplicateRespondent(WorkbenchError):
    exit_code = 14


class UnknownPlaceCode(WorkbenchError):
    exit_code = 15


class UnknownCode(WorkbenchError):
    exit_code = 16


class LonePsu(WorkbenchError):
    exit_code = 17


class BadRows(WorkbenchError):
    """A committed row (codebook, framework, places, round, wording) breaks its own rules."""

    exit_code = 18


class BadDesign(WorkbenchError):
    """Design columns that contradict each other, such as one PSU in two strata."""

    exit_code = 19


class NotebookMismatch(WorkbenchError):
    """The parameters given and the notebook's own parameters differ."""

    exit_code = 20


class PacksFolderProblem(WorkbenchError):
    """A folder for packs or built files cannot be written, or another run is writing to it."""

    exit_code = 21


class MissingProgram(WorkbenchError):
    """A program outside Python that an option needs is not on this machine."""

    exit_code = 22


class ClusterProblem(WorkbenchError):
    """The scheduler of other machines cannot be reached."""

    exit_code = 23


def shown(values: Iterable[object], total: int | None = None) -> str:
    """List at most five examples, then how many more there are: the same in both languages.

    Examples
    --------
    >>> shown(["a", "b"])
    'a, b'
    >>> shown(range(8))
    '0, 1, 2, 3, 4, … (+3)'
    """
    items = list(values)
    count = len(items) if total is None else total
    text = ", ".join(str(item) for item in items[:EXAMPLES_SHOWN])
    more = count - min(len(items), EXAMPLES_SHOWN)
    return f"{text}, … (+{more})" if more > 0 else text


def nearest(name: str, valid: Iterable[str], count: int = 3) -> list[str]:
    """The valid names most like `name`, best first; all of them when there are few."""
    from difflib import get_close_matches

    options = [str(option) for option in valid]
    folded = {option.casefold(): option for option in options}
    close = get_close_matches(str(name).casefold(), list(folded), n=count, cutoff=0.5)
    return [folded[match] for match in close]
