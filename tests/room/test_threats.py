"""The threats that docs/room.md names, one test each: its heading there is the test's name."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from classroom import entry
from room.open_rooms import ask, open_room, raw
from workbook.room import handlers, limits, room, server
from workbook.room.address import local_address
from workbook.room.limits import MOST_TRIES, MOST_TRIES_HERE, Connections, Quota, Tries
from workbook.room.open import opened_text
from workbook.workshop import link
from workbook.workshop.hand_in import HandIn
from workbook.workshop.link import RoomError, RoomLink, Sighting

HOSTILE = "<script>alert(1)</script>\u202e\u2066\x1b"
FORM = "Host: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
STRANGER = "192.168.7.7"
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def site(tmp_path):
    with open_room(tmp_path) as site:
        yield site


def code(site):
    return {"X_Room_Code": site.room.state.code}


def hand_in(site, made: HandIn, **headers):
    return ask(site, "hand-in", made.text().encode(), **(headers or code(site)))


def kept(site):
    return sorted(path.name for path in site.room.folder.iterdir())


def at_desk(site):
    return {"Cookie": f"room_desk={site.room.state.key}"}


def test_a_stranger_guesses_the_code_word(site):
    """Ten wrong words a minute from one computer, then even the right one waits; no file is kept.

    A word is compared in the same time however much of it is right, and typed as people do.
    """
    clock = [0.0]
    tries = Tries(lambda: clock[0])
    for _ in range(MOST_TRIES):
        assert tries.may_try(STRANGER)
        tries.was_wrong(STRANGER)
    assert not tries.may_try(STRANGER)
    assert tries.may_try("192.168.7.8")
    clock[0] = 61.0
    assert tries.may_try(STRANGER)
    assert ask(site, "hand-in", b"{}", X_Room_Code="000000").status == 403
    assert ask(site, "follow", b"{}").status == 403
    assert ask(site, "wall.json").status == 403
    for _ in range(MOST_TRIES_HERE):
        site.room.tries.was_wrong("127.0.0.1")
    assert hand_in(site, entry(1)).status == 429
    assert kept(site) == []
    word = site.room.state.code
    assert site.room.state.knows(f" {word[:3].lower()}-{word[3:].lower()}")
    assert "compare_digest" in server_source("state.py")


def server_source(name: str) -> str:
    return (Path(room.__file__).parent / name).read_text("utf-8")


def test_somebody_outside_the_classroom_connects(tmp_path):
    """Without `--network` only this computer reaches it; with it, the terminal says so."""
    with open_room(tmp_path / "here") as site:
        assert "Only this computer" in opened_text(site, False)
        assert site.address.startswith("http://127.0.0.1:")
        if (other := local_address()) != "127.0.0.1":
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((other, site.port), timeout=20)
    with open_room(tmp_path / "net", network=True) as site:
        said = opened_text(site, True)
        assert "Everybody on the local network reaches it" in said
        assert "not encrypted" in said


def test_a_participant_looks_for_names(site, monkeypatch):
    """Names are on the desk only: with its key, from this computer. Elsewhere there is nothing."""
    made = entry(1).model_copy(update={"name": "Wang Xiaoming", "own_id": "S-4711"}).sealed()
    assert hand_in(site, made).status == 200
    site.room.refresh()
    with_code = {"Cookie": f"room_code={site.room.state.code}"}
    pages = [ask(site, path, **with_code) for path in ("", "wall")]
    pages.append(ask(site, "wall.json", **code(site)))
    assert [page.status for page in pages] == [200, 200, 200]
    for page in pages:
        assert b"Wang" not in page.body
        assert b"4711" not in page.body
    for path in ("desk", "all", "join", f"desk?key={'x' * 22}"):
        assert ask(site, path, **with_code).status == 404
    assert b"Wang Xiaoming" in ask(site, "desk", **at_desk(site)).body
    assert b"Wang Xiaoming" in ask(site, "all", **at_desk(site)).body
    monkeypatch.setattr(handlers, "is_here", lambda address: False)
    assert ask(site, "desk", **at_desk(site)).status == 404
    assert ask(site, f"desk?key={site.room.state.key}").status == 404


def test_a_page_of_somebody_else_presses_the_desks_buttons(site):
    """The cookie alone opens no step: the desk's own page sends its key along, no other can."""
    body, form = b"step=reveal&to=open", "application/x-www-form-urlencoded"
    assert ask(site, "desk", body, Content_Type=form, **at_desk(site)).status == 403
    assert ask(site, "desk", body, Content_Type=form).status == 404
    own = f"key={site.room.state.key}&".encode() + body
    assert ask(site, "desk", own, Content_Type=form, **at_desk(site)).status == 303
    assert site.room.state.open == ("bet", "reveal")
    entered = ask(site, f"desk?key={site.room.state.key}")
    assert "HttpOnly" in entered.head
    assert "SameSite=Strict" in entered.head
    assert "frame-ancestors 'none'" in entered.head


