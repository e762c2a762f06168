"""A facilitator opens and closes steps, and the notebooks and pages follow."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from classroom import FORK, entry
from room.open_rooms import ask, open_room
from workbook.errors import InputError, WorkError
from workbook.files import locked
from workbook.lesson.panel import Panel
from workbook.lesson.progress import Bet, Progress
from workbook.room.address import qr_code
from workbook.room.open import open_room as open_a_room
from workbook.room.pages import desk, join_page, participant_page
from workbook.room.room import Room
from workbook.room.server import checked_base, serve
from workbook.room.state import STATE
from workbook.words import Words
from workbook.workshop import take_a_seat
from workbook.workshop.collect import PRIVATE
from workbook.workshop.following import Follower
from workbook.workshop.link import ROOM_STEPS, RoomLink, Sighting, read_link
from workbook.workshop.participant import Participant

W = Words("en")


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("WORKBOOK_HOME", str(folder))
    return folder


@pytest.fixture
def seat(home):
    """Somebody who has bet, and follows a room that is not there yet."""
    Progress(home).place(*FORK.split("/"), Bet("borrow", 0.8))
    seat = Participant(W, home, "my-chain")
    seat.follower = Follower(RoomLink("http://127.0.0.1:1/", "000000"), seat)
    return seat


def enter(seat: Participant, site) -> Follower:
    follower = seat.follower
    follower.link = RoomLink(site.address, site.room.state.code)
    return follower


def follow(follower: Follower) -> None:
    if follower.look():
        follower._call_listeners()


def test_a_bet_is_handed_in_by_one_click_and_waits_for_the_room(seat, home, tmp_path):
    """Without the room it is kept and said so; as soon as the room is there, it has it."""
    panel = seat.hand_in_bet()
    panel.controls[0].click()
    follow(seat.follower)
    assert "It is kept here, and sent again by itself." in panel.html
    assert seat.handed_in.is_file()
    with open_room(tmp_path) as site:
        again = Participant(W, home, "my-chain")  # another kernel, after a restart
        again.follower = Follower(RoomLink(site.address, site.room.state.code), again)
        again.follower.look()
        assert [p.name[:9] for p in site.room.folder.iterdir()] == [seat.draft.receipt]
        assert again.waiting is None
        assert "The room has it." in again._arrived()
        site.room.refresh()
        assert site.room.collected.answers[0].bets[FORK].choice == "borrow"


def test_a_notebook_follows_the_steps(seat, tmp_path):
    """A step that is closed shows a line; opened, its panel, in both versions; closed, a line."""
    with open_room(tmp_path) as site:
        follower = enter(seat, site)
        inner = Panel(W, lambda: "<p>three ways</p>")
        panel = seat.during("reveal", inner)
        panel._render()
        assert panel.live.children == (panel.view,)
        assert "three ways" not in panel.still()
        follow(follower)
        assert "has not opened this step yet" in panel.still()
        site.room.switch("reveal", is_open=True)
        follow(follower)
        assert panel.live.children == (inner.live,)
        assert "three ways" in panel.still()
        site.room.switch("reveal", is_open=False)
        follow(follower)
        assert panel.live.children == (panel.view,)
        assert "has closed this step" in panel.still()


def test_a_room_that_is_not_there_closes_nothing(seat):
    """Without a network the notebook is whole; without a room no panel is wrapped."""
    inner = Panel(W, lambda: "<p>three ways</p>")
    panel = seat.during("reveal", inner)
    _ = panel.live
    follow(seat.follower)
    assert "three ways" in panel.still()
    seat.follower = None
    assert seat.during("reveal", inner) is inner


def test_the_desk_sees_who_is_at_which_step(seat, tmp_path):
    """Before anybody has handed in: name, own number and step, as the notebook says them."""
    with open_room(tmp_path) as site:
        seat.keep(name="Wang", own_id="S-7")
        follow(enter(seat, site))
        (one,) = site.room.present()
        assert (one.name, one.own_id, one.step, one.here) == ("Wang", "S-7", "reveal", True)
        shown = ask(site, "desk", Cookie=f"room_desk={site.room.state.key}").body.decode()
        assert "Wang" in shown
        assert 'http-equiv="refresh"' in shown
        still = ask(site, "desk?still", Cookie=f"room_desk={site.room.state.key}").body.decode()
        assert 'http-equiv="refresh"' not in still
        assert "looking back at the bet" in shown


def test_hand_ins_wait_while_they_are_closed(seat, tmp_path):
    """A closed room refuses, the notebook keeps; opened again, it arrives without a click."""
    with open_room(tmp_path) as site:
        follower = enter(seat, site)
        site.room.switch("bet", is_open=False)
        panel = seat.hand_in_bet()
        panel.controls[0].click()
        follow(follower)
        assert "hand-ins are closed just now" in panel.html
        assert list(site.room.folder.iterdir()) == []
        site.room.switch("hand-in", is_open=True)
        follow(follower)
        assert "The room has it." in panel.html
        assert len(list(site.room.folder.iterdir())) == 1


def test_a_seat_follows_by_itself(home, tmp_path):
    """`take_a_seat(room=…)` asks in the background; a seat that is taken again replaces it."""
    with open_room(tmp_path) as site:
        line = f"{site.address} {site.room.state.code.lower()}"
        first = take_a_seat("en", room=line)
        seat = take_a_seat("en", room=line)
        assert first.follower._ended.is_set()
        heard = Event()
        seat.follower.tell(heard.set)
        while seat.follower.notice is None:
            heard.wait(0.1)
        assert seat.follower.notice.open == ("bet",)
        seat.follower.end()


def test_a_seat_finds_its_place_over_the_network(seat, tmp_path):
    """The wall's data comes from the room; without the room, from the file."""
    with open_room(tmp_path) as site:
        enter(seat, site)
        assert "No wall yet" in seat._place(tmp_path / "wall.json")
        site.room.refresh()
        assert "nothing yet to compare" in seat._place(tmp_path / "wall.json")


