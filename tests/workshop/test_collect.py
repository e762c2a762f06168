"""Collecting a class: what counts, what does not, and nothing run, changed or lost."""

from __future__ import annotations

import csv
import errno
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom import FORK, entry, hand_in
from workbook.cli import main
from workbook.errors import InputError, WorkError
from workbook.words import Words
from workbook.workshop.class_table import table
from workbook.workshop.collect import DATA, DESK, PLANS, TABLE, WALL, collect
from workbook.workshop.hand_in import HandIn, read_hand_in, receipt
from workbook.workshop.inbox import received_files
from workbook.workshop.watching import watch

W = Words("en")


def states(folder):
    return {received.file: received.state for received in received_files(folder)}


def as_it_is(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


# The hand-in


def test_a_receipt_is_made_from_the_content():
    """The same content has the same receipt; any other content another one."""
    one = entry(1)
    assert one.receipt == entry(1).receipt
    assert one.whole
    assert not one.model_copy(update={"next_test": "Another one."}).whole
    assert len({entry(n).receipt for n in range(60)}) == 60


def test_a_receipt_can_be_read_aloud():
    """Two groups of four signs, none of which is taken for another."""
    for n in range(30):
        signs = receipt(entry(n)).replace("-", "")
        assert len(signs) == 8
        assert not set(signs) & set("ILOU")


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_hand_in_comes_back_as_it_was(name, test):
    """Written and read again, whatever the name is made of, it is the same and its receipt fits."""
    made = HandIn(person="p", made="2026", name=name, next_test=test)
    text = made.sealed().text().encode("utf-8", "surrogatepass")
    back = read_hand_in(text, "file") if "\\ud" not in repr(name + test) else made.sealed()
    assert back == made.sealed()
    assert back.whole


@given(st.binary(max_size=400))
def test_no_bytes_are_read_as_more_than_a_fault(data):
    """Whatever is in a file is a hand-in or a fault in a sentence, never a traceback."""
    with pytest.raises(InputError) as caught:
        read_hand_in(data, "file")
    assert caught.value.faults


# The folder


def test_the_later_of_two_hand_ins_by_one_person_counts(tmp_path):
    """The earlier one is reported as older and keeps its file."""
    hand_in(tmp_path, entry(1, minute=1), "a.json")
    hand_in(tmp_path, entry(1, minute=2), "b.json")
    assert states(tmp_path) == {"a.json": "older", "b.json": "counted"}


def test_a_copy_counts_once(tmp_path):
    """The same hand-in in two folders is one person."""
    hand_in(tmp_path / "one", entry(1))
    hand_in(tmp_path / "two", entry(1))
    assert sorted(states(tmp_path).values()) == ["copy", "counted"]


def test_a_changed_file_is_counted_and_reported(tmp_path):
    """Its receipt no longer fits, so that is reported; the answers are not thrown away."""
    path = hand_in(tmp_path, entry(1), "a.json")
    path.write_text(path.read_text("utf-8").replace("Monday", "Tuesday"), "utf-8")
    assert states(tmp_path) == {"a.json": "altered"}
    assert len(collect(tmp_path, tmp_path.parent / "out", W).answers) == 1


def test_a_changed_file_does_not_push_a_whole_one_aside(tmp_path):
    """Somebody else's later edit of a file does not replace what the person handed in."""
    hand_in(tmp_path, entry(1, minute=1), "a.json")
    forged = entry(1, minute=2).model_copy(update={"name": "Somebody else"})
    hand_in(tmp_path, forged, "b.json")
    assert states(tmp_path) == {"a.json": "counted", "b.json": "older"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2",
        b"null",
        b"[]",
        b'{"workbook_entry": 2}',
        b'{"workbook_entry": 1}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"workbook_entry": 1, "person": "p", "made": "x", "bets": {"a": 1}}',
        b'{"workbook_progress": 1}',
        b"x" * 2_000_000,
    ],
)
def test_a_torn_or_foreign_file_is_reported_and_the_rest_counts(tmp_path, content):
    """One bad file costs one row."""
    (tmp_path / "bad.json").write_bytes(content)
    hand_in(tmp_path, entry(1), "good.json")
    assert states(tmp_path) == {"bad.json": "damaged", "good.json": "counted"}


