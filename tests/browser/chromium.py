"""A page's file or address -> headless Chromium with its network off, asked over the DevTools protocol.

Pages forbid scripts (CSP), so questions are put from outside; only what jupyter-server brings along
(websocket-client) is needed, no browser driver. Every address that a page asks for is recorded before it is
looked up, so an attempt counts although it fails.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)  # fmt: skip
#: No name and no address but this machine's own leads anywhere.
_NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One tab. `requests` are the addresses it asked for, other than its own file and data in it."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket
        self._last = 0
        self.requests: list[str] = []
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters) -> dict:
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = self._read()
            if message.get("id") == self._last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def _read(self) -> dict:
        message = json.loads(self._socket.recv())
        if message.get("method") == "Network.requestWillBeSent":
            self._record(message["params"]["request"]["url"])
        elif message.get("method") == "Network.webSocketCreated":
            self._record(message["params"]["url"])
        return message

    def _record(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.requests.append(url)

    def open(self, file: Path, width: int, height: int = 900) -> None:
        """Load a file at a window size and wait until it is whole."""
        self.visit(file.resolve().as_uri(), width, height)

    def visit(self, url: str, width: int, height: int = 900) -> None:
        """Load an address of this machine at a window size and wait until it is whole."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        self.call("Page.navigate", url=url)
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression: str):
        """The value of a JavaScript expression on the page; of a promise, what it comes to.

        Raises
        ------
        RuntimeError
            It threw.
        """
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """A key down and up, such as ("Tab", 9)."""
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def printed(self) -> bytes:
        """The page as PDF, on its own paper."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def wait(self, expression: str, seconds: float = 90):
        """Ask until the answer is true; the answer."""
        until = time.monotonic() + seconds
        while not (answer := self.ask(expression)):
            if time.monotonic() > until:
                raise TimeoutError(f"Not true within {seconds} s: {expression}")
            time.sleep(0.1)
        return answer

    def picture(self, file: Path) -> None:
        """What the window shows, as a PNG."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def chromium(program: str):
    """A browser with one tab, closed and forgotten afterwards."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        command = [program, *_FLAGS, _NOWHERE, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = _port(Path(profile) / "DevToolsActivePort")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as tabs:
                address = next(tab for tab in json.load(tabs) if tab["type"] == "page")[
                    "webSocketDebuggerUrl"
                ]
            socket = websocket.create_connection(address, timeout=180)
            try:
                yield Page(socket)
            finally:
                socket.close()
        finally:
            process.terminate()
            process.wait(timeout=20)


def _port(file: Path) -> int:
    for _ in range(300):
        if file.is_file() and (text := file.read_text()).strip():
            return int(text.split()[0])
        time.sleep(0.1)
    raise TimeoutError("Chromium did not open its debugging port in 30 s")
