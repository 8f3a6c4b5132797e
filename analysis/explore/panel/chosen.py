"""What is chosen in the panel -> the question it asks."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.explore.answer import Answer
from analysis.explore.asking import Asking
from analysis.explore.labels import Labels


@dataclass(frozen=True)
class Chosen:
    """The state of the controls.

    Attributes
    ----------
    measures : tuple of str
    place, by : str
        "" leaves them open.
    filters : tuple of (group, label)
        Labels of one group are joined by "or", groups by "and".
    against : {"province", "previous"}
    """

    measures: tuple[str, ...]
    place: str = ""
    by: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    against: str = "province"

    @property
    def domain(self) -> str | None:
        """The filters as an expression; None where there are none.

        Examples
        --------
        >>> Chosen(("D2",), filters=(("sex", "female"), ("age_group", "18-34"), ("age_group", "55+"))).domain
        "sex == 'female' and age_group in ['18-34', '55+']"
        """
        groups: dict[str, list[str]] = {}
        for name, label in self.filters:
            groups.setdefault(name, []).append(label)
        parts = [f"{name} == {values[0]!r}" if len(values) == 1 else f"{name} in {values!r}"
                 for name, values in groups.items()]  # fmt: skip
        return " and ".join(parts) or None

    def ask(self, survey: Asking, language: str) -> Answer:
        """The answer to what is chosen."""
        answer = survey.ask(
            list(self.measures),
            by=self.by or None,
            place=self.place or None,
            domain=self.domain,
            against=self.against,
        )
        return answer.in_language(language, self.filter_text(survey.labels, language))

    def filter_text(self, labels: Labels, language: str) -> str:
        """The filters in words, such as "giới tính: Nữ; nhóm tuổi: 18-34, 55+"."""
        groups: dict[str, list[str]] = {}
        for name, label in self.filters:
            groups.setdefault(labels.name_of(name, language), []).append(labels.value(name, label, language))
        return "; ".join(f"{name}: {', '.join(values)}" for name, values in groups.items())