def test_pipes_and_links_are_not_followed(tmp_path):
    """A pipe would wait for ever, a link may lead anywhere: neither is opened."""
    inbox = tmp_path / "inbox"
    outside = hand_in(tmp_path / "elsewhere", entry(2))
    hand_in(inbox, entry(1), "good.json")
    os.mkfifo(inbox / "pipe.json")
    (inbox / "link.json").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    assert states(inbox) == {
        "good.json": "counted",
        "pipe.json": "damaged",
        "link.json": "damaged",
    }


def test_a_chain_that_cannot_be_read_leaves_the_bets(tmp_path):
    """The bet of anyone who handed in a broken chain is on the wall all the same."""
    broken = entry(1).model_copy(update={"plan": "plan: 1\nid: x\ngoal: nowhere\n"}).sealed()
    hand_in(tmp_path, broken)
    (answer,) = collect(tmp_path, tmp_path.parent / "out", W).answers
    assert answer.chain is None
    assert answer.problem is not None
    assert set(answer.bets) == {FORK}


def test_made_up_forks_and_options_are_left_out(tmp_path):
    """A bet on what no case asks never reaches the wall, however it is written."""
    stakes = {
        "<img src=x onerror=alert(1)>": {"choice": "yes", "confidence": 0.9},
        FORK: {"choice": "no-such-way", "confidence": 0.9},
    }
    hand_in(tmp_path, HandIn(person="p", made="2026", bets=stakes).sealed())
    (answer,) = collect(tmp_path, tmp_path.parent / "out", W).answers
    assert answer.bets == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_mail_and_editors_leave_in_a_file_changes_nothing(tmp_path, encoding):
    """A byte order mark, UTF-16, other line ends: the hand-in is whole, its receipt fits."""
    text = entry(1).text().replace("\n", "\r\n")
    (tmp_path / "a.workbook.json.txt").write_bytes(text.encode(encoding))
    assert states(tmp_path) == {"a.workbook.json.txt": "counted"}


def test_a_clock_that_is_wrong_does_not_decide_what_is_later(tmp_path):
    """The second hand-in of a person counts, though their clock was set back in between."""
    ahead = entry(1).model_copy(update={"made": "2999-01-01T00:00:00+00:00"}).sealed()
    hand_in(tmp_path, ahead, "a.json")
    hand_in(tmp_path, entry(1).model_copy(update={"edition": 2}).sealed(), "b.json")
    assert states(tmp_path) == {"a.json": "older", "b.json": "counted"}


def test_a_name_that_changed_is_reported(tmp_path):
    """A corrected name replaces the other; in case these are two people the desk says so."""
    hand_in(tmp_path, entry(1), "a.json")
    other = entry(1).model_copy(update={"edition": 2, "name": "Li\x1b[31m"}).sealed()
    hand_in(tmp_path, other, "b.json")
    text = collect(tmp_path, tmp_path.parent / "out", W).text(W)
    assert "“Participant 1” is called “Li" in text
    assert "\x1b" not in text


def test_odd_file_names_are_shown_in_one_line(tmp_path):
    """Line ends, escape sequences and signs that turn a line round stand as their numbers."""
    for n, name in enumerate(("a\nb.json", "\x1b[31mred.json", "\u202egnp.json", "王.json")):
        hand_in(tmp_path, entry(n), name)
    found = received_files(tmp_path)
    assert all(received.file.isprintable() for received in found)
    assert {received.state for received in found} == {"counted"}
    assert "王.json" in {received.file for received in found}


def test_the_folders_of_a_hub_are_collected_as_they_are(tmp_path):
    """Each participant's own folder holds progress and a wall beside the hand-in: no noise."""
    for n in range(3):
        home = tmp_path / f"user-{n}"
        hand_in(home / "hand-in", entry(n))
        (home / "progress.json").write_text('{"workbook_progress": 1}')
        (home / "wall.json").write_text("{}")
        (home / "hand-in" / ".draft-my-chain.json").write_text("{}")
    assert set(states(tmp_path).values()) == {"counted"}
    assert len(states(tmp_path)) == 3


