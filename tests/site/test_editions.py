"""A newer edition never replaces a learner's copy, and a copy never hides it in silence."""

from __future__ import annotations

import json
import sys

import pytest

from workbook import files
from workbook.cli import main
from workbook.site import LANGS, notebooks
from workbook.site.editions import changed, edition, newer_editions, site_copy, stamp
from workbook.site.panel import newer_lines, show_on_site
from workbook.words import Words


def notebook(*cells):
    """A notebook whose cells are pairs of a heading and a source."""
    made = []
    for heading, source in cells:
        made.append({"cell_type": "markdown", "source": [f"## {heading}\n", "text"]})
        made.append({"cell_type": "code", "source": source})
    return {"cells": made, "metadata": {"kernelspec": {"name": "python3"}}}


@pytest.fixture
def shipped(tmp_path):
    """A shipped notebook, rewritten by what it returns."""
    file = tmp_path / "shipped" / "01-one.ipynb"
    file.parent.mkdir()

    def ship(*cells):
        file.write_text(json.dumps(notebook(*cells)), "utf-8")
        return file

    return ship


FIRST = (("Chain", "a"), ("Bet", "b"))
SECOND = (("Chain", "a"), ("Bet", "c"), ("More", "d"))


def test_a_newer_edition_is_placed_next_to_a_learners_copy(tmp_path, shipped):
    """Theirs keeps every byte; the sections that differ are named; the new file is whole."""
    own = tmp_path / "01-one.ipynb"
    theirs = json.loads(site_copy(shipped(*FIRST)))
    theirs["cells"][1]["source"] = "what a learner wrote"
    own.write_text(json.dumps(theirs), "utf-8")
    before = own.read_bytes()
    file = shipped(*SECOND)
    [found] = newer_editions(tmp_path, [file])
    assert (found.own, found.new.name) == (own, "01-one-new.ipynb")
    assert found.changed == ("Bet", "More")
    assert own.read_bytes() == before
    assert found.new.read_text("utf-8") == site_copy(file)


def test_a_placed_edition_is_found_again_with_the_work_in_it(tmp_path, shipped):
    """It is not written a second time; an edition after it gets a name of its own."""
    (tmp_path / "01-one.ipynb").write_text(site_copy(shipped(*FIRST)), "utf-8")
    [first] = newer_editions(tmp_path, [shipped(*SECOND)])
    worked = json.loads(first.new.read_text("utf-8"))
    worked["cells"].append({"cell_type": "code", "source": "mine"})
    first.new.write_text(json.dumps(worked), "utf-8")
    [again] = newer_editions(tmp_path, [shipped(*SECOND)])
    assert again == first
    assert "mine" in first.new.read_text("utf-8")
    [third] = newer_editions(tmp_path, [shipped(("Chain", "z"))])
    assert third.new.name == "01-one-new-2.ipynb"
    assert "mine" in first.new.read_text("utf-8")


def test_the_same_edition_and_a_strangers_file_are_left_alone(tmp_path, shipped):
    """No line for what the site has itself, for no copy, and for what carries no stamp."""
    file, own = shipped(*FIRST), tmp_path / "01-one.ipynb"
    assert newer_editions(tmp_path, [file]) == []
    for text in (site_copy(file), "", "{", "[]", "null", json.dumps(notebook(*SECOND)), '{"a": 1}'):
        own.write_text(text, "utf-8")
        assert newer_editions(tmp_path, [file]) == []
    own.write_bytes(b"\xff\xfe\x00")
    assert newer_editions(tmp_path, [file]) == []
    assert [one.name for one in tmp_path.glob("*.ipynb")] == ["01-one.ipynb"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_line_names_what_changed_and_links_to_the_new_one(tmp_path, lang):
    """In the reader's language, and what a file holds is text in it."""
    file = notebooks(lang)[0]
    old = json.loads(site_copy(file))
    stamped = old["metadata"]["workbook"]["edition"]
    stamped["<img src=x onerror=alert(1)>"] = stamped.pop(list(stamped)[2])
    (tmp_path / file.name).write_text(json.dumps(old), "utf-8")
    [line] = newer_lines(tmp_path, Words(lang))
    assert '<a href="00-start-here-new.ipynb">' in line
    assert "<img" not in line
    assert "&lt;img" in line
    assert ("Yours is kept" in line) == (lang == "en")


def test_every_shipped_notebook_has_sections_to_compare():
    """Six in each language; a stamp reads back as the edition that was stamped."""
    for lang in LANGS:
        found = notebooks(lang)
        assert len(found) == 6
        for file in found:
            text = site_copy(file)
            assert stamp(text) == edition(json.loads(text))
            assert len(stamp(text)) >= 2
    assert changed({"a": 1}, {"a": 1}) == []


def test_elsewhere_nothing_is_shown_and_work_stays_where_it_was(monkeypatch, tmp_path, capsys):
    """A notebook in Lab has no such panel; only in a browser is the drive the home."""
    show_on_site(Words("en"))
    assert capsys.readouterr().out == ""
    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    assert files.home() != tmp_path
    monkeypatch.setattr(files, "DRIVE", tmp_path)
    assert not files.in_browser()
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert files.in_browser()
    assert files.home() == tmp_path
    with files.locked(tmp_path, wait=True):
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("packages", [None, "{", '{"packages": {"numpy": {}}}'])
def test_a_folder_that_is_no_site_is_an_input_at_fault(tmp_path, capsys, packages):
    """Exit code 2, with what makes one, also if the list of packages is damaged."""
    if packages is not None:
        (tmp_path / "wheels").mkdir()
        (tmp_path / "wheels" / "pyodide-lock.json").write_text(packages)
    assert main(["site", str(tmp_path), "--lang", "en"]) == 2
    assert "make site" in capsys.readouterr().err
