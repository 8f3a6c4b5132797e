"""A PostgreSQL server of the tests' own: a fresh cluster in a folder, on a port of its own, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def program(name: str) -> str | None:
    """A program of PostgreSQL: on the path, or where Debian puts it."""
    found = shutil.which(name)
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(debian[-1]) if debian else None)


def can_run() -> bool:
    """Whether the programs are there, and a user to run them: PostgreSQL does not run as root."""
    if not (program("initdb") and program("pg_ctl")):
        return False
    if os.geteuid() != 0:
        return True
    return bool(shutil.which("runuser")) and _user_exists()


def _user_exists() -> bool:
    asked = subprocess.run(["id", USER], capture_output=True, check=False)
    return asked.returncode == 0


def _run(*command: str, text: str = "") -> None:
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *command], input=text, text=True, capture_output=True, check=True, cwd="/")


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Start a cluster in a folder and give its URL, with a password; stop it at the end.

    Parameters
    ----------
    folder : Path
        Empty; must be open to the user who runs the server.
    """
    data, password, port = folder / "data", secrets.token_hex(16), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    secret = folder / "password"
    secret.write_text(password + "\n", encoding="ascii")
    if os.geteuid() == 0:
        shutil.chown(secret, USER)
    _run(
        program("initdb"), "-D", str(data), "-U", "workbench", "-A", "scram-sha-256", "--pwfile", str(secret),
        "-E", "UTF8", "--locale=C", "--no-sync",
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{folder}' -c fsync=off"
    _run(
        program("pg_ctl"),
        "-D",
        str(data),
        "-w",
        "-t",
        "60",
        "-l",
        str(folder / "log"),
        "-o",
        options,
        "start",
    )
    try:
        yield f"postgresql://workbench:{password}@127.0.0.1:{port}/postgres"
    finally:
        _run(program("pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
