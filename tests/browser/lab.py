"""A JupyterLab of the tests' own, and a notebook open in it.

The server has its own configuration, data and runtime folders, so nothing of this machine's user
takes part. Notebooks are copies: Lab saves as it goes. Nothing sleeps; everything waits for a
condition in the page.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

TOKEN = "tests"
PATIENCE_MS = 60_000
"""How long a page may take for anything: on a busy machine a kernel needs 20 seconds for what it
does in two. Only a test that fails waits that long."""
READY = "() => window.jupyterapp?.shell?.currentWidget?.context?.isReady"
SESSION = """() => {
  const session = window.jupyterapp.shell.currentWidget.context.sessionContext;
  return session.isReady && session.session?.kernel?.status === 'idle';
}"""
IDLE = """() => {
  // every code cell has run, or one has failed and Lab has given up on the rest
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = panel.content.model.cells;
  let ran = 0, code = 0;
  for (let n = 0; n < cells.length; n++) {
    const cell = cells.get(n);
    if (cell.type !== 'code') continue;
    code++;
    if (cell.executionCount !== null) ran++;
  }
  const failed = document.querySelector(
    '.jp-OutputArea-output.jp-mod-error, [data-mime-type="application/vnd.jupyter.stderr"]');
  return code > 0 && (ran === code || failed)
    && panel.context.sessionContext.session?.kernel?.status === 'idle';
}"""
INSTEAD = """async (path) => {
  const { shell, commands } = window.jupyterapp, before = shell.currentWidget;
  await before.context.save();
  await before.context.sessionContext.shutdown();
  before.dispose();
  const widget = await commands.execute('docmanager:open', { path });
  await widget.context.ready;
  shell.activateById(widget.id);
}"""

# The kernel is done before the page is: resolves when nothing has been added or taken for 0.3 s.
QUIET = """() => new Promise((resolve) => {
  let timer;
  const observer = new MutationObserver(() => start());
  const done = () => { observer.disconnect(); resolve(true); };
  const start = () => { clearTimeout(timer); timer = setTimeout(done, 300); };
  observer.observe(document.body, { subtree: true, childList: true });
  start();
})"""


@dataclass
class Lab:
    """A running server: its address, the folder it serves, the learner's home."""

    port: int
    root: Path
    home: Path

    def url(self, name: str) -> str:
        """The address of a notebook, on its own, in a fresh workspace."""
        return f"http://127.0.0.1:{self.port}/doc/tree/{name}?token={TOKEN}&reset"


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the server speaks yet."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
        try:
            connection.request("GET", f"/api/status?token={TOKEN}")
            return connection.getresponse().status == 200
        except OSError:
            return False


def settings(folder: Path) -> Path:
    """Lab's settings: no question about news, which would lie over the page; every cell in the
    page, none taken out for being off the screen.
    """
    own = folder / "settings" / "@jupyterlab"
    for name, text in (
        ("apputils-extension/notification", '{"fetchNews": "false"}'),
        ("notebook-extension/tracker", '{"windowingMode": "none"}'),
    ):
        file = own / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(text)
    return folder / "settings"


def serve(folder: Path) -> Iterator[Lab]:
    """Start a Lab on an empty folder; stop it when done."""
    root, port = folder / "root", free_port()
    root.mkdir()
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA")}
    home = folder / "home"
    env = {
        **os.environ,
        **own,
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings(folder)),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
        "WORKBOOK_HOME": str(home),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
    ]
    command += [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.extension_manager=readonly", "--LabApp.news_url="]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    log = (folder / "lab.log").open("w")
    server = subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log)
    try:
        wait_until_it_answers(server, port, folder / "lab.log")
        yield Lab(port, root, home)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


def wait_until_it_answers(server: Any, port: int, log: Path) -> None:
    """Return when the server speaks; fail with its log when it has ended or takes a minute."""
    for _ in range(600):
        if answers(port):
            return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"JupyterLab ended: {log.read_text()[-2000:]}")
    pytest.fail(f"JupyterLab did not answer: {log.read_text()[-2000:]}")


@dataclass
class Notebook:
    """A notebook open in Lab, in a page of the browser."""

    page: Any
    lab: Lab
    file: Path

    def open(self) -> Notebook:
        """Load it and wait for its kernel."""
        self.page.goto(self.lab.url(self.file.name))
        self.page.wait_for_function(READY)
        self.page.wait_for_function(SESSION)
        self.page.evaluate(QUIET)
        return self

    def then(self, source: Path) -> Notebook:
        """Close it and open a copy of another in the same Lab, and wait for its kernel."""
        copy = self.file.with_name(f"{self.file.stem}-{source.name}")
        shutil.copyfile(source, copy)
        self.page.evaluate(INSTEAD, copy.name)
        self.page.wait_for_function(SESSION)
        self.page.evaluate(QUIET)
        return Notebook(self.page, self.lab, copy)

    def command(self, name: str, **arguments: Any) -> None:
        """Run one of Lab's commands, not waiting for what it imports."""
        script = "([name, args]) => { window.jupyterapp.commands.execute(name, args); }"
        self.page.evaluate(script, [name, arguments])

    def run_all(self) -> Notebook:
        """Run every cell and wait until the kernel has done the last one."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(IDLE, timeout=180_000)
        self.page.evaluate(QUIET)
        return self

    def restart(self) -> Notebook:
        """A new kernel, without the dialog; outputs are cleared, as a learner would."""
        self.page.evaluate(
            "async () => { const panel = window.jupyterapp.shell.currentWidget;"
            " for (const cell of panel.content.widgets) {"
            "   if (cell.model.type === 'code') { cell.model.clearExecution(); } }"
            " await panel.context.sessionContext.session.kernel.restart(); }"
        )
        self.page.wait_for_function(SESSION)
        return self

    def save(self) -> Notebook:
        """Write the notebook to its file."""
        self.page.evaluate("async () => window.jupyterapp.shell.currentWidget.context.save()")
        return self

    def shut_down(self) -> Notebook:
        """Save, then end the kernel."""
        self.save()
        self.page.evaluate(
            "async () => window.jupyterapp.shell.currentWidget.context.sessionContext.shutdown()"
        )
        return self

    @property
    def errors(self) -> list[str]:
        """What went wrong in any cell, as Lab shows it."""
        return list(
            self.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').all_inner_texts()
        ) + list(self.page.locator(".jp-OutputArea-output.jp-mod-error").all_inner_texts())