def test_a_packed_file_is_reported(tmp_path):
    """What a learning platform hands out is unpacked first; it is not silently passed by."""
    (tmp_path / "class.zip").write_bytes(b"PK")
    (found,) = received_files(tmp_path)
    assert found.state == "damaged"
    assert "unpack" in str(found.why)


def test_a_folder_that_cannot_be_opened_is_reported(tmp_path, monkeypatch):
    """Hand-ins that lie in it are missing, so it is no silent matter."""
    hand_in(tmp_path, entry(1), "good.json")
    (tmp_path / "closed").mkdir()
    scan = os.scandir

    def refused(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert states(tmp_path) == {"good.json": "counted", "closed": "damaged"}


def test_a_chain_that_breaks_the_player_costs_nobody_else(tmp_path, monkeypatch):
    """Whatever one chain does, it is reported in its own row."""

    def breaks(*_, **__):
        raise ZeroDivisionError("odd")

    hand_in(tmp_path, entry(77))
    monkeypatch.setattr("workbook.workshop.inbox.play", breaks)
    (answer,) = collect(tmp_path, tmp_path.parent / "out", W).answers
    assert "ZeroDivisionError" in str(answer.problem)


# The class


@pytest.mark.thorough
def test_sixty_files_become_a_table(tmp_path):
    """Copies, old versions and damage among them; nothing in the folder is changed."""
    inbox = tmp_path / "inbox"
    for n in range(48):
        hand_in(inbox, entry(n, minute=5))
    for n in range(6):
        hand_in(inbox, entry(n, seed=2, minute=1), f"old-{n}.json")
        (inbox / f"torn-{n}.json").write_bytes(b'{"workbook_entry": 1, "pers')
    before = as_it_is(inbox)
    collected = collect(inbox, tmp_path / "out", W)
    assert len(collected.answers) == 48
    assert len(collected.received_files) == 60
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.iterdir()
    }


def test_an_enormous_chain_holds_up_nobody(tmp_path):
    """It is reported as too large before it is read; the others are played."""
    lines = "\n".join(f"  - {{id: m{n}, weeks: 1}}" for n in range(1_000))
    vast = f"plan: 1\nid: own\ngoal: m1\ncash: 1\nmilestones:\n{lines}\n"
    hand_in(tmp_path, entry(1).model_copy(update={"plan": vast}).sealed())
    (answer,) = collect(tmp_path, tmp_path.parent / "out", W).answers
    assert answer.chain is None
    assert "too large" in str(answer.problem)


def test_a_full_disk_is_reported_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    """A watched wall tries again every few seconds: no try leaves a file behind."""
    hand_in(tmp_path / "in", entry(1))

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkError, match="No space left"):
        collect(tmp_path / "in", tmp_path / "out", W)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_one_who_waits_is_reported_as_one(tmp_path):
    """The terminal says “1 said”, and the wall says nothing of who it was."""
    for n in range(8):
        hand_in(tmp_path / "in", entry(n))
    assert collect(tmp_path / "in", tmp_path / "out", W).wall.waiting == 0
    before = (tmp_path / "out" / DATA).read_bytes()
    hand_in(tmp_path / "in", entry(8))
    assert "1 said something" in collect(tmp_path / "in", tmp_path / "out", W).text(W)
    after = json.loads((tmp_path / "out" / DATA).read_bytes())
    assert after == json.loads(before) | {"people": 9, "waiting": 1}


