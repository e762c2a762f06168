"""The example businesses: whole, bilingual, neither sure nor hopeless, and good to begin with."""

from __future__ import annotations

import re

import pytest

from examples import by_hand
from workbook import cases
from workbook.cli import main
from workbook.play import play
from workbook.reports.contents import Report
from workbook.review import review
from workbook.words import LANGUAGES

EXAMPLES = cases.examples()
NEW = tuple(id for id in EXAMPLES if id not in cases.shipped())


def test_there_are_ten():
    """Subscription, shop, gadget, restaurant, agency, course, app, gym, food box, side business."""
    assert len(EXAMPLES) == 10
    assert set(EXAMPLES) <= set(cases.known())


@pytest.mark.parametrize("id", by_hand(NEW, 3))
def test_an_example_is_a_real_question(id):
    """Every figure has its reason in both languages, and the goal is neither sure nor hopeless."""
    case = cases.load(id)
    assert len(case.basis) >= 15
    assert {basis.kind for basis in case.basis.values()} == {"assumed"}
    for fact in case.facts.values():
        assert fact.why.en.strip()
        assert fact.why.zh.strip()
    ways = [{}, *({f.id: o.id} for f in case.plan.forks for o in f.options)]
    goals = [play(case.plan, way, runs=2_000).fates["goal"] for way in ways]
    assert 0.1 < max(goals) < 0.95
    assert review(case.plan) is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("id", by_hand(NEW))
def test_an_example_makes_a_whole_report(id, lang):
    """Each part of the page can be made, pictures of customers with it where some stay."""
    report = Report.of(id, lang=lang, runs=300)
    parts = ("opening", "chain", "fates", "runway", "milestones", "forks", "review", "sources")
    page = "".join(getattr(report, part)().html for part in parts)
    assert "◇" in page
    stays = any(name in report.figures for name in ("customers", "recurring"))
    assert stays is (id not in ("shop", "gadget", "course"))


def test_a_plan_of_ones_own_begins_like_an_example(tmp_path, monkeypatch, capsys):
    """The file is the example under its new name; it checks, and says what is assumed."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my-hall", "--like", "gym"]) == 0
    assert "are assumed" in capsys.readouterr().out
    mine = cases.read(tmp_path / "my-hall.yaml")
    assert mine.plan.id == "my-hall"
    assert mine.plan.milestones == cases.load("gym").plan.milestones
    assert main(["check", "my-hall.yaml"]) == 0


LIKE = ("subscription", "shop", "gadget", "restaurant", "agency", "course", "app", "side-business")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id", LIKE)
def test_each_starter_begins_a_plan_in_both_languages(id, lang, tmp_path, monkeypatch, capsys):
    """`new --like` writes a plan that has no fault, with each assumed figure and its reason."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine", "--like", id, "--lang", lang]) == 0
    assert ("are assumed" if lang == "en" else "假设") in capsys.readouterr().out
    case = cases.read(tmp_path / "mine.yaml")
    assumed = [fact for fact in case.facts.values() if fact.basis == "assumed"]
    assert assumed
    assert all(fact.why.en.strip() and fact.why.zh.strip() for fact in assumed)
    assert main(["check", "mine.yaml", "--lang", lang]) == 0


SOURCED = (
    *("agency", "food-box", "app", "course", "gadget", "gym", "restaurant", "shop"),
    *("subscription", "side-business"),
)


@pytest.mark.parametrize("id", SOURCED)
def test_a_public_figure_names_its_source(id):
    """Where a figure is published, its reason names who published it, in both languages."""
    reasons = [fact.why for fact in cases.load(id).facts.values() if fact.why]
    named = [why for why in reasons if re.search(r"\(.*(\d{4}|Tunguz).*\)", why.en)]
    assert named
    assert all(re.search(r"（.*(\d{4}|Tunguz).*）", why.zh) for why in named)


def test_an_example_that_there_is_not_is_reported(tmp_path, monkeypatch, capsys):
    """The nearest, or all that there are; and an example excludes another source."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine", "--like", "restaurnt"]) == 2
    assert "did you mean 'restaurant'" in capsys.readouterr().err
    assert main(["new", "mine", "--like", "zoo"]) == 2
    assert "agency, app, course" in capsys.readouterr().err
    assert main(["new", "mine", "--like", "gym", "--from", "gym"]) == 2
    assert not list(tmp_path.iterdir())