def test_a_file_is_handed_in_on_the_page(tmp_path):
    """Code word, file, receipt, without a script; what is no hand-in is refused in words."""
    with open_room(tmp_path) as site:
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        assert b"Code word" in ask(site, "").body
        assert ask(site, "", b"code=WRONG1", **form).status == 403
        entered = ask(site, "", f"code={site.room.state.code}".encode(), **form)
        assert entered.status == 303
        cookie = {"Cookie": f"room_code={site.room.state.code}"}
        assert b'type="file"' in ask(site, "", **cookie).body
        made = entry(1)
        for content, said in (
            (made.text().encode(), made.receipt),
            (b"not one", "this JSON file is incomplete"),
            (b"", "this JSON file is incomplete"),
        ):
            part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="../x.json"'
            body = part + b"\r\n\r\n" + content + b"\r\n--b--\r\n"
            kind = "multipart/form-data; boundary=b"
            assert said.encode() in ask(site, "file", body, Content_Type=kind, **cookie).body
            assert ask(site, "file", body, Content_Type=kind).status == 403
        (kept,) = site.room.folder.iterdir()
        assert kept.read_bytes() == made.text().encode()


def test_a_room_answers_below_a_path_behind_a_proxy(tmp_path):
    """On a hub: pages, cookies and redirects stay below the path; the desk needs its key alone."""
    public = "https://hub.example/services/room/"
    with open_room(tmp_path, base="services/room", address=public) as site:
        assert site.base == "/services/room/"
        entered = ask(site, f"?code={site.room.state.code}")
        assert "Location: /services/room/" in entered.head
        assert "Path=/services/room/" in entered.head
        way_in = ask(site, f"desk?key={site.room.state.key}")
        assert "Location: /services/room/desk" in way_in.head
        assert b'href="wall"' in ask(site, "desk", Cookie=f"room_desk={site.room.state.key}").body
        assert public in join_page(site.room, site.address)
        outside = site.base
        object.__setattr__(site, "base", "/")
        assert ask(site, "desk").status == 404
        object.__setattr__(site, "base", outside)
    for wrong in ("a b", "/x/../y z/", "<script>"):
        with pytest.raises(InputError):
            checked_base(wrong)


