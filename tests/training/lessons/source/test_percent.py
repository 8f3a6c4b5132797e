import pytest

from analysis.errors import BadRows
from training.lessons.source.percent import read_percent

HEAD = '"""Bài thử. A trial."""\n\n'


def test_cells_are_read_with_their_kind_tags_and_line():
    text = (
        HEAD + '# %% tags=["setup"]\nx = 1\n\n# %% [markdown] tags=["slide", "wide"]\n# ## A · B\n#\n# Lời.\n'
    )
    about, cells = read_percent(text, "x.py")
    assert about == "Bài thử. A trial."
    assert [(cell.kind, cell.tags, cell.source, cell.line) for cell in cells] == [
        ("code", ("setup",), "x = 1", 3),
        ("markdown", ("slide", "wide"), "## A · B\n\nLời.", 6),
    ]


def test_empty_cells_are_left_out():
    assert read_percent(HEAD + "# %%\n\n# %% [markdown]\n#\n", "x.py")[1] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\n# %%\n", 1),
        ("# %%\nx = 1\n", 1),
        (HEAD + "# %% [md]\n# A\n", 3),
        (HEAD + "# %% tags=[slide]\nx = 1\n", 3),
        (HEAD + "# %% [markdown]\n# A\nB\n", 5),
        (HEAD + "# %% [markdown]\n#A\n", 4),
    ],
)
def test_what_is_not_of_the_format_is_named_with_its_line(text, line):
    with pytest.raises(BadRows) as caught:
        read_percent(text, "x.py")
    assert caught.value.where == f"x.py:{line}"
