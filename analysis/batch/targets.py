"""A district's pack, a page about a round, a class's report -> a `Target`: what makes it, where it goes.

Districts' packs stand in <code>-<slug>/briefing.html, made by one notebook. Pages of the round are
declared in `ROUND_PAGES`; each stands in <stem>/<stem>.html, made by notebooks/<stem>.ipynb. Reports of
training classes stand in class-<class_id>/report.html, in a folder of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from analysis import paths
from analysis.batch.render import PageHead
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack, RoundPage
from analysis.context.around import is_known_province
from analysis.context.built_training import names_training
from analysis.errors import BadRows, UnknownName, shown
from analysis.places import Places
from analysis.rounds import Round

DISTRICT_PAGE = "briefing.html"
#: The pages about a whole round, by the stem of their notebook, in the order of the index. Wording rows:
#: `page_<stem>` is its name, `page_<stem>_about` what the index says of it.
ROUND_PAGES = ("province_overview", "parindex", "training_overview", "methods", "data_checks")
#: Pages that only a province of the country has, and pages of rounds that name training records.
_OF_A_PROVINCE, _OF_TRAINING = ("parindex",), ("training_overview",)
CLASS_PAGE = "report.html"
#: How the folder of a class's report begins, so that no class's name is a name the system keeps to itself.
_CLASS = "class-"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PACK = re.compile(r"([A-Za-z0-9]+)-[a-z0-9-]+")


@dataclass(frozen=True)
class Target:
    """One page of the pack set.

    Attributes
    ----------
    code : str
        A district's code, the stem of a round page's notebook, or "class-" and a class_id.
    name : str
        As the index lists it, in the pages' language.
    about : str
        What the index says beside the name.
    entry : dict
        What the manifest says of it besides what it was made from.
    folder : str
        Its folder's name: made of codes, slugs and stems of our own rows, never of typed text.
    """

    code: str
    name: str
    about: str
    folder: str
    notebook: Path
    head: PageHead
    parameters: dict[str, object] = field(hash=False)
    entry: dict[str, object] = field(hash=False, default_factory=dict)

    @property
    def is_district(self) -> bool:
        return is_district(self.code)

    @property
    def page(self) -> Path:
        """The page's place under the output folder."""
        return Path(self.folder) / page_name(self.code)


def is_district(code: str) -> bool:
    """Whether a target's code is a district's; a round page's is the stem of its notebook."""
    return code not in ROUND_PAGES and not is_class(code)


def is_page(code: str) -> bool:
    """Whether a target's code is that of a page about the whole round, or about all classes."""
    return code in ROUND_PAGES


def is_class(code: str) -> bool:
    """Whether a target's code, or a folder's name, is a class's."""
    return code.startswith(_CLASS) and _PLAIN.fullmatch(code.removeprefix(_CLASS)) is not None


def class_code(class_id: str) -> str:
    """The code of a class's report, which is its folder's name.

    Examples
    --------
    >>> class_code("K01")
    'class-K01'
    """
    return f"{_CLASS}{class_id}"


def page_name(code: str) -> str:
    if is_class(code):
        return CLASS_PAGE
    return DISTRICT_PAGE if is_district(code) else f"{code}.html"


def code_of(folder: str) -> str | None:
    """The code whose page a folder of this name holds; None of a folder that is not ours."""
    if folder in ROUND_PAGES or is_class(folder):
        return folder
    match = _PACK.fullmatch(folder)
    return match[1] if match else None


def round_notebook(stem: str) -> Path:
    return paths.notebooks_folder() / f"{stem}.ipynb"


def parameters_of(code: str, survey_round: str, language: str) -> dict[str, object]:
    """What a target's notebook is given."""
    about = {"survey_round": survey_round, "language": language}
    return {"district": code, **about} if is_district(code) else about


def pages_of(survey_round: Round) -> list[str]:
    """The round pages that a round has: those about a province only where its figures are of one, those
    about training only where it names records."""
    none = (() if is_known_province(survey_round) else _OF_A_PROVINCE) + (
        () if names_training(survey_round) else _OF_TRAINING
    )
    return [stem for stem in ROUND_PAGES if stem not in none]


