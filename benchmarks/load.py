"""A class on one server: how long the first picture takes, and what a kernel weighs.

    python -m benchmarks.load [PARTICIPANTS] [--at-once]

Real kernels on a real JupyterLab server of its own. Each participant takes part as the page
`07-take-part` does: set-up, the chain of the case (the first picture), a bet, one life, the options
on the same luck. By default they come one after another while the others stay; with `--at-once` all
press *Run All* in the same second. A first participant goes before, unmeasured, so that Python has
written its bytecode as on any machine on which the workbook was started once: without it every
kernel compiles its modules again, for a second of processor time and more. Memory is the
proportional share (PSS), so that pages which
kernels share are counted once. Seconds depend on what else the machine does; the processor time of
a kernel up to its first picture hardly does.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

TOKEN = "load"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
CELLS = (
    """from workbook.lesson import open_case
from workbook.workshop import take_a_seat
lesson = open_case("caffeine-lozenge", "en")
seat = take_a_seat()""",
    "lesson.situation()",
    'lesson.bet("cash-gap", recorded=("launch-early", 70))',
    "lesson.many()",
    "lesson.options()",
)
SPENT = "import time; print(time.process_time())"
FIRST_PICTURE = 1
"""The cell whose output is the first picture."""


class Participant:
    """One kernel, spoken to over the server's own websocket, as a browser does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.started = time.monotonic()
        self.kernel = self._ask("POST", "/api/kernels", b"{}")["id"]

    def _ask(self, method: str, path: str, body: bytes | None = None):
        url = f"http://127.0.0.1:{self.port}{path}"
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(url, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read() or b"null")

    def take_part(self) -> tuple[float, float, float]:
        """Run the page; seconds to the first picture, to the end, and of processor time till then.

        The first two are counted from the first request; the last is that of the kernel alone.
        """
        from websocket import create_connection

        url = f"ws://127.0.0.1:{self.port}/api/kernels/{self.kernel}/channels?token={TOKEN}"
        with closing(create_connection(url, timeout=120)) as line:
            for n, cell in enumerate(CELLS):
                self._run(line, cell)
                if n == FIRST_PICTURE:
                    first = time.monotonic() - self.started
                    spent = self._run(line, SPENT)
        return first, time.monotonic() - self.started, float(spent)

    def _run(self, line, code: str) -> str:
        """Run a cell; what it printed."""
        id = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": False}
        content |= {"user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        header = {"msg_id": id, "msg_type": "execute_request", "session": id, "username": ""}
        header |= {"version": "5.3", "date": ""}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        line.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        printed = ""
        while True:
            answer = json.loads(line.recv())
            if answer.get("parent_header", {}).get("msg_id") != id:
                continue
            if answer["msg_type"] == "error":
                raise RuntimeError("\n".join(answer["content"]["traceback"]))
            if answer["msg_type"] == "stream":
                printed += answer["content"]["text"]
            if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
                return printed


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """A JupyterLab of our own: its port and its process id."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    homes = {"WORKBOOK_HOME": str(folder / "home"), "IPYTHONDIR": str(folder / "ipython")}
    options = [f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--no-browser"]
    options += ["--allow-root", f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env={name: v for name, v in os.environ.items() if name != NO_BYTECODE} | places | homes,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def weights(server: int) -> tuple[list[float], list[float]]:
    """Megabytes of each kernel of a server: its proportional share, and its resident size."""
    import psutil

    found = [
        process.memory_full_info()
        for process in psutil.Process(server).children(recursive=True)
        if "ipykernel_launcher" in " ".join(process.cmdline())
    ]
    return [info.pss / 1e6 for info in found], [info.rss / 1e6 for info in found]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("participants", type=int, nargs="?", default=12)
    options.add_argument("--at-once", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name, server(Path(name)) as (port, pid):
        Participant(port).take_part()
        together = given.participants if given.at_once else 1
        with ThreadPoolExecutor(together) as pool:
            took = list(
                pool.map(lambda _: Participant(port).take_part(), range(given.participants))
            )
        shares, sizes = weights(pid)
    first, whole, spent = ([each[n] for each in took] for n in (0, 1, 2))
    how = "at once" if given.at_once else "one after another, the others staying"
    print(f"{given.participants} participants, {how}, on {os.cpu_count()} cores")
    print(f"  first picture  median {median(first):5.1f} s   slowest {max(first):5.1f} s")
    if len(first) >= 10:
        tenth = sorted(first)[9] if given.at_once else first[9]
        print(f"  of the tenth          {tenth:5.1f} s")
    print(f"  processor time to it  {median(spent):5.1f} s")
    print(f"  whole page     median {median(whole):5.1f} s   slowest {max(whole):5.1f} s")
    print(f"  a kernel (PSS) median {median(shares):5.0f} MB  largest {max(shares):5.0f} MB")
    print(f"  a kernel (RSS) median {median(sizes):5.0f} MB  largest {max(sizes):5.0f} MB")
    print(f"  all kernels           {sum(shares):5.0f} MB")


if __name__ == "__main__":
    main()