def test_the_table_runs_no_formula(tmp_path):
    """A name that a spreadsheet would run has an apostrophe before it."""
    evil = HandIn(person="p", made="2026", name="=cmd|' /C calc'!A0").sealed()
    hand_in(tmp_path, evil, "=1+1.json")
    out = tmp_path.parent / "out"
    collect(tmp_path, out, W)
    text = (out / TABLE).read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert row["name"].startswith("'=")
    assert row["file"].startswith("'=")
    assert (out / TABLE).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_table_keeps_no_sign_that_a_terminal_acts_on(tmp_path):
    """A name cannot colour, clear or retitle the terminal of anyone who looks at the table."""
    hand_in(
        tmp_path, HandIn(person="p", made="2026", name="a\x1b[2J\x07b\u0000").sealed(), "x.json"
    )
    collect(tmp_path, tmp_path.parent / "out", W)
    text = (tmp_path.parent / "out" / TABLE).read_text("utf-8-sig")
    assert "a[2Jb" in text
    assert not [sign for sign in text if ord(sign) < 32 and sign not in "\r\n"]


def test_the_chains_become_plans_that_reports_take(tmp_path):
    """Sixty chains of one name stay sixty; one that no longer counts is taken away, ours alone."""
    from workbook import cases

    inbox, plans = tmp_path / "in", tmp_path / "out" / PLANS
    for n in range(3):
        hand_in(inbox, entry(n))
    collect(inbox, tmp_path / "out", W)
    (plans / "own.yaml").write_text("the facilitator's own")
    hand_in(inbox, entry(0, seed=2).model_copy(update={"edition": 2}).sealed(), "later.json")
    given = collect(inbox, tmp_path / "out", W).answers
    found = sorted(plans.glob("chain-*.yaml"))
    assert len(found) == 3
    assert {path.stem for path in plans.iterdir()} == {path.stem for path in found} | {"own"}
    read = [cases.read(path).plan.model_copy(update={"id": "own"}) for path in found]
    assert all(answer.chain.plan in read for answer in given)


def test_who_is_at_which_step(tmp_path):
    """A step is the first that is not done."""
    begun = HandIn(person="p", made="2026", name="Early").sealed()
    hand_in(tmp_path, begun, "a.json")
    hand_in(tmp_path, entry(1), "b.json")
    rows = table(*_parts(collect(tmp_path, tmp_path.parent / "out", W)), W)
    assert [row["at_step"] for row in rows] == ["bet", "through"]


def _parts(collected):
    return collected.received_files, collected.answers


def test_a_watch_collects_again_only_when_something_came(tmp_path):
    """Three looks, one new file in between: two collections; the pages look again by themselves."""
    inbox, reported = tmp_path / "inbox", []
    hand_in(inbox, entry(1))
    acts = {1: lambda: hand_in(inbox, entry(2))}
    looked(
        inbox,
        tmp_path / "out",
        acts,
        lambda now: reported.append(len(now.answers)),
        reported.append,
    )
    assert reported == [1, 2]
    assert 'http-equiv="refresh" content="5"' in (tmp_path / "out" / WALL).read_text()


def looked(inbox, out, acts, tell, complain, looks=3):
    """Watch a folder for a number of looks; `acts` happen after the look with their number."""
    count = iter(range(looks))

    def wait(_):
        look = next(count)
        acts.get(look, lambda: None)()
        if look == looks - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(inbox, out, W, 5, tell, complain, wait)


def test_a_watched_wall_moves_by_five(tmp_path):
    """Who hands in alone cannot be read off the change; the desk shows them at once."""
    inbox, out, reported = tmp_path / "inbox", tmp_path / "out", []
    for n in range(10):
        hand_in(inbox, entry(n))

    def tell(now):
        reported.append(
            (now.wall.people, now.wall.waiting, sum(now.wall.votes[FORK].choices.values()))
        )

    acts = {
        0: lambda: hand_in(inbox, entry(10)),
        1: lambda: hand_in(inbox, entry(0, seed=3), "again.json"),
        2: lambda: [hand_in(inbox, entry(n)) for n in range(11, 15)],
    }
    looked(inbox, out, acts, tell, reported.append, looks=4)
    assert reported[0] == (10, 0, 8)
    assert reported[1] == (11, 1, 8)
    assert reported[-1] == (15, 0, 12)
    assert "Participant 10" in (out / DESK).read_text("utf-8")


