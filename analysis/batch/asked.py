"""What a run is asked to make -> the same, checked before anything is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.batch.formats.browser import require_browser
from analysis.batch.formats.wanted import Wanted
from analysis.batch.parameters import check_parameters, require_notebook
from analysis.batch.targets import (
    Target,
    choose,
    district_target,
    is_district,
    pages_of,
    parameters_of,
    round_notebook,
    round_target,
)
from analysis.briefing.pack import RoundPage, pack_of
from analysis.briefing.wording import check_language, read_wording
from analysis.places import Places, read_places
from analysis.rounds import Round, read_round

NOTEBOOK = "district_briefing.ipynb"


@dataclass(frozen=True)
class Asked:
    """Pages to make of a round, in a language, in a folder.

    Attributes
    ----------
    out : Path
        Absolute.
    codes : tuple of str
        All that the folder may hold, in the order of the index.
    chosen : tuple of str
        Those that are to be made.
    wanted : Wanted
        The files to make beside each page.
    """

    round: Round
    language: str
    out: Path
    notebook: Path
    places: Places
    codes: tuple[str, ...]
    chosen: tuple[str, ...]
    wanted: Wanted

    def describe(self, code: str, about: RoundPage) -> Target:
        """A code's target, in the run's round, which has been built, and language."""
        if not is_district(code):
            return round_target(code, about)
        place = self.places.resolve_district(code, self.round.province)
        return district_target(pack_of(place, about), self.notebook)

    def check_notebooks(self, codes: Iterable[str]) -> None:
        """Stop where the notebook of a page does not take what the page gives it.

        Parameters
        ----------
        codes : iterable of str
            Of pages that will be made: reading a notebook's parameters takes a third of a second.

        Raises
        ------
        NotebookMismatch
        """
        made_by = {self.notebook if is_district(code) else round_notebook(code): code for code in codes}
        for file, code in made_by.items():
            check_parameters(file, parameters_of(code, self.round.survey_round, self.language))


def check_asked(
    survey_round: str,
    language: str,
    out: Path | None,
    only: Iterable[str],
    notebook: Path | None,
    word: bool,
    pdf: bool,
) -> Asked:
    """What a run is asked for, if it can be made.

    Raises
    ------
    WorkbenchError
        An unknown name, a notebook that is not there, rows with a fault, no browser to print with.
    """
    notebook = notebook or paths.notebooks_folder() / NOTEBOOK
    check_language(language)
    declared = read_round(survey_round)
    read_wording(declared.wording)  # a fault in its rows would stop every page
    places = read_places(folder=declared.places)
    pages = pages_of(declared)
    chosen = choose(only, places, declared.province, pages)
    for file in {notebook if is_district(code) else round_notebook(code) for code in chosen}:
        require_notebook(file)
    return Asked(
        round=declared,
        language=language,
        out=(out or paths.packs_folder()).resolve(),
        notebook=notebook,
        places=places,
        codes=(*places.districts_of(declared.province), *pages),
        chosen=tuple(chosen),
        wanted=Wanted(word, require_browser() if pdf else ""),
    )
