"""Rooms to test: one in a thread of its own, and one as a process that can be killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from workbook.room.handlers import Site
from workbook.room.room import Room
from workbook.room.server import serve
from workbook.words import Words


@contextmanager
def open_room(folder: Path, lang: str = "en", **settings) -> Iterator[Site]:
    """A room in a thread, on a free port."""
    room = Room(folder / "hand-ins", folder / "wall", Words(lang), settings.pop("course", None))
    sites, opened, loops = [], Event(), []

    def tell(site: Site) -> None:
        sites.append(site)
        opened.set()

    async def run() -> None:
        loops.append((asyncio.get_running_loop(), asyncio.current_task()))
        await serve(room, tell, port=0, **settings)

    def in_thread() -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(run())

    thread = Thread(target=in_thread)
    thread.start()
    assert opened.wait(20)
    try:
        yield sites[0]
    finally:
        loop, task = loops[0]
        loop.call_soon_threadsafe(task.cancel)
        thread.join(20)
        assert not thread.is_alive()


@dataclass
class Answer:
    status: int
    head: str
    body: bytes


def raw(site: Site, data: bytes, wait: float = 8.0) -> Answer:
    """Send bytes as they are and read to the end, as a hostile client would."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=wait) as opened:
        found = b""
        with suppress(ConnectionError):  # it may end the connection while we are still sending
            opened.sendall(data)
            while piece := opened.recv(65_536):
                found += piece
    head, _, body = found.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 0
    return Answer(status, head.decode("latin-1"), body)


def ask(site: Site, path: str, body: bytes | None = None, how: str = "", **headers: str) -> Answer:
    """A request by hand: no client's politeness between the test and the room."""
    lines = [f"{how or ('GET' if body is None else 'POST')} {site.base}{path} HTTP/1.1", "Host: x"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}"] if body is not None else []
    return raw(site, "\r\n".join([*lines, "", ""]).encode() + (body or b""))


def heeding_interrupts() -> None:
    """A job in the background of a script is begun with Ctrl-C ignored; a room at hand is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Process:
    """A room as `workbook room` opens it, to be killed and started again on the same port."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        command = [sys.executable, "-m", "workbook", "room", "hand-ins", "--json"]
        command += ["--port", str(port)]
        folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "WORKBOOK_HOME": str(folder)}, preexec_fn=heeding_interrupts,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.reported = json.loads(self.process.stdout.readline())

    @property
    def port(self) -> int:
        return int(self.reported["address"].rsplit(":", 1)[1].strip("/"))

    def kill(self) -> None:
        """As a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, how: int = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(20)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()