def test_the_way_in_is_short_and_drawn_here(tmp_path):
    """The projector shows address, code word, what to type in 07 and a QR code of the link; the
    page loads nothing.
    """
    with open_room(tmp_path) as site:
        page = join_page(site.room, site.address)
        code = site.room.state.code
        assert f"{code[:3]}-{code[3:]}" in page
        assert site.address in page
        assert "<img" not in page
        link = f"{site.address}?code={code}"
        assert qr_code(link) in page
        assert qr_code(link) != qr_code(site.address)
        assert read_link(link) == RoomLink(site.address, code)
        assert read_link(f"{site.address} {code[:3]}-{code[3:]}") == RoomLink(site.address, code)


@pytest.mark.parametrize(
    "line", ["", "192.168.1.20:8010", "192.168.1.20:x 7Q4-KM0", "ftp://a 7Q4KM0", "a:1 7Q4-KM", "x"]
)
def test_an_address_without_a_code_word_is_asked_for(line):
    """What was copied wrong from the board is said in a sentence with an example."""
    with pytest.raises(InputError, match="192"):
        read_link(line)


def test_a_room_is_the_same_after_a_restart(tmp_path):
    """Code word, desk and open steps are kept, for the facilitator's eyes; a torn file is said."""
    first = Room(tmp_path / "in", tmp_path / "out", W)
    first.switch("chain", is_open=True)
    file = tmp_path / "out" / PRIVATE / STATE
    assert file.stat().st_mode & 0o077 == 0
    again = Room(tmp_path / "in", tmp_path / "out", W)
    assert again.state == first.state
    assert again.state.open == ("bet", "chain")
    assert set(json.loads(file.read_text("utf-8"))["open"]) < set(ROOM_STEPS)
    file.write_text("{", "utf-8")
    with pytest.raises(InputError, match="code word cannot be read"):
        Room(tmp_path / "in", tmp_path / "out", W)


def in_a_thread(call, *values):
    """Call where no event loop runs: a browser test before this one leaves its own running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *values).result()


def test_a_port_that_is_taken_is_said(tmp_path):
    """The command names the port and what to do; no traceback."""
    room = Room(tmp_path / "in", tmp_path / "out", W)
    with (
        open_room(tmp_path / "one") as site,
        pytest.raises(WorkError, match="choose another with --port") as refused,
    ):
        in_a_thread(asyncio.run, serve(room, print, port=site.port))
    assert f"port {site.port} cannot be used" in str(refused.value)
    assert "(" not in str(refused.value)


def test_a_room_is_opened_once(tmp_path):
    """A second process on the same folder would undo the first one's wall: it is refused in a
    sentence, and the first goes on.
    """
    room = Room(tmp_path / "in", tmp_path / "out", W)
    with locked(room.out, wait=False), pytest.raises(WorkError, match="is open already"):
        in_a_thread(open_a_room, room, print, 0, False, "/", "")


def test_the_desk_keeps_its_columns_beside_long_names(tmp_path):
    """A name of 400 letters is shortened, spaces alone are shown as a dash, and the page of the
    participants has Chinese punctuation in Chinese.
    """
    with open_room(tmp_path, "zh") as site:
        for n, name in enumerate(("x" * 400, "  ")):
            site.room.people.saw(Sighting(person=f"p{n}", name=name))
        page = desk(site.room)
        assert f"<td>{'x' * 60}…</td>" in page
        assert "<td>–</td>" in page
        assert "<td>  </td>" not in page
        assert "下注：开着" in participant_page(site.room)
