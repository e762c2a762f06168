"""A learner's work leaves the browser and comes back whole, and a hostile file does nothing."""

from __future__ import annotations

import base64
import io
import json
import stat
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook.errors import WorkError
from workbook.site import notebooks
from workbook.site.editions import site_copy
from workbook.site.panel import brought_line, keeping
from workbook.site.work import MOST_BYTES, MOST_FILES, bring, own_files, pack
from workbook.words import Words

NAMES = ("progress.json", "plans/my-chain.yaml", "plans/a/b.yaml", "own-plans/progress.json")
W = Words("en")


def write(home, files):
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)


def read(home):
    return {file.relative_to(home).as_posix(): file.read_bytes() for file in own_files(home)}


def archive(*entries):
    """A zip file of pairs of a name, or an entry, and its bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue()


@given(files=st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200), min_size=1))
@examples(30)
def test_what_is_packed_comes_back_the_same(files, tmp_path_factory):
    """In another browser every file has its bytes; packed again, the archive is the same."""
    home, other = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("other")
    write(home, files)
    data = pack(home)
    brought = bring(data, other)
    assert (brought.files, brought.kept) == (len(files), ())
    assert read(other) == read(home) == files
    assert pack(other) == data


def test_only_a_learners_own_files_are_packed(tmp_path):
    """No case, no notebook as the site has it, nothing hidden; but a notebook they changed."""
    write(tmp_path, {"cases/x.yaml": b"c", ".secret/a.json": b"s", "plans/.part-1.yaml": b"h"})
    first, second, *_ = notebooks("en")
    folder = tmp_path / "notebooks" / "en"
    folder.mkdir(parents=True)
    (folder / first.name).write_text(site_copy(first), "utf-8")
    (folder / second.name).write_text(site_copy(second) + "\n", "utf-8")
    write(tmp_path, {"progress.json": b"{}"})
    assert set(read(tmp_path)) == {"progress.json", f"notebooks/en/{second.name}"}


def test_what_was_there_is_kept_under_another_name(tmp_path):
    """Also when it comes back a second time; the same bytes need no second file."""
    write(tmp_path, {"progress.json": b"old", "plans/p.yaml": b"same"})
    data = archive(("progress.json", b"new"), ("plans/p.yaml", b"same"))
    brought = bring(data, tmp_path)
    assert [file.name for file in brought.kept] == ["progress.before-1.json"]
    assert (tmp_path / "progress.before-1.json").read_bytes() == b"old"
    assert (tmp_path / "progress.json").read_bytes() == b"new"
    write(tmp_path, {"progress.json": b"newer"})
    assert [file.name for file in bring(data, tmp_path).kept] == ["progress.before-2.json"]
    assert bring(data, tmp_path).kept == ()


def link():
    entry = ZipInfo("plans/link.yaml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "name",
    [
        *("../progress.json", "plans/../../x.json", "/etc/x.json", "C:/x.json", "..\\x.json"),
        *("plans/.hidden.json", ".ipython/startup/a.py", "plans/run.py", "plans/x", "other/x.json"),
        *("cases/x.yaml", "lib.json", "plans/a\0b.json", "notebooks/en/x.ipynb/../../../y.json"),
        *("PLANS/../x.json", "progress.json/x", "plans/con:.yaml"),
    ],
)
def test_a_name_outside_a_learners_files_is_refused_whole(tmp_path, name):
    """Not one file of such an archive is written."""
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(WorkError):
        bring(archive(("progress.json", b"good"), (name, b"bad")), home)
    assert list(tmp_path.rglob("*")) == [home]


def test_a_link_is_written_as_the_text_that_it_is(tmp_path):
    """An entry that calls itself a link leads nowhere."""
    bring(archive((link(), b"/etc/passwd")), tmp_path)
    file = tmp_path / "plans" / "link.yaml"
    assert not file.is_symlink()
    assert file.read_bytes() == b"/etc/passwd"


def test_a_bomb_a_damaged_and_a_foreign_file_are_refused(tmp_path):
    """Too much, too many, cut off, flipped bits, no zip at all: a sentence, and nothing written."""
    bomb = archive(("plans/zero.json", bytes(MOST_BYTES + 1)))
    many = archive(*((f"plans/{n}.json", b"") for n in range(MOST_FILES + 1)))
    good = archive(("progress.json", b"x" * 1000))
    lying = bytearray(good)
    at = lying.rfind(b"PK\x01\x02") + 24
    lying[at : at + 4] = (5).to_bytes(4, "little")  # the stated size
    flipped = bytearray(good)
    flipped[40] ^= 255
    for data in (
        bomb,
        many,
        good[:-10],
        bytes(lying),
        bytes(flipped),
        b"",
        b"PK",
        b"{}",
        archive(),
    ):
        with pytest.raises(WorkError):
            bring(data, tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_the_buttons_do_what_they_say(tmp_path):
    """The page asks, the kernel answers: an archive to download; the same brought back; a fault."""
    write(tmp_path, {"progress.json": b"{}"})
    widget = keeping(W, tmp_path)
    ask = widget._handle_custom_msg
    ask({"kind": "download"}, [])
    assert widget.packed["name"].endswith(".zip")
    data = widget.packed["data"]
    assert base64.b64decode(data) == pack(tmp_path)
    (tmp_path / "progress.json").unlink()
    ask({"kind": "bring", "data": data}, [])
    assert widget.line == "1 file was brought back. Run all cells again."
    assert json.loads((tmp_path / "progress.json").read_text()) == {}
    for nonsense in ("", "###", "eA==", "é"):
        ask({"kind": "bring", "data": nonsense}, [])
        assert "no archive of your work" in widget.line
    ask({"kind": "other"}, [])
    ask({}, [])


def test_a_full_browser_says_so(tmp_path):
    """A disk without room is a sentence, too."""
    (tmp_path / "plans").write_text("a file where the folder should be")
    data = base64.b64encode(archive(("plans/a.yaml", b"x"))).decode()
    assert brought_line(data, tmp_path, W) == "This browser has no room to keep it."
    assert Path(tmp_path / "plans").is_file()
