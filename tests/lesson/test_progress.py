"""What a learner has done is kept, whatever happens to the file."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest

from workbook.lesson.progress import FILE, Bet, Progress

CASE, FORK = "caffeine-lozenge", "cash-gap"


def placed(folder) -> Progress:
    progress = Progress(folder)
    progress.place(CASE, FORK, Bet("borrow", 0.7))
    return progress


def test_a_bet_outlives_the_kernel(tmp_path):
    """What one session places, the next one finds."""
    placed(tmp_path)
    bet = Progress(tmp_path).bet(CASE, FORK)
    assert (bet.choice, bet.confidence) == ("borrow", 0.7)
    assert bet.placed


def test_a_bet_may_change_until_its_outcome_is_shown(tmp_path):
    """Before the reveal a learner may think again; after it the bet stands."""
    progress = placed(tmp_path)
    progress.place(CASE, FORK, Bet("wait", 0.6))
    assert progress.bet(CASE, FORK).choice == "wait"
    progress.show(CASE, FORK)
    progress.place(CASE, FORK, Bet("borrow", 1.0))
    assert progress.bet(CASE, FORK).choice == "wait"


def test_nothing_counts_as_shown_without_a_bet(tmp_path):
    """Looking before betting leaves no mark that would freeze a later bet."""
    progress = Progress(tmp_path)
    progress.show(CASE, FORK)
    assert not progress.shown(CASE, FORK)


def test_two_notebooks_do_not_overwrite_each_other(tmp_path):
    """A change reads the file again before it writes."""
    one, other = Progress(tmp_path), Progress(tmp_path)
    one.place(CASE, FORK, Bet("borrow", 0.7))
    other.answer(CASE, "two-changes", {"a": 1}, right=False)
    assert Progress(tmp_path).bet(CASE, FORK).choice == "borrow"
    assert Progress(tmp_path).answers(CASE, "two-changes")[0]["right"] is False


@pytest.mark.slow
def test_two_notebooks_that_write_at_the_same_moment_lose_nothing(tmp_path):
    """Each change waits for the other: of hundreds made at once, every one is kept."""
    code = (
        "import sys; from pathlib import Path; from workbook.lesson.progress import Bet, Progress\n"
        "progress = Progress(Path(sys.argv[1]))\n"
        "for n in range(60):\n"
        "    progress.place('case', f'{sys.argv[2]}{n}', Bet('a', 0.5))\n"
        "    progress.answer('case', 'exercise', {'n': n}, right=True)\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "abc"
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    progress = Progress(tmp_path)
    assert len(progress.keys("bets")) == 180
    assert len(progress.answers("case", "exercise")) == 180
    assert {path.name for path in tmp_path.iterdir()} == {FILE}


def test_a_full_disk_leaves_no_scrap(tmp_path, monkeypatch):
    """When the new file cannot take its place the old one stands, and nothing else is left."""
    placed(tmp_path)
    before = (tmp_path / FILE).read_text()

    def full(*_, **__):
        raise OSError("no space left")

    monkeypatch.setattr("workbook.files.Path.replace", full)
    progress = Progress(tmp_path)
    progress.place(CASE, FORK, Bet("wait", 0.9))
    assert "until the kernel stops" in str(progress.notes[0])
    assert progress.bet(CASE, FORK).choice == "wait"
    assert (tmp_path / FILE).read_text() == before
    assert {path.name for path in tmp_path.iterdir()} == {FILE}


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "[]",
        "null",
        '{"workbook_progress": "one"}',
        '{"workbook_progress": 1, "bets": []}',
        "\udcff",
    ],
)
def test_a_damaged_file_is_kept_aside_and_said(tmp_path, damage):
    """A file that cannot be read is renamed, never lost, and a fresh one is begun."""
    (tmp_path / FILE).write_bytes(damage.encode("utf-8", "surrogateescape"))
    progress = placed(tmp_path)
    (aside,) = tmp_path.glob("progress.damaged-*.json")
    assert aside.read_bytes() == damage.encode("utf-8", "surrogateescape")
    assert str(aside) in str(progress.notes[0])
    assert Progress(tmp_path).bet(CASE, FORK).choice == "borrow"


def test_a_newer_file_is_left_alone(tmp_path):
    """A file of a later version is not touched; the bet lives in memory and a line says so."""
    text = json.dumps({"workbook_progress": 99, "bets": "of another shape"})
    (tmp_path / FILE).write_text(text)
    progress = placed(tmp_path)
    assert (tmp_path / FILE).read_text() == text
    assert progress.bet(CASE, FORK).choice == "borrow"
    assert "newer" in str(progress.notes[0])


def test_where_nothing_can_be_written_the_bet_lives_in_memory(tmp_path):
    """A home that is no folder (or read-only) costs the learner a line, not the bet."""
    (tmp_path / "home").write_text("a file stands in the way")
    progress = placed(tmp_path / "home")
    assert progress.bet(CASE, FORK).choice == "borrow"
    assert len(progress.notes) == 1
    assert "until the kernel stops" in str(progress.notes[0])


def test_no_half_written_file_is_ever_seen(tmp_path, monkeypatch):
    """When the rename fails the old file stands whole and no scrap is left beside it."""
    placed(tmp_path)
    before = (tmp_path / FILE).read_text()

    def full(self, target):
        raise OSError("no space left")

    monkeypatch.setattr("pathlib.Path.replace", full)
    Progress(tmp_path).place(CASE, FORK, Bet("wait", 0.9))
    assert (tmp_path / FILE).read_text() == before
    assert {path.name for path in tmp_path.iterdir()} == {FILE}


def test_the_file_is_the_learners_alone(tmp_path):
    """Nobody else on a shared machine reads what a learner bet."""
    placed(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) & 0o077 == 0