def test_a_hand_in_carries_a_program(site):
    """It is data: a script in a name is text on the desk, and no page runs any script."""
    made = entry(1).model_copy(update={"name": HOSTILE, "next_test": HOSTILE}).sealed()
    assert hand_in(site, made).status == 200
    seen = Sighting(person="p2", name=HOSTILE, done=("bet", "<script>")).model_dump_json().encode()
    assert ask(site, "follow", seen, **code(site)).status == 200
    site.room.refresh()
    for path in ("desk", "all", "wall"):
        page = ask(site, path, **at_desk(site))
        assert b"<script" not in page.body
        assert not set("\u202e\u2066\x1b") & set(page.body.decode())
        assert "default-src 'none'" in page.head
        assert "script-src" not in page.head


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 100_000,
        b'{"workbook_entry": 1}',
        b"\xff\xfe\x00" * 9,
        b"PK\x03\x04" + b"x" * 500,
        json.dumps({"workbook_entry": 1, "person": ["p"], "made": 7}).encode(),
    ],
)
def test_a_hand_in_is_none(site, body):
    """What is no hand-in is refused with a status, nothing is written, and the room goes on."""
    assert ask(site, "hand-in", body, **code(site)).status == 400
    assert ask(site, "follow", body, **code(site)).status in (400, 413)
    assert kept(site) == []
    assert hand_in(site, entry(1)).status == 200


def test_a_hand_in_is_huge(site):
    """More than 1 MB is refused and nothing is written; far more is not even read."""
    assert ask(site, "hand-in", b" " * 1_000_001, **code(site)).status == 413
    reported = f"POST /hand-in HTTP/1.1\r\nHost: x\r\nX-Room-Code: {site.room.state.code}\r\n"
    assert raw(site, f"{reported}Content-Length: 900000000\r\n\r\n".encode()).status in (400, 413)
    assert raw(site, f"{reported}X: {'y' * 70_000}\r\n\r\n".encode()).status in (0, 400, 431)
    assert kept(site) == []


def test_a_request_is_not_one(site):
    """Contradicting lengths, other protocols and unknown ways get an error, and no more."""
    start = f"POST /hand-in HTTP/1.1\r\nHost: x\r\nX-Room-Code: {site.room.state.code}\r\n"
    for data in (
        f"{start}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        f"{start}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        f"{start}Content-Length: -1\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        "DELETE /desk HTTP/1.1\r\nHost: x\r\n\r\n",
        f"POST /file HTTP/1.1\r\n{FORM}Content-Length: 9\r\n\r\n--b\r\nabcd",
    ):
        assert raw(site, data.encode("latin-1")).status in (0, 400, 403, 404, 405, 411, 501)
    assert kept(site) == []
    assert ask(site, "").status == 200


def test_an_address_leads_out_of_the_room(site):
    """Only the room's own addresses exist: no file of the folders beside them."""
    for path in (
        "../private/desk.html",
        "wall/../../private/class.csv",
        "%2e%2e/private/room.json",
        "private/class.csv",
        "hand-ins",
        "wall.json/../desk",
        "//etc/passwd",
    ):
        assert ask(site, path, **code(site)).status == 404


def test_somebody_writes_over_anothers_hand_in(site):
    """A file is named after its content: the same receipt claimed again is a second file."""
    mine = entry(1)
    assert hand_in(site, mine).status == 200
    assert hand_in(site, mine).status == 200
    assert len(kept(site)) == 1
    forged = mine.model_copy(update={"next_test": "nothing"})  # with the receipt of mine
    assert hand_in(site, forged).status == 200
    assert len(kept(site)) == 2
    assert mine.text().encode() in [p.read_bytes() for p in site.room.folder.iterdir()]


def test_invented_people_fill_the_room(site, monkeypatch):
    """Eight people at one computer, forty hand-ins of one person; this machine counts for a hub."""
    quota = Quota()
    for n in range(limits.MOST_PEOPLE_AT_ONE):
        assert quota.may_hand_in(f"p{n}", STRANGER)
        quota.handed_in(f"p{n}", STRANGER)
    assert not quota.may_hand_in("one more", STRANGER)
    assert quota.may_hand_in("p0", STRANGER)
    assert quota.may_hand_in("one more", "192.168.7.8")
    assert quota.may_hand_in("one more", "127.0.0.1")
    monkeypatch.setattr(limits, "MOST_VERSIONS", 2)
    for n in range(2):
        assert hand_in(site, entry(1, minute=n)).status == 200
    assert hand_in(site, entry(1, minute=3)).status == 503
    assert hand_in(site, entry(2)).status == 200
    site.room.people.saw(Sighting(person="x" * 64))
    for n in range(2 * limits.MOST_PEOPLE):
        site.room.people.saw(Sighting(person=str(n)))
    assert len(site.room.people.present(())) == limits.MOST_PEOPLE


def test_a_client_never_finishes(tmp_path, monkeypatch):
    """A connection that says half of a request, or reads nothing, ends by itself."""
    monkeypatch.setattr(server, "CONNECTION_SECONDS", 0.3)
    with open_room(tmp_path) as site:
        start = f"POST /hand-in HTTP/1.1\r\nHost: x\r\nX-Room-Code: {site.room.state.code}\r\n"
        for half in ("", "GET / HT", start, f"{start}Content-Length: 500\r\n\r\n{{"):
            with socket.create_connection(("127.0.0.1", site.port), timeout=20) as opened:
                opened.sendall(half.encode())
                with suppress(ConnectionResetError):  # an end, too
                    assert opened.recv(100) == b""
        assert kept(site) == []


