"""`workbook lab` opens the learner's own copies, and never loses what is in them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jupyter_server.services.config.manager import ConfigManager

from workbook import cases, files, lab
from workbook.cli import main
from workbook.site.editions import changed
from workbook.words import Words


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """A folder of shipped notebooks, and a home for the learner's own."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(lab, "shipped", lambda lang: folder)

    def ship(source, name="01-caffeine-lozenge.ipynb"):
        (folder / name).write_text(json.dumps({"cells": [{"source": source}]}), encoding="utf-8")

    ship("print(1)")
    return ship


def test_the_first_time_every_notebook_is_copied(notebooks):
    """Nothing is said of it, and the shipped ones are not what Lab opens."""
    reported = []
    folder = lab.own_copies("en", Words("en"), reported.append)
    assert (folder / "01-caffeine-lozenge.ipynb").is_file()
    assert "shipped" not in str(folder)
    assert reported == []


def test_a_hub_has_the_copies_made_and_starts_lab_itself(notebooks, monkeypatch, tmp_path):
    """`--copy` puts the notebooks into the participant's folder and starts no server."""
    monkeypatch.setattr(lab.subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    assert main(["lab", "--copy"]) == 0
    assert (tmp_path / "home" / "notebooks" / "en" / "01-caffeine-lozenge.ipynb").is_file()


def test_an_update_never_touches_a_learners_copy(notebooks):
    """The learner's work stays; that there is something newer is said in one line."""
    folder = lab.own_copies("en", Words("en"), lambda line: None)
    mine = folder / "01-caffeine-lozenge.ipynb"
    mine.write_text("my work", encoding="utf-8")
    notebooks("print(2)")
    reported = []
    lab.own_copies("en", Words("en"), reported.append)
    assert mine.read_text("utf-8") == "my work"
    assert len(reported) == 1
    assert "newer version" in reported[0]


def test_an_update_says_under_which_headings_it_is_new(tmp_path):
    """What changed, what came and what went, by the headings that a learner sees."""
    import nbformat

    def notebook(name, *sources):
        cells = [nbformat.v4.new_markdown_cell(source) for source in sources]
        path = tmp_path / name
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return lab._sections(path)

    old = notebook("old.ipynb", "# Title\n\nText.", "## Bet\n\nOld.", "## Gone\n\nText.")
    new = notebook("new.ipynb", "# Title\n\nText.", "## Bet\n\nNew.", "## More\n\nText.")
    assert changed(new, old) == ["Bet", "More", "Gone"]
    assert changed(old, old) == []


def test_the_cases_plan_files_stand_beside_the_notebooks(notebooks, tmp_path):
    """With their schema; each is read as it stands, and one's own change is never overwritten."""
    for _ in range(2):
        reported = []
        lab.own_copies("en", Words("en"), reported.append)
        own = tmp_path / "home" / "cases"
        assert {file.stem for file in own.glob("*.yaml")} >= set(cases.shipped())
        assert (own / "plan.schema.json").is_file()
        assert cases.read(own / "caffeine-lozenge.yaml").plan == cases.load("caffeine-lozenge").plan
        assert reported == []
        (own / "training-camp.yaml").write_text("mine")
    assert (own / "training-camp.yaml").read_text() == "mine"
    (own / ".training-camp.yaml.origin").write_text("older")
    lab.own_copies("en", Words("en"), reported.append)
    assert [line.partition(" has")[0] for line in reported] == ["training-camp.yaml"]


def test_a_learners_own_change_is_no_newer_version(notebooks):
    """Working in a notebook is not reported as an update of it."""
    folder = lab.own_copies("en", Words("en"), lambda line: None)
    (folder / "01-caffeine-lozenge.ipynb").write_text("my work", encoding="utf-8")
    reported = []
    lab.own_copies("en", Words("en"), reported.append)
    assert reported == []


def test_lab_starts_on_the_first_notebook_with_what_was_passed_on(notebooks):
    """The start page where there is one, else the first case; the user's arguments come last."""
    folder = lab.own_copies("en", Words("en"), lambda line: None)
    opened = "--LabApp.default_url=/lab/tree/notebooks/en/{}.ipynb"
    assert opened.format("01-caffeine-lozenge") in lab.command(folder, [])
    notebooks("start", name="00-start-here.ipynb")
    lab.own_copies("en", Words("en"), lambda line: None)
    command = lab.command(folder, ["--port", "8899"])
    assert opened.format("00-start-here") in command
    assert command[-2:] == ["--port", "8899"]


def test_a_home_that_cannot_be_written_is_named(notebooks, monkeypatch, tmp_path):
    """A file in the way: one sentence with the folder in it."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "file"))
    with pytest.raises(lab.WorkError, match="cannot be written"):
        lab.own_copies("en", Words("en"), lambda line: None)


def test_lab_does_not_ask_about_news(monkeypatch):
    """Jupyter's own reader of defaults finds ours, and the user's own config path stays."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    paths = lab.environment()["JUPYTER_CONFIG_PATH"]
    assert paths.endswith(f"{os.pathsep}elsewhere")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", paths)
    defaults = ConfigManager(config_dir_name="labconfig").get("default_setting_overrides")
    assert defaults["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_a_chinese_lab_has_chinese_menus_by_default(monkeypatch):
    """In Chinese, Jupyter's own reader finds the language too, beside what holds for all."""
    found = {}
    for lang in ("en", "zh"):
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
        monkeypatch.setenv("JUPYTER_CONFIG_PATH", lab.environment(lang)["JUPYTER_CONFIG_PATH"])
        found[lang] = ConfigManager(config_dir_name="labconfig").get("default_setting_overrides")
    assert found["zh"].pop("@jupyterlab/translation-extension:plugin") == {"locale": "zh_CN"}
    assert found["zh"] == found["en"]


def test_work_is_kept_in_one_place_whatever_the_current_folder(tmp_path, monkeypatch):
    """The folder that is named; else the checkout's `my-work`; from a wheel one of the user's."""
    monkeypatch.delenv("WORKBOOK_HOME", raising=False)
    checkout = files.checkout()
    assert (checkout / "pyproject.toml").is_file()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "cases").mkdir()
    for folder in (checkout, tmp_path):
        monkeypatch.chdir(folder)
        assert files.home() == checkout / "my-work"
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "lib" / "site-packages" / "workbook")
    assert files.checkout() is None
    assert files.home() == Path.home() / "milestone-workbook"
    monkeypatch.setenv("WORKBOOK_HOME", "chosen")
    assert files.home() == tmp_path / "chosen"


@pytest.mark.parametrize("command", [["lab", "--copy"], ["doctor"]])
def test_another_folder_can_be_named_and_is_reported(command, tmp_path, monkeypatch, capsys):
    """`--home` is what lab and doctor use and say, before WORKBOOK_HOME."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "other"))
    monkeypatch.chdir(tmp_path)
    assert main([*command, "--home", "mine", "--lang", "en"]) == 0
    reported = capsys.readouterr()
    assert f"kept in {tmp_path / 'mine'}" in reported.out + reported.err
    assert "--home" in reported.out + reported.err
    assert not (tmp_path / "other").exists()


def test_what_lab_starts_keeps_work_in_the_same_folder(tmp_path, monkeypatch):
    """A kernel stands in another folder, and may not read the name from there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_HOME", "mine")
    assert lab.environment()["WORKBOOK_HOME"] == str(tmp_path / "mine")
