"""File names are safe, and files appear together or not at all."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.errors import WorkError
from workbook.reports.folder import fingerprint, good, publish, stem_of


@pytest.mark.parametrize("id", ["bakery", "corner-bakery", "咖啡因含片", "plan_2"])
def test_an_ordinary_id_is_its_own_file_name(id):
    """Nobody has to guess where their report is."""
    assert stem_of(id) == id


@pytest.mark.parametrize(
    "id",
    ["CON", "aux", "index", "Index", "../x", "/etc/passwd", "<svg onload>", "", "🍞", "x" * 300],
)
def test_a_dangerous_id_gets_a_safe_file_name(id):
    """No reserved name, no path, no markup, no name too long, and never the index itself."""
    stem = stem_of(id)
    assert stem.casefold() not in {"con", "aux", "index"}
    assert stem.replace("-", "").replace("_", "").isalnum()
    assert len(f"{stem}.ipynb".encode()) <= 255


@given(st.text(max_size=300), st.text(max_size=300))
def test_two_ids_never_share_a_file_name(one, other):
    """Whatever is changed to make a name safe, a hash keeps it apart from its neighbours."""
    assert (stem_of(one) == stem_of(other)) == (one == other)


def test_files_are_replaced_all_together(tmp_path):
    """Every file has the new content, and nothing else is left in the folder."""
    publish(tmp_path, {"a.json": "1", "a.html": "1"})
    publish(tmp_path, {"a.json": "2", "a.html": "2"})
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.json": "2", "a.html": "2"}


def test_a_file_that_cannot_be_placed_takes_the_others_back(tmp_path):
    """Where the page cannot be written, the data stays what it was and says nothing new."""
    publish(tmp_path, {"a.json": "old"})
    (tmp_path / "a.html").mkdir()
    with pytest.raises(WorkError):
        publish(tmp_path, {"a.json": "new", "b.json": "new", "a.html": "new"})
    assert (tmp_path / "a.json").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "a.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path):
    """The failure names the folder and what to do."""
    tmp_path.chmod(0o500)
    with pytest.raises(WorkError, match="--out"):
        publish(tmp_path, {"a.json": "1"})


def test_a_report_is_good_only_with_all_three_files(tmp_path):
    """A page alone, or one made from something else, is made again."""
    mark = fingerprint(b"plan", b"notebook")
    notebook = f'{{"metadata": {{"workbook": {{"workbook-fingerprint": "{mark}"}}}}}}'
    page = f'<meta name="workbook-fingerprint" content="{mark}">'
    publish(tmp_path, {"a.html": page, "a.ipynb": notebook})
    assert not good(tmp_path, "a", mark)
    publish(tmp_path, {"a.json": "{}"})
    assert good(tmp_path, "a", mark)
    assert not good(tmp_path, "a", fingerprint(b"plan", b"another notebook"))


def test_a_fingerprint_tells_where_one_content_ends():
    """Moving a byte from one file to the next is a change."""
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")
