"""A data folder -> a real `workbench lab` on it, every address that its processes ask for written down.

The log is kept by an audit hook in the server and in each kernel: `socket.getaddrinfo` and `socket.connect`
of Python. (ZeroMQ connects in C, to ports of 127.0.0.1 that the kernel's own connection file names.)
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis import paths

#: Put where every Python started with it imports it first.
_HOOK = """
import os, sys

def _note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        target = arguments[1] if event == "socket.connect" else arguments[0]
        with open(os.environ["WORKBENCH_TEST_CALLS"], "a", encoding="utf-8") as log:
            log.write(f"{event}\\t{target!r}\\n")

sys.addaudithook(_note)
"""


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that runs: its process, its address with the token, its folder, its log of calls."""

    process: subprocess.Popen
    port: int
    token: str
    folder: Path
    calls: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def outside_calls(self) -> list[str]:
        """Lines of the log that name anything but this machine."""
        lines = self.calls.read_text(encoding="utf-8").splitlines() if self.calls.is_file() else []
        inside = ("'127.0.0.1'", "('127.0.0.1', ", "'localhost'", "''", "None", "'/", "b'127.0.0.1'")
        return [line for line in lines if not line.split("\t", 1)[1].startswith(inside)]


@contextmanager
def open_lab(data: Path, *arguments: str) -> Iterator[Lab]:
    """`workbench --data DATA lab --no-browser`, ended afterwards.

    Parameters
    ----------
    data : Path
        Made; its built files are the checkout's, which must be there.
    """
    data.mkdir(parents=True, exist_ok=True)
    (data / "built").symlink_to(paths.built_folder(), target_is_directory=True)
    (data / "hook").mkdir()
    (data / "hook" / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    calls, runtime = data / "calls.log", data / "runtime"
    own = {
        "PYTHONPATH": str(data / "hook"), "WORKBENCH_TEST_CALLS": str(calls), "JUPYTER_RUNTIME_DIR": str(runtime),
        "IPYTHONDIR": str(data / "ipython"),
    }  # fmt: skip
    left_out = ("JUPYTER_TOKEN", "JUPYTER_CONFIG_DIR", "WORKBENCH_DATA")
    environment = {name: value for name, value in os.environ.items() if name not in left_out} | own
    command = [sys.executable, "-m", "analysis.cli", "--data", str(data), "lab", "--no-browser"]
    command += ["--ServerApp.port=0", "--LabApp.expose_app_in_browser=True", "--allow-root", *arguments]
    with (data / "lab.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, cwd=paths.home(), start_new_session=True
        )
        try:
            port, token = _wait_for_server(runtime, process, data / "lab.log")
            yield Lab(process, port, token, data / "workspace", calls)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def _wait_for_server(runtime: Path, process: subprocess.Popen, log: Path) -> tuple[int, str]:
    for _ in range(1800):
        for file in runtime.glob("jpserver-*.json"):
            try:
                info = json.loads(file.read_text(encoding="utf-8"))
            except ValueError:  # being written
                continue
            if _answers(info["port"]):
                return info["port"], info["token"]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise TimeoutError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")
