"""Anyone who ends `workbook lab` ends what it started: the server, its kernels, their files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from browser.lab import free_port

pytestmark = pytest.mark.slow

WORKBOOK = str(Path(sys.executable).with_name("workbook"))
TOKEN = "t0ken"
PATIENCE = 90
SERVERS = {
    "lab": ("lab", "--", "--no-browser", f"--IdentityProvider.token={TOKEN}"),
    "app": ("lab", "--app", "--", "--no-browser", f"--Voila.token={TOKEN}"),
}
UNSHARED = ("unshare", "--pid", "--fork", "--mount-proc")


def until(found, what):
    """What `found` gives, as soon as it gives something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.1)
    pytest.fail(f"waited in vain for {what}")


def _obedient():
    """Heed every signal, even if this test was started by something that ignores some (nohup)."""
    for name in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)


@pytest.fixture
def start(tmp_path):
    """Start a server in a folder of its own, have it run a kernel, and give all processes."""
    begun, port = [], free_port()

    def start(server, before=()):
        environment = {
            **os.environ,
            "WORKBOOK_HOME": str(tmp_path / "home"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
            "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        }
        command = [*before, WORKBOOK, *SERVERS[server], f"--port={port}"]
        with (tmp_path / "log").open("wb") as log:
            process = psutil.Popen(
                command, env=environment, cwd=tmp_path, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True, preexec_fn=_obedient,
            )  # fmt: skip
        begun.append(process)
        ask = {"lab": _kernel_of_lab, "app": _page_of_app}[server]
        until(lambda: ask(f"http://127.0.0.1:{port}"), f"the server: {_log(tmp_path)}")
        family = until(lambda: _with_kernel(process), "a kernel")
        begun.extend(family)
        return process, family

    yield start
    for process in begun:
        if process.is_running():
            process.kill()


def _kernel_of_lab(address):
    request = Request(
        f"{address}/api/kernels", b"{}", {"Authorization": f"token {TOKEN}"}, method="POST"
    )
    return _asked(request) is not None


def _page_of_app(address):
    return _asked(Request(f"{address}/?token={TOKEN}")) is not None


def _asked(request):
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            return answer.read()
    except OSError:
        return None


def _log(folder):
    return (folder / "log").read_text("utf-8", errors="replace")[-2000:]


def _with_kernel(process):
    family = process.children(recursive=True)
    return family if any(map(_is_kernel, family)) else None


def _is_kernel(process):
    try:
        return "ipykernel_launcher" in " ".join(process.cmdline())
    except psutil.Error:  # it ended while we looked
        return False


@pytest.mark.parametrize(
    ("name", "server"),
    [("SIGTERM", "lab"), ("SIGTERM", "app"), ("SIGHUP", "lab"), ("SIGINT", "app")],
)
def test_a_signal_to_the_command_leaves_nothing_behind(start, tmp_path, server, name):
    """The server ends, its kernels too, and no connection file of theirs is left."""
    process, family = start(server)
    process.send_signal(getattr(signal, name))
    process.wait(PATIENCE)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == [], _log(tmp_path)
    assert [file.name for file in tmp_path.glob("runtime/*.json")] == [], _log(tmp_path)


def needs_namespaces():
    """Skip where the system lets nobody make a namespace of processes."""
    if subprocess.run([*UNSHARED, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespaces of processes here")


@pytest.mark.parametrize("server", SERVERS)
def test_the_first_process_of_a_container_answers_sigterm(start, tmp_path, server):
    """As process 1, which the system ends by no signal that it has no answer to."""
    needs_namespaces()
    outer, family = start(server, UNSHARED)
    [first] = outer.children()
    first.send_signal(signal.SIGTERM)
    outer.wait(PATIENCE)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == [], _log(tmp_path)


def test_a_watch_as_the_first_process_answers_sigterm_too(tmp_path):
    """Not only the servers: any command that goes on until it is asked to end."""
    needs_namespaces()
    command = [*UNSHARED, WORKBOOK, "collect", ".", "--watch", "1"]
    with psutil.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as outer:
        assert outer.stdout.readline()
        [first] = outer.children()
        first.send_signal(signal.SIGTERM)
        assert outer.wait(PATIENCE) == 130


def test_a_server_that_does_not_end_is_killed(monkeypatch):
    """One that ignores what it is asked has its seconds and no more; the exit code tells."""
    from workbook import lab

    monkeypatch.setattr(lab, "SECONDS_TO_END", 0.1)
    monkeypatch.setattr(lab.sys, "stdin", None)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever started this test
    code = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "time.sleep(60)\n"
    )
    assert lab._run([sys.executable, "-c", code], dict(os.environ)) == 128 + signal.SIGKILL


def test_what_the_starter_ignores_stays_ignored():
    """Under nohup, the end of the terminal ends nothing."""
    from workbook import lab

    kept = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        code = "import os, signal; os.kill(os.getppid(), signal.SIGHUP)"
        assert lab._run([sys.executable, "-c", code], dict(os.environ)) == 0
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, kept)
