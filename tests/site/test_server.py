"""The small server: the right types, its own folder only, this computer only."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import closing
from http.client import HTTPConnection
from urllib.request import urlopen

import pytest

from room.open_rooms import heeding_interrupts
from workbook.cli import main
from workbook.site.server import bind


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Ask the server of a folder for a path as it is written."""
    folder = tmp_path_factory.mktemp("around") / "site"
    folder.mkdir()
    (folder.parent / "secret.txt").write_text("secret")
    for name in ("index.html", "a.mjs", "a.js", "a.wasm", "a.whl", "a.json", "b.css", "plain"):
        (folder / name).write_text(name)
    (folder / "empty").mkdir()
    with bind(folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        assert server.server_address[0] == "127.0.0.1"

        def asked(path, method="GET"):
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.putrequest(method, path, skip_host=True)
                connection.endheaders()
                answer = connection.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read().decode()

        yield asked
        server.shutdown()


def test_each_file_has_its_type(ask):
    """A browser runs a module and compiles a program only under the right type."""
    for name, kind in {
        "a.mjs": "text/javascript",
        "a.js": "text/javascript",
        "a.wasm": "application/wasm",
        "a.whl": "application/zip",
        "a.json": "application/json",
        "b.css": "text/css",
        "plain": "application/octet-stream",
        "": "text/html; charset=utf-8",
    }.items():
        status, headers, text = ask(f"/{name}")
        assert (status, headers["Content-type"]) == (200, kind)
        assert text == (name or "index.html")
        assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/a/../../secret.txt"),
        *("/....//secret.txt", "/empty/", "/empty/..%5c..%5csecret.txt", "//etc/passwd", "/%00"),
    ],
)
def test_nothing_outside_the_folder_is_served(ask, path):
    """Neither a file above it nor the listing of a folder."""
    status, _, text = ask(path)
    assert status in (400, 404)
    assert "secret" not in text or "secret.txt" in path
    assert "root:" not in text


def test_nothing_can_be_written(ask):
    """The server only gives."""
    for method in ("POST", "PUT", "DELETE"):
        assert ask("/a.json", method)[0] == 501


def site_folder(tmp_path):
    """The least that is a site."""
    runtime = {"name": "numpy", "version": "2.4.6", "file_name": "https://example.org/v1/numpy.whl"}
    own = {"name": "tqdm", "version": "4.70", "file_name": "tqdm.whl"}
    folder = tmp_path / "made"
    for lab in ("lab", "lab-zh", "wheels"):
        (folder / lab).mkdir(parents=True)
        (folder / lab / "index.html").write_text("x")
    packages = {"packages": {"numpy": runtime, "tqdm": own}}
    (folder / "wheels" / "pyodide-lock.json").write_text(json.dumps(packages))
    return folder


def test_the_command_says_what_a_site_is(tmp_path, capsys):
    """Its size, what the runtime brings, from where; as JSON, too. No site: what makes one."""
    folder = site_folder(tmp_path)
    assert main(["site", str(folder), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "1 wheels" in said
    assert "numpy 2.4.6" in said
    assert "https://example.org/v1" in said
    assert main(["site", str(folder), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["runtime"] == {"numpy": "2.4.6"}
    assert data["below_the_floors"] == []
    assert main(["site", str(tmp_path), "--lang", "en"]) == 2
    assert "make site" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["99999", "x"])
def test_a_port_that_is_none_is_a_sentence(tmp_path, capsys, port):
    """As everywhere on the command line."""
    assert main(["site", str(site_folder(tmp_path)), "--serve", "--port", port]) in (1, 2)
    assert "port" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_the_command_serves_until_it_is_interrupted(tmp_path):
    """The address is printed, the page is there, Ctrl+C ends it without a traceback."""
    command = [sys.executable, "-m", "workbook", "site", str(site_folder(tmp_path)), "--serve"]
    command += ["--port", "0", "--lang", "en"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, preexec_fn=heeding_interrupts) as server:
        lines = iter(server.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\S+", line)))
        with urlopen(f"{address}lab/index.html", timeout=20) as answer:
            assert answer.read() == b"x"
        server.send_signal(signal.SIGINT)
        rest, errors = server.communicate(timeout=30)
    assert (server.returncode, rest, errors) == (0, "", "")
