"""The forked side: an ordinary IPython kernel whose messages go down a pipe.

All that a notebook can see is ipykernel's own: the shell, the display hook, comms, tracebacks.
Only the sockets, and the threads that serve them, are missing.

ipykernel flushes its streams from a thread a fifth of a second after the first unsent character.
There is no thread here: the next write sends what is overdue, so that the pieces keep the same
order. What a library or a child process writes to descriptors 1 and 2 goes into a file in memory
and is sent with the next output.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import gettempdir
from time import monotonic
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from ipykernel.eventloops import enable_gui
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session, json_packer, json_unpacker
from tornado.ioloop import IOLoop
from traitlets.config import Config


class NoThread(IOPubThread):
    """Replaces the sending thread of a stream: what is scheduled is done at once."""

    def __init__(self) -> None:
        self.thread: Any = None
        self.io_loop: Any = None

    def schedule(self, f: Callable[[], object]) -> None:
        """Call it now."""
        f()

    @property
    def closed(self) -> bool:
        """False: it closes with the process."""
        return False


class Raw:
    """Descriptor 1 or 2 of this process, redirected into a file in memory."""

    def __init__(self, descriptor: int) -> None:
        self.outside = os.dup(descriptor)
        self._file = os.memfd_create(f"descriptor-{descriptor}")
        os.set_inheritable(self._file, False)
        os.dup2(self._file, descriptor)
        self._read = 0

    def new(self) -> str:
        """What was written since the last call; it is also passed on to the outer descriptor."""
        size = os.fstat(self._file).st_size
        if size <= self._read:
            return ""
        found = os.pread(self._file, size - self._read, self._read)
        self._read += len(found)
        os.write(self.outside, found)
        return found.decode(errors="replace")


class Stream(OutStream):
    """`sys.stdout` or `sys.stderr` of a kernel without threads."""

    def __init__(self, session: Any, name: str, raw: Raw) -> None:
        super().__init__(session, NoThread(), name, watchfd=False)
        self.raw = raw
        self.others: tuple[Stream, ...] = ()
        self._due: float | None = None

    def fileno(self) -> int:
        """The outer descriptor, as ipykernel returns it."""
        return self.raw.outside

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write, after sending what is overdue."""
        if os.getpid() != self._master_pid:  # a child of the notebook: not down the kernel's pipe
            return os.write(2 if self.name == "stderr" else 1, string.encode())
        now = monotonic()
        overdue = [s for s in (self, *self.others) if s._due is not None and s._due <= now]
        for stream in sorted(overdue, key=lambda stream: stream._due or 0):
            stream.flush()
        self.collect_raw()
        return super().write(string)

    def collect_raw(self) -> None:
        """Add what went straight to the descriptor to what was printed."""
        if found := self.raw.new():
            super().write(found)

    def flush(self) -> None:
        """Send what is buffered."""
        if os.getpid() != self._master_pid:
            return
        self.collect_raw()
        super().flush()

    def _schedule_flush(self) -> None:
        if self._due is None:
            self._due = monotonic() + self.flush_interval

    def _flush(self) -> None:
        self._due = None
        super()._flush()


INLINE = "module://matplotlib_inline.backend_inline"
TRIAL_CELLS = 10
"""After so many cells the interpreter has specialised the code that runs a cell."""

COMMS = ("comm_open", "comm_msg", "comm_close")


