"""`workbook lab --lang zh` in a real browser: Chinese menus around a Chinese notebook."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from browser.lab import TOKEN, free_port, wait_until_it_answers

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def chinese_lab(tmp_path, chromium):
    """The command as a learner gives it, without their browser; its address."""
    port, log = free_port(), tmp_path / "lab.log"
    names = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own = {f"JUPYTER_{name}": str(tmp_path / name.lower()) for name in names}
    own |= {f"JUPYTERLAB_{name}_DIR": str(tmp_path / name) for name in ("SETTINGS", "WORKSPACES")}
    env = {**os.environ, **own, "WORKBOOK_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "workbook", "lab", "--lang", "zh", "--", "--no-browser"]
    command += [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    with log.open("w") as out:
        streams = {"stdout": out, "stderr": out, "start_new_session": True}
        server = subprocess.Popen(command, env=env, **streams)
        try:
            wait_until_it_answers(server, port, log)
            yield f"http://127.0.0.1:{port}/?token={TOKEN}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)  # the command, and the Lab that it started
            server.wait(20)


def test_lab_speaks_chinese_around_a_chinese_notebook(chinese_lab, page):
    """The menus are Lab's own Chinese ones; the first notebook stands open, and no question does.

    The words that the notebook tells a learner to look for in the menu are there.
    """
    page.goto(chinese_lab)
    menu = page.locator(".lm-MenuBar-itemLabel")
    menu.first.wait_for()
    assert {"文件", "编辑", "运行"} <= set(menu.all_inner_texts())
    page.locator(".jp-Notebook h1").first.wait_for()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in page.locator("h1").first.inner_text())
    menu.get_by_text("运行", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text="运行所有单元格").first.wait_for()
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
