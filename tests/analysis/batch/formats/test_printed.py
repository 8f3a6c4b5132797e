"""A page on paper: the same page gives the same bytes; a browser that gives no PDF gives no file."""

import os
import re
import stat

import pytest

from analysis.batch.formats import printed
from analysis.batch.formats.browser import find_browser
from analysis.batch.formats.printed import NotPrinted, fixed_pdf, print_page
from tests.conftest import require_or_skip

#: What a PDF of Chromium holds that differs from one run to the next.
MADE = b"%PDF-1.4 /CreationDate (D:20261125201500+07'00') /ModDate (D:20261125201500Z) (node00000731) (node00000729)"
PAGE = '<!DOCTYPE html><html lang="vi"><title>Bản tin</title><h1>Rạch Giá</h1><p>3,84</p><table><tr><td>1'
posix = pytest.mark.skipif(os.name != "posix", reason="stand-ins for a browser are shell scripts")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "bản tin.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def stand_in(folder, script):
    """A program that is called as a browser is and does what the script says."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


#: How a stand-in finds where the PDF is to go.
TARGET = 'for one in "$@"; do case "$one" in --print-to-pdf=*) made="${one#*=}";; esac; done'


@posix
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 0", "left no PDF"),
        (f'{TARGET}; echo "<html>" > "$made"', "left no PDF"),
        (
            "echo first >&2; echo the disk is full >&2; exit 3",
            r"ended with code 3: first \| the disk is full",
        ),
        (f'{TARGET}; printf "%%PDF-" > "$made"; exit 1', "ended with code 1"),
        ("exec sleep 60", "did not end within"),
    ],
)
def test_browser_that_gives_no_pdf_leaves_nothing(page, tmp_path, monkeypatch, script, said):
    monkeypatch.setattr(printed, "TIMEOUT_SECONDS", 1 if "sleep" in script else 60)
    target, scratch = tmp_path / "page.pdf", tmp_path / "scratch"
    scratch.mkdir()
    with pytest.raises(NotPrinted, match=said):
        print_page(stand_in(tmp_path, script), page, target, scratch)
    assert not target.exists()
    assert list(scratch.iterdir()) == []


@posix
def test_caller_is_told_which_process_prints(page, tmp_path):
    script = f'{TARGET}; printf "%%PDF-%s" $$ > "$made"'
    started = []
    target = print_page(stand_in(tmp_path, script), page, tmp_path / "page.pdf", tmp_path, started.append)
    assert target.read_bytes() == b"%PDF-" + str(started[0]).encode()


def test_time_and_numbers_of_tags_are_fixed_and_every_byte_keeps_its_place():
    fixed = fixed_pdf(MADE)
    assert fixed == (
        b"%PDF-1.4 /CreationDate (D:19800101000000+00'00') /ModDate (D:19800101000000Z) "
        b"(node00000002) (node00000001)"
    )
    assert len(fixed) == len(MADE)
    assert fixed_pdf(fixed) == fixed


def test_same_page_printed_twice_gives_the_same_bytes(page, tmp_path):
    program = find_browser()
    require_or_skip("chromium", program is not None)
    one, other = (print_page(program, page, tmp_path / f"{name}.pdf", tmp_path).read_bytes() for name in "ab")
    assert one == other
    assert one.startswith(b"%PDF-") and b"/StructTreeRoot" in one
    assert set(re.findall(rb"/(?:CreationDate|ModDate) \(D:(\d{14})", one)) == {b"19800101000000"}
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
