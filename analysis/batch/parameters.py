"""A notebook's own parameters and the ones given -> nothing, or a stop before any kernel starts.

papermill only logs a warning for a name the notebook does not have, and would then build every pack
for the notebook's example district.
"""

from __future__ import annotations

from pathlib import Path

from analysis import paths
from analysis.batch.execute import import_papermill
from analysis.errors import MissingFile, NotebookMismatch, nearest, shown

_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


def check_parameters(notebook: Path, given: dict[str, object]) -> None:
    """Compare names both ways, and types.

    Raises
    ------
    MissingFile
        The notebook is not there.
    NotebookMismatch
        A name is missing on either side, or a value is not of the type the notebook declares.
    """
    require_notebook(notebook)
    papermill = import_papermill()
    declared = papermill.inspect_notebook(str(notebook))
    unknown = [name for name in given if name not in declared]
    if unknown:
        close = nearest(unknown[0], declared) or list(declared)
        raise _mismatch(
            notebook, f"parameters {shown(unknown)} are not the notebook's", declared, given, shown(close)
        )
    left_out = [name for name in declared if name not in given]
    if left_out:
        raise _mismatch(
            notebook, f"parameters {shown(left_out)} were not given", declared, given, shown(left_out)
        )
    for name, value in given.items():
        wanted = _TYPES.get(declared[name]["inferred_type_name"])
        if wanted is None or not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            kind = declared[name]["inferred_type_name"]
            what = f"parameter {name} is declared {kind} and was given {type(value).__name__}"
            raise _mismatch(notebook, what, declared, given, f"{name}: {kind}")


def require_notebook(notebook: Path) -> None:
    """Stop where the file is not there.

    Raises
    ------
    MissingFile
    """
    if not notebook.is_file():
        raise MissingFile(
            "The notebook is not there.",
            vi="Không tìm thấy sổ tay (notebook); hãy kiểm tra thư mục notebooks.",
            where=paths.short(notebook),
            hint="Restore it from the repository.",
        )


def _mismatch(notebook: Path, what: str, declared: dict, given: dict, hint: str) -> NotebookMismatch:
    return NotebookMismatch(
        f"The notebook and the parameters do not fit: {what}.",
        vi="Tham số đưa vào không khớp với tham số của sổ tay (notebook).",
        where=paths.short(notebook),
        expected=", ".join(f"{name}: {about['inferred_type_name']}" for name, about in declared.items()),
        got=", ".join(f"{name}: {type(value).__name__}" for name, value in given.items()),
        hint=f"See {hint}.",
    )
