"""A target -> the parts of its key that are its own: notebook, parameters, head, the files beside it."""

from __future__ import annotations

from pathlib import Path

from analysis.batch.formats.wanted import Wanted
from analysis.batch.targets import Target
from analysis.built import digest_parts, sha256


class OwnParts:
    """Of all pages of a run; each notebook is read once.

    Parameters
    ----------
    wanted : Wanted
        The files to make beside each page.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._formats = formats_of(wanted)
        self._notebooks: dict[Path, str] = {}

    def of(self, target: Target) -> dict[str, str]:
        """The own parts of one target's key."""
        if target.notebook not in self._notebooks:
            self._notebooks[target.notebook] = sha256(target.notebook)
        return {
            "notebook": self._notebooks[target.notebook],
            "parameters": digest_parts({name: str(value) for name, value in target.parameters.items()}),
            "head": digest_parts(vars(target.head)),
            "formats": self._formats,
        }


def formats_of(wanted: Wanted) -> str:
    """The files that are made beside a page, in a word."""
    chosen = {"annex": wanted.annex, "word": wanted.word, "pdf": bool(wanted.browser)}
    return "+".join(["html", *(name for name, made in chosen.items() if made)])
