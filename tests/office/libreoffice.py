"""A file -> the same in another format, by LibreOffice without a window: what an official's office makes of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.conftest import require_or_skip

#: The parts of LibreOffice that read Word and Excel files; Debian packs each for itself.
PARTS = ("lowriter", "localc")
TIMEOUT_SECONDS = 240


def need_libreoffice() -> None:
    """Skip where Writer or Calc is missing; fail where they are required."""
    require_or_skip("libreoffice", all(shutil.which(part) for part in PARTS))


def converted(file: Path, to: str, folder: Path) -> Path:
    """The file in another format.

    Parameters
    ----------
    to : str
        Ending, and the filter where the ending has several: "pdf", "txt:Text (encoded):UTF8".
    """
    target = folder / f"{file.stem}.{to.partition(':')[0]}"
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    if not target.is_file():
        raise FileNotFoundError(f"LibreOffice made no {target.name}")
    return target
