"""The project's folders -> the only place that knows where things lie on disk.

`WORKBENCH_HOME` names another checkout, `WORKBENCH_DATA` another data folder (the department's own
data, kept outside the repository). A data folder lies over the checkout's `data/`: rows that it does not
hold are the checkout's, so that it needs no copies which would grow old. Nothing is created here; writers
make the folders they need.
"""

from __future__ import annotations

import os
from pathlib import Path

#: Folders whose files are looked up one by one.
_EACH_FOR_ITSELF = ("rounds", "schemas", "corrections")
#: What rows are kept in; a folder with none of them is not a folder of rows.
_ROWS = ("*.csv", "*.toml")


def home() -> Path:
    """The checkout that holds `data/` and `notebooks/`."""
    return Path(os.environ.get("WORKBENCH_HOME") or Path(__file__).resolve().parent.parent)


def home_data() -> Path:
    """The checkout's own data folder: the committed rows and the examples."""
    return (home() / "data").resolve()


def data_folder() -> Path:
    """Where this run's data lie and its built files go; new rows are written here."""
    return Path(os.environ.get("WORKBENCH_DATA") or home_data()).resolve()


def data_folders() -> list[Path]:
    """Where rows are looked for, in this order: the data folder, then the checkout's where it is another."""
    return list(dict.fromkeys([data_folder(), home_data()]))


def rows_folder(*names: str) -> Path:
    """A folder of rows, such as ("places",) or ("codebook", "papi"): the data folder's, else the checkout's.

    Notes
    -----
    Whole folders are taken, never one file from here and one from there: a codebook's two files belong
    together. A folder counts where a .csv or .toml lies right in it, so `places/nhanes` in a data folder
    does not hide the checkout's `places`. Where neither has it, it is the data folder's.
    """
    folders = [base.joinpath(*names) for base in data_folders()]
    return next((folder for folder in folders if _has_rows(folder)), folders[0])


def rows_file(*names: str) -> Path:
    """One file that stands for itself, such as ("rounds", "example-2021.toml"): looked up as folders are."""
    files = [base.joinpath(*names) for base in data_folders()]
    return next((file for file in files if file.is_file()), files[0])


def rows_files(folder: str, pattern: str) -> dict[str, Path]:
    """The files of a folder whose files stand each for itself (rounds, schemas): name -> path, sorted."""
    found: dict[str, Path] = {}
    for base in data_folders():
        for path in (base / folder).glob(pattern):
            found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def rows_names(folder: str) -> list[str]:
    """The folders inside a folder of rows, such as the codebooks there are."""
    inner = (path for base in data_folders() for path in (base / folder).glob("*") if path.is_dir())
    return sorted({path.name for path in inner if _has_rows(path)})


def bank_folder() -> Path:
    """Where the question bank's rows lie: the data folder's `question_bank/`, else the program's own."""
    own = data_folder() / "question_bank"
    program = Path(__file__).resolve().parents[1] / "training" / "question_bank"
    return own if (own / "items.csv").is_file() else program


def beside(settings: Path) -> Path:
    """The data folder that a settings file (`<data folder>/rounds/<round>.toml`) speaks of."""
    return settings.parent.parent


def built_folder() -> Path:
    """What the stages make; git-ignored."""
    return data_folder() / "built"


def reports_folder() -> Path:
    """Workbooks of findings about real files, where a purge finds them; git-ignored."""
    return data_folder() / "reports"


def notebooks_folder() -> Path:
    return home() / "notebooks"


def packs_folder() -> Path:
    """Where packs go by default: `packs/` of the checkout, or of a data folder that lies outside it."""
    return _output_home() / "packs"


def workspace_folder() -> Path:
    """Where people work in JupyterLab: `workspace/` beside `packs/`; git-ignored, for results lie in it."""
    return _output_home() / "workspace"


def _output_home() -> Path:
    folder = data_folder()
    return home() if folder.is_relative_to(home().resolve()) else folder


def short(path: Path | str) -> str:
    """A path as a message shows it: from the checkout, from the data folder with its name first, or whole."""
    path = Path(path)
    for base, prefix in ((home(), ""), (data_folder(), data_folder().name)):
        try:
            return (Path(prefix) / path.resolve().relative_to(base.resolve())).as_posix()
        except ValueError:
            continue
    return path.as_posix()


def shown_rows(*names: str) -> str:
    """A file or folder of rows as a message shows it: the one that is really read, or would be.

    Examples
    --------
    >>> shown_rows("codebook", "papi", "codes.csv")
    'data/codebook/papi/codes.csv'
    """
    if names[0] in _EACH_FOR_ITSELF:
        return short(rows_file(*names))
    is_file = bool(Path(names[-1]).suffix)
    folder = rows_folder(*(names[:-1] if is_file else names))
    return short(folder / names[-1] if is_file else folder)


def _has_rows(folder: Path) -> bool:
    return any(True for pattern in _ROWS for _ in folder.glob(pattern))
