"""One process at a time in a folder, and the lock goes with its holder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbook.files import LOCK, TakenError, locked

HOLD = (
    "import sys; from pathlib import Path; from workbook.files import locked\n"
    "with locked(Path(sys.argv[1]), wait=False):\n"
    "    print('held', flush=True); sys.stdin.read()\n"
)


def test_a_folder_is_locked_until_its_holder_is_gone_even_when_killed(tmp_path):
    """While another process holds it we hear so at once; a killed holder leaves nothing locked."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(TakenError), locked(tmp_path, wait=False):
            pass
        holder.kill()
        holder.wait(20)
        with locked(tmp_path, wait=False):
            assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    assert list(tmp_path.iterdir()) == []


COUNT = (
    "import sys; from pathlib import Path; from workbook.files import locked\n"
    "folder = Path(sys.argv[1]); count = folder.parent / 'count'\n"
    "for _ in range(50):\n"
    "    with locked(folder, wait=True):\n"
    "        count.write_text(str(int(count.read_text()) + 1))\n"
)


def test_a_lock_that_is_removed_at_its_release_still_lets_in_one_at_a_time(tmp_path):
    """Four processes count to two hundred together, and no count is lost."""
    (tmp_path / "count").write_text("0")
    (folder := tmp_path / "folder").mkdir()
    counters = [subprocess.Popen([sys.executable, "-c", COUNT, str(folder)]) for _ in range(4)]
    assert [counter.wait(120) for counter in counters] == [0] * 4
    assert (tmp_path / "count").read_text() == "200"
    assert list(folder.iterdir()) == []


def test_locking_asks_no_system_by_name():
    """No module of ours calls a lock that only one system has."""
    sources = Path(__file__).parents[1].joinpath("src").rglob("*.py")
    assert not [path for path in sources if "fcntl" in path.read_text("utf-8")]
