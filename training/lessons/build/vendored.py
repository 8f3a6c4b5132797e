"""training/lessons/vendor -> reveal.js as text to inline, each file checked against its hash."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from analysis.errors import BadRows, MissingFile
from analysis.rows import read_rows

VENDOR = Path(__file__).parents[1] / "vendor"
STYLES, SCRIPTS = ("reveal/reset.css", "reveal/reveal.css"), ("reveal/reveal.js", "reveal/notes.js")


@cache
def read_vendored(name: str) -> str:
    """One file of reveal.js, such as "reveal/reveal.js".

    Raises
    ------
    MissingFile
        It is not there.
    BadRows
        It is not the file that vendor/hashes.csv names.
    """
    path, where = VENDOR / name, f"training/lessons/vendor/{name}"
    hashes = read_rows(VENDOR / "hashes.csv", ("file", "source", "bytes", "sha256")).set_index("file")
    if name not in hashes.index or not path.is_file():
        raise MissingFile(
            "A file that slides need is not there.",
            vi=f"Thiếu tệp {where} nên không dựng được trang trình chiếu. Hãy lấy lại từ bản gốc.",
            where=where,
            expected="the file and its row in vendor/hashes.csv",
            hint="Restore the file from the release; vendor/README.md says where it came from.",
        )
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != hashes.at[name, "sha256"]:
        raise BadRows(
            "A file that slides need is not the one that was reviewed.",
            vi=f"Tệp {where} đã bị thay đổi so với bản đã kiểm tra. Hãy lấy lại tệp từ bản chương trình gốc.",
            where=where,
            expected=f"SHA-256 {hashes.at[name, 'sha256'][:12]}…",
            got=f"SHA-256 {hashlib.sha256(raw).hexdigest()[:12]}…",
            hint="Restore the file, or follow training/lessons/vendor/README.md to take a newer one.",
        )
    return raw.decode("utf-8")