class PipeSession(Session):
    """Jupyter's session with a pipe in place of sockets."""

    line: Connection | None = None

    def send(
        self,
        stream: Any,
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: object = None,
        buffers: list[Any] | None = None,
        track: bool = False,
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Send a message down the pipe; a child process of the notebook sends nothing."""
        if self.line is None or os.getpid() != self.pid:
            return None
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        parts = [bytes(part) for part in (buffers or message.get("buffers") or ())]
        plain = {key: value for key, value in message.items() if key != "buffers"}
        self.line.send_bytes(json_packer({**plain, "parts": len(parts)}))
        for part in parts:
            self.line.send_bytes(part)
        return message


class WarmKernel(IPythonKernel):
    """An IPython kernel in this process that serves a pipe."""

    _execute_sleep = 0  # ipykernel waits for its sending thread; there is none

    def __init__(self) -> None:
        quiet = Config({"HistoryManager": {"enabled": False, "hist_file": ":memory:"}})
        session = PipeSession(key=b"", check_pid=False)
        super().__init__(
            session=session,
            iopub_socket=SimpleNamespace(),
            iopub_thread=NoThread(),
            config=quiet,
            user_ns=None,  # as ipykernel's application has it: a module of its own, whole
            log=logging.getLogger("ipykernel"),
        )
        self.line = session
        shell: Any = self.shell
        shell.enable_gui = partial(enable_gui, kernel=self)
        self.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Nothing waits in a queue: the other side sends one cell at a time."""

    def run_trial_cells(self) -> None:
        """Run cells before any fork, because the first one loads modules."""
        shell: Any = self.shell
        kept = [(names, dict(names)) for names in (shell.user_ns, shell.user_ns_hidden)]
        loop = asyncio.new_event_loop()

        async def run_cells() -> None:
            IOLoop.current()
            for _ in range(TRIAL_CELLS):
                await self.do_execute("1", silent=False, store_history=False)

        loop.run_until_complete(run_cells())
        loop.close()
        shell.displayhook.flush()
        for names, before in kept:
            names.clear()
            names.update(before)

    def live(self, line: Connection) -> None:
        """Serve the pipe until the other side closes it."""
        self.line.pid = os.getpid()
        self.line.line = line
        self._take_streams()
        asyncio.set_event_loop(loop := asyncio.new_event_loop())
        loop.run_until_complete(self._serve(line, loop))

    def _take_streams(self) -> None:
        raws = {name: Raw(number) for name, number in (("stdout", 1), ("stderr", 2))}
        out, err = (Stream(self.session, name, raw) for name, raw in raws.items())
        out.others, err.others = (err,), (out,)
        sys.stdout, sys.stderr = out, err

    async def _serve(self, line: Connection, loop: asyncio.AbstractEventLoop) -> None:
        self.io_loop = IOLoop.current()
        asked: asyncio.Queue[bytes | None] = asyncio.Queue()

        def receive() -> None:
            try:
                asked.put_nowait(line.recv_bytes())
            except (EOFError, OSError):
                loop.remove_reader(line.fileno())
                asked.put_nowait(None)

        loop.add_reader(line.fileno(), receive)
        self.line.send(None, "hello", {"language_info": self.language_info})
        while (request := await asked.get()) is not None:
            await self._answer(json_unpacker(request))

    async def _answer(self, message: dict[str, Any]) -> None:
        """Handle a request as ipykernel does: busy, the work, idle."""
        self.set_parent([], message)
        self.line.send(None, "status", {"execution_state": "busy"}, parent=message)
        if message["msg_type"] in COMMS:
            getattr(self.comm_manager, message["msg_type"])(None, None, message)
        else:
            await self.execute_request(None, [], message)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.line.send(None, "status", {"execution_state": "idle"}, parent=message)


def prepare_process() -> None:
    """Set up this process as ipykernel does before it loads anything."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    without_debugger()


def without_debugger() -> None:
    """Load ipykernel without debugpy, which is not used here and slow to load."""
    modules: dict[str, Any] = sys.modules
    debugger = modules.setdefault("debugpy", None)
    import_module("ipykernel.debugger")
    if debugger is None:
        del modules["debugpy"]


def run_kernel(line: Connection, kernel: WarmKernel | None) -> None:
    """Be a kernel, in a process just forked; never returns."""
    status, outside = 1, os.dup(2)
    try:
        _start_afresh(ready=kernel is not None)
        (kernel or WarmKernel.instance()).live(line)
        status = 0
        atexit._run_exitfuncs()  # those of the notebook: the others were cleared
    except BaseException:
        with suppress(OSError):
            os.write(outside, traceback.format_exc().encode())
    finally:
        os._exit(status)


def _start_afresh(*, ready: bool) -> None:
    """Reset what a fork inherits: random state, signals, exit hooks, path, arguments.

    A process that only forks has loaded nothing from elsewhere: there the modules, whose pages of
    memory a look at each would copy, are left alone.
    """
    atexit._clear()
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):  # the forking program's own handler
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    prepare_process()
    logging.root.handlers.clear()  # the forking program may have set up logging
    logging.root.setLevel(logging.WARNING)
    random.seed()
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed()
    if (pyplot := sys.modules.get("matplotlib")) is not None:
        pyplot.rcParams["backend"] = os.environ["MPLBACKEND"]
    if (pandas := sys.modules.get("pandas")) is not None and not pandas.options.display.max_columns:
        pandas.options.display.max_columns = 20  # its value where there is no terminal
    sys.path[:] = new_path()
    if not ready:
        _forget_strangers()
    for name in ("tqdm.auto", "tqdm.autonotebook"):  # they have chosen a terminal's bar
        sys.modules.pop(name, None)
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [(launcher and launcher.origin) or "", *_launched_with()]
    here: Any = SimpleNamespace(ignore_cwd=False)
    InteractiveShellApp.init_path(here)


def _forget_strangers() -> None:
    """Forget modules that a new interpreter would not find where they were found.

    The forking program may be a script with modules of its own beside it.
    """
    places = tuple(f"{folder}{os.sep}" for folder in sys.path)
    own = {name: module for name, module in sys.modules.items() if "." not in name}
    for name, module in own.items():
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        if not Path(origin).is_absolute() or origin.startswith(places):
            continue
        found = (finder.find_spec(name, None) for finder in sys.meta_path)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is None or spec.origin != origin:
            for loaded in [key for key in sys.modules if key.partition(".")[0] == name]:
                del sys.modules[loaded]


@cache
def new_path() -> tuple[str, ...]:
    """The search path that this interpreter begins with, without the current folder."""
    command = [sys.executable, "-P", "-c", "import json, sys; print(json.dumps(sys.path))"]
    asked = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return tuple(json.loads(asked.stdout))


def _launched_with() -> list[str]:
    """The arguments that nbclient gives a kernel, for notebooks that read them."""
    return [
        "-f",
        str(Path(gettempdir()) / f"{uuid4()}.json"),
        "--HistoryManager.hist_file=:memory:",
    ]