def test_connections_are_taken_from_the_others(tmp_path, monkeypatch):
    """One computer gets so many connections and no more; the next one is served still."""
    some = Connections()
    taken = [some.enter(STRANGER) for _ in range(limits.MOST_CONNECTIONS_FROM_ONE + 1)]
    assert taken == [True] * limits.MOST_CONNECTIONS_FROM_ONE + [False]
    assert some.enter("192.168.7.8")
    monkeypatch.setattr(limits, "MOST_CONNECTIONS", 3)
    with open_room(tmp_path) as site:
        idle = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(3)]
        full = socket.create_connection(("127.0.0.1", site.port), timeout=20)
        assert full.recv(10) == b""
        for opened in (*idle, full):
            opened.close()
        while ask(site, "").status != 200:  # until the room has noticed that they left
            pass


def test_the_disk_is_full(site, monkeypatch):
    """Without room on the disk there is no receipt and no half file: the notebook keeps its own."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(room.os, "fsync", full)
    refused = hand_in(site, entry(1))
    assert refused.status == 503
    assert b"receipt" not in refused.body
    assert kept(site) == []
    monkeypatch.undo()
    assert hand_in(site, entry(1)).status == 200


def test_a_hand_in_breaks_the_wall(site, monkeypatch):
    """Whatever happens while the wall is made, hand-ins are taken and the desk says why."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a chain of nothing")

    monkeypatch.setattr(room, "collect", broken)
    assert hand_in(site, entry(1)).status == 200
    site.room.refresh()
    assert b"the wall could not be made again" in ask(site, "desk", **at_desk(site)).body


def test_the_room_itself_is_hostile(monkeypatch):
    """A notebook that asks a wrong address waits no longer than a bound, reads no more, follows
    no redirect, and says in a sentence what it found.
    """
    monkeypatch.setattr(link, "SECONDS", 1.0)
    monkeypatch.setattr(link, "MOST_ANSWER", 50_000)
    ok = "HTTP/1.1 200 OK\r\n"
    for answer in (
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
        f"{ok}Content-Length: 4\r\n\r\nnull".encode(),
        f'{ok}Content-Length: 32\r\n\r\n{{"open": ["rm -rf"], "graded": 1}}'.encode(),
        f"{ok}\r\n".encode() + b"x" * 200_000,
        f"{ok}Content-Length: 99\r\n\r\n{{".encode(),
    ):
        with answering(answer) as port, pytest.raises(RoomError) as reported:
            RoomLink(f"http://127.0.0.1:{port}/", "000000").follow(Sighting(person="p"))
        assert str(reported.value)


class answering:  # noqa: N801 - read as a statement
    """A server that answers everything with the same bytes, and then waits."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    def __enter__(self) -> int:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = Thread(target=self._serve)
        self.thread.start()
        return self.socket.getsockname()[1]

    def _serve(self) -> None:
        opened, _ = self.socket.accept()
        with opened:
            opened.settimeout(5)
            try:
                opened.recv(65_536)
                opened.sendall(self.answer)
                if b"99" in self.answer:
                    opened.recv(1)
            except OSError:
                pass

    def __exit__(self, *_: object) -> None:
        self.thread.join(10)
        self.socket.close()


def test_every_threat_of_the_manual_has_its_test():
    """docs/room.md names a test for each threat, in both languages, and leaves none out."""
    here = set(re.findall(r"^def (test_\w+)\(", Path(__file__).read_text("utf-8"), re.M))
    here -= {"test_every_threat_of_the_manual_has_its_test"}
    for name in ("room.md", "room.zh.md"):
        named = set(re.findall(r"`(test_\w+)`", (DOCS / name).read_text("utf-8")))
        assert here <= named, here - named
        source = "".join(p.read_text("utf-8") for p in Path(__file__).parents[1].rglob("test_*.py"))
        assert all(f"def {test}(" in source for test in named)


def test_nothing_is_written_about_who_asked(site, capfd, caplog, monkeypatch):
    """The server keeps no log of requests: it would say who did what, and when.

    Nor of those that cannot be read; of a fault of our own it says what failed, not for whom.
    """
    hand_in(site, entry(1))
    ask(site, "nowhere")
    assert ask(site, "?code=%00%ff").status == 400
    form = {"Content_Type": "multipart/form-data"}
    assert ask(site, "file", b"--B\r\n", **form).status == 400
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(site, "", b"&".join(b"a%d=1" % n for n in range(9_000)), **form).status == 400
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []

    def fails(*_):
        raise OSError("of ours")

    monkeypatch.setattr(handlers.pages, "guest_page", fails)
    assert ask(site, "").status == 500
    assert "of ours" in caplog.text
    assert "127.0.0.1" not in caplog.text