def choose(
    only: Iterable[str], places: Places, province: str, pages: Iterable[str] = ROUND_PAGES
) -> list[str]:
    """The codes of what a run makes, each once: two jobs in one folder would destroy the page.

    Parameters
    ----------
    only : iterable of str
        Districts (code, name or slug) and round pages (stem); none = all.
    pages : iterable of str
        The round's own pages, from `pages_of`.
    places : Places
        Of the round.
    province : str
        Code of the round's province.

    Raises
    ------
    UnknownName
        What was typed is neither; the nearest names are given. Or a district's code cannot name a folder.
    """
    districts = places.districts_of(province)
    refuse_codes(districts)
    chosen = [_resolve(str(name), places, province, tuple(pages)) for name in only]
    return list(dict.fromkeys(chosen)) or [*districts, *pages]


def refuse_codes(districts: Iterable[str]) -> None:
    """Stop on district codes that cannot name a pack's folder, or that name a page of the round.

    Raises
    ------
    BadRows
    """
    ours = (*ROUND_PAGES, _CLASS.rstrip("-"))
    bad = [code for code in districts if not re.fullmatch(r"[A-Za-z0-9]+", code) or code.casefold() in ours]
    if bad:
        raise BadRows(
            "District codes cannot name the folders of packs.",
            vi="Mã huyện (đơn vị) chỉ được gồm chữ cái không dấu và chữ số. Hãy sửa mã trong data/places.",
            where="districts.csv, column code",
            expected=f"letters a-z and digits only, and none of {', '.join(ours)}",
            got=shown(bad),
            hint="Give the places codes of letters and digits, and recode the survey's file to them.",
        )


def refuse_classes(class_ids: Iterable[str]) -> None:
    """Stop on class ids that cannot name a folder, or that name one folder where case does not count.

    Raises
    ------
    BadRows
    """
    ids = list(class_ids)
    folded = [name.casefold() for name in ids]
    bad = [name for name in ids if not _PLAIN.fullmatch(name) or folded.count(name.casefold()) > 1]
    if bad:
        raise BadRows(
            "Ids of training classes cannot name the folders of their reports.",
            vi="Mã lớp chỉ được gồm chữ cái không dấu, chữ số, gạch nối, gạch dưới (tối đa 40 ký tự) và "
            "không trùng nhau khi bỏ qua chữ hoa, chữ thường. Hãy sửa mã lớp trong hồ sơ rồi nhập lại.",
            where="class_id",
            expected="letters a-z, figures, - and _, at most 40, different whatever their case",
            got=shown(bad),
            hint="Give these classes other ids in the records, and import them again.",
        )


def _resolve(typed: str, places: Places, province: str, pages: tuple[str, ...]) -> str:
    stem = typed.strip().casefold().replace("-", "_").replace(" ", "_")
    if stem in pages:
        return stem
    close = get_close_matches(stem, pages, cutoff=0.7)
    try:
        return places.resolve_district(typed, province).code
    except UnknownName as fault:
        if not close:
            raise
        raise UnknownName(
            f'"{typed}" is neither a district nor a page of the round.',
            vi=f'"{typed}" không phải là huyện, thành phố hay trang chung. Có phải là: {shown(close)}.',
            where="--only",
            expected=f"a district's code, name or slug, or one of {shown(pages)}",
            got=typed,
            hint=f"Perhaps you mean {shown(close)}.",
        ) from fault


def district_target(pack: Pack, notebook: Path) -> Target:
    """The target of a district's pack."""
    district = pack.district
    return Target(
        code=district.code,
        name=district.full_name if pack.language == "vi" else district.name_en,
        about=_sample(pack),
        folder=f"{district.code}-{district.slug}",
        notebook=notebook,
        head=PageHead(pack.say("heading"), pack.language, pack.band),
        parameters=parameters_of(district.code, pack.survey_round.survey_round, pack.language),
        entry={"name": district.full_name, "sampled": pack.sampled},
    )


def _sample(pack: Pack) -> str:
    if not pack.sampled:
        return pack.say("index_not_sampled")
    counts = {name: say_count(pack.sample_size[name], pack.language) for name in ("n", "n_psu")}
    return pack.say("index_sampled", **counts)


def round_target(stem: str, page: RoundPage) -> Target:
    """The target of a page about the whole round."""
    name = page.say(f"page_{stem}")
    return Target(
        code=stem,
        name=name,
        about=page.say(f"page_{stem}_about"),
        folder=stem,
        notebook=round_notebook(stem),
        head=PageHead(name, page.language, page.band),
        parameters=parameters_of(stem, page.survey_round.survey_round, page.language),
        entry={"name": name},
    )