def test_a_share_that_disappears_is_reported_once_and_waited_for(tmp_path):
    """The pages keep what they showed; when the folder is back the class is collected again."""
    inbox, out, reported, heard = tmp_path / "inbox", tmp_path / "out", [], []
    hand_in(inbox, entry(1))
    acts = {
        0: lambda: inbox.rename(tmp_path / "gone"),
        2: lambda: (tmp_path / "gone").rename(inbox),
    }
    looked(inbox, out, acts, lambda now: reported.append(len(now.answers)), heard.append, looks=5)
    assert reported == [1, 1]
    assert len(heard) == 1
    assert "Looking again every 5 s" in heard[0]
    assert (out / WALL).is_file()


def test_a_watch_of_no_folder_ends_at_once(tmp_path, capsys):
    """A mistyped name is a fault of the input, not something to wait for."""
    assert main(["collect", str(tmp_path / "nowhere"), "--watch", "1"]) == 2
    assert "not a folder" in capsys.readouterr().err


def test_a_watch_that_is_interrupted_says_so(tmp_path, capsys, monkeypatch):
    """Ctrl+C: exit code 130 and a sentence; with --json each look is one line of its own."""
    hand_in(tmp_path / "in", entry(1))

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupt)
    asked = ["collect", str(tmp_path / "in"), "--out", str(tmp_path / "w"), "--watch", "1"]
    assert main([*asked, "--json", "--lang", "en"]) == 130
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    assert json.loads(line)["states"] == {"counted": 1}
    assert "Interrupted" in said.err


# The command


def test_the_command_answers_in_json(tmp_path, capsys):
    """One object: files, states, steps, rows."""
    hand_in(tmp_path / "in", entry(1))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "w"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["states"] == {"counted": 1}
    assert found["rows"][0]["receipt"] == entry(1).receipt


def test_a_folder_that_is_none_is_reported(tmp_path, capsys):
    """Exit code 2 and a sentence."""
    assert main(["collect", str(tmp_path / "nowhere")]) == 2
    assert "not a folder" in capsys.readouterr().err


def test_a_wall_within_the_folder_is_no_hand_in(tmp_path, monkeypatch, capsys):
    """`workbook collect .` writes into ./wall, and passes it by when it looks again."""
    hand_in(tmp_path, entry(1), "a.json")
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["collect", ".", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["files"] == 1


def test_the_wall_is_never_written_among_the_hand_ins(tmp_path, capsys):
    """Nothing of ours comes into the participants' folder."""
    hand_in(tmp_path, entry(1))
    assert main(["collect", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "another folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data", "reported"),
    [
        ("p53.workbook.txt", None, ""),
        ("p53.workbook (1).json", None, ""),
        ("p53.workbook.json.txt", None, ""),
        ("p53", None, ""),
        ("my-chain.yaml", b"plan: 1\n", "this is a plan file"),
        ("07-take-part.ipynb", b"{}", "this is a notebook"),
        ("IMG_2041.HEIC", b"\x00\x01", "a picture"),
        (".p53.workbook.json.icloud", b"bplist00", "a cloud"),
        ("p53.workbook.json.crdownload", b"{", "not finished"),
        ("p53.workbook.json", b"", "it is empty"),
        ("notes.txt", b"my receipt is 7Q4K", "no hand-in"),
        ("class.zip", b"PK", "unpack it"),
    ],
)
def test_no_file_in_the_folder_vanishes(tmp_path, name, data, reported):
    """Whatever lies there counts or has a word that says what it is."""
    (tmp_path / name).write_bytes(entry(1).text().encode() if data is None else data)
    (received,) = received_files(tmp_path)
    assert received.counts == (not reported)
    assert reported in (W.message(received.why) if received.why else "")


def test_what_the_system_puts_beside_files_is_no_hand_in(tmp_path):
    """A list of window positions and a lock of an office program are not reported."""
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$class.xlsx", "progress.json"):
        (tmp_path / name).write_bytes(b"x")
    assert received_files(tmp_path) == ()
