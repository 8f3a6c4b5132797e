"""The district notebook + a cell -> a notebook that fails, sleeps or shows something else."""

import nbformat

from analysis import paths


def changed_notebook(folder, source, at=4, short=False, last="sections.title"):
    """The district notebook with one more code cell, in a folder of its own.

    Parameters
    ----------
    short : bool
        Without the cells after the one that calls `last`, for speed.
    """
    notebook = nbformat.read(paths.notebooks_folder() / "district_briefing.ipynb", as_version=4)
    if short:
        end = next(i for i, cell in enumerate(notebook.cells) if cell.source.startswith(last))
        del notebook.cells[end + 1 :]
    notebook.cells.insert(at, nbformat.v4.new_code_cell(source))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "district_briefing.ipynb"
    nbformat.write(notebook, target)
    return target
