"""The wording rows: complete in both languages, all used, none missing."""

import re
from pathlib import Path

import pandas as pd
import pytest

import analysis.briefing
from analysis.batch.formats.meanings import WORDS
from analysis.briefing.wording import check_wording, first_upper, listed, read_wording, say
from analysis.errors import UnknownName


def rows(*triples):
    return pd.DataFrame(triples, columns=["key", "vi", "en"])


def test_committed_rows_have_no_fault():
    assert len(read_wording()) > 100


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (rows(("a", "một", "one"), ("a", "hai", "two")), "repeated"),
        (rows(("a", "một", "")), "empty"),
        (rows(("a", "{n} người", "{m} people")), "values"),
    ],
)
def test_fault_in_a_row_is_found(table, code):
    assert list(check_wording(table)["code"]) == [code]


def test_every_row_is_used_and_every_key_exists():
    """Keys made of parts (col_{name}) are matched with anything in the place of the parts."""
    ours = Path(analysis.briefing.__file__).parents[1]
    folders = [ours / "briefing", ours / "batch", ours / "commands", ours.parent / "training" / "sections"]
    code = "\n".join(f.read_text("utf-8") for d in folders for f in [*d.rglob("*.py"), *d.rglob("*.html")])
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", code))
    known = {word + suffix for word in quoted for suffix in ("", "_district", "_province")}
    known |= {f"{word}_indicators" for word in known}
    known |= {f"h_{word}" for word in known}
    explored = "\n".join(file.read_text("utf-8") for file in (ours / "explore").rglob("*.py"))
    known |= {f"explore_{word}" for word in re.findall(r"[\"']([a-z_]+)[\"']", explored)}
    parts = re.findall(r"f[\"']([a-z]+_)\{[^{}]*\}[\"']", explored)
    known |= {key for key in read_wording() for part in parts if key.startswith(f"explore_{part}")}
    made = [
        re.compile(re.sub(r"\{[^{}]*\}", "[a-z_]+", text))
        for text in re.findall(r"f[\"']((?:[a-z_]|\{[^{}]*\})+)[\"']", code)
        if re.match(r"[a-z]{3}", text)
    ]
    made += [re.compile(f"{prefix}_[a-z_]+") for prefix in WORDS.values()]  # what a workbook explains
    unused = [key for key in read_wording() if key not in known and not any(m.fullmatch(key) for m in made)]
    assert unused == []
    direct = set(re.findall(r"\bsay\(\s*[\"']([a-z_]+)[\"']", code))
    assert direct - set(read_wording()) == set()


def test_value_left_out_is_an_error_not_an_empty_place():
    with pytest.raises(KeyError):
        say("rank_of", "vi", rank="57")


def test_language_that_does_not_exist_is_refused():
    from analysis.briefing.wording import check_language

    with pytest.raises(UnknownName) as fault:
        check_language("fr")
    assert "vi" in fault.value.vi


@pytest.mark.parametrize(
    ("parts", "vi", "en"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a và b", "a and b"),
        (["a", "b", "c"], "a, b và c", "a, b and c"),
    ],
)
def test_lists_in_sentences(parts, vi, en):
    assert (listed(parts, "vi"), listed(parts, "en")) == (vi, en)


def test_capital_first_letter_leaves_the_rest():
    assert first_upper("đảo Kiên Hải") == "Đảo Kiên Hải"
