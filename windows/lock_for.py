"""requirements.lock + a platform and its Python -> on the screen, the lines that hold there, with hashes.

    python windows/lock_for.py win_amd64 3.12

pip asks a line's marker (`; sys_platform == 'win32'`) about the machine it runs on, whatever --platform says:
from Linux it would leave out what Windows alone needs, and fetch another Python's releases.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from packaging.markers import Marker, default_environment

LOCK = Path(__file__).parents[1] / "requirements.lock"
#: How a platform's name begins -> what its markers are asked about.
SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "win": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    "macosx": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "manylinux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
}
#: A pin, its marker if there is one, and its hashes.
_PIN = re.compile(r"^([\w.-]+==[\w.+!-]+)(?: ; (.*?))? \\\n((?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE)


def lock_for(lock: str, platform: str, python: str) -> str:
    """The pins that hold on a platform, without markers.

    Parameters
    ----------
    lock : str
    platform : str
        As pip names it, such as "win_amd64".
    python : str
        Such as "3.12"; its newest releases.

    Raises
    ------
    SystemExit
        A platform that is not one of `SYSTEMS`.
    """
    system = next((facts for name, facts in SYSTEMS.items() if platform.startswith(name)), None)
    if system is None:
        raise SystemExit(
            f'There is no platform "{platform}" / không có nền tảng này: win_amd64, macosx_…, manylinux…'
        )
    about = {
        **default_environment(),
        **system,
        "python_version": python,
        "python_full_version": f"{python}.99",
    }
    pins = [
        f"{pin} \\\n{hashes}"
        for pin, marker, hashes in _PIN.findall(lock)
        if not marker or Marker(marker).evaluate(about)
    ]
    return "".join(pins)


if __name__ == "__main__":
    sys.stdout.write(lock_for(LOCK.read_text(encoding="utf-8"), *sys.argv[1:3]))
