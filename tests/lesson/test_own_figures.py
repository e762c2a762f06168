"""A lesson with figures of one's own, and a plan of one's own as a lesson."""

import pytest

from learner import html, press, send
from workbook import cases
from workbook.errors import InputError
from workbook.files import shipped
from workbook.lesson import open_case
from workbook.lesson.progress import Guess
from workbook.whatif import set_figure
from workbook.words import Words


def test_one_figure_is_argued_with_and_the_lesson_stays_as_it_was():
    """A cheaper round of tasting brings more lives to the goal, as if the file said so."""
    lesson = open_case("caffeine-lozenge", runs=300, batch=True)
    before = lesson.plays.goal()
    cheaper = lesson.with_figure("milestones.taste.cost", 15_000)
    written = set_figure(lesson.case.plan, "milestones.taste.cost", 15_000)
    assert cheaper.plays.goal() == lesson.plays.goal(plan=written) > before
    assert lesson.plays.goal() == before
    assert cheaper.holds("own") is False
    again = cheaper.with_figure("milestones.taste.weeks", 2)
    assert again.records.figures == (
        "runs=300,milestones.taste.cost=15000,milestones.taste.weeks=2"
    )


def test_what_is_computed_from_a_figure_follows_it():
    """The loan is repaid with its interest: more lent, more owed."""
    lesson = open_case("caffeine-lozenge", runs=100, batch=True)
    path = "forks.cash-gap.options.borrow.loan"
    more = lesson.with_figure(f"{path}.amount", 300_000).case.plan
    loan = next(o for o in more.forks[0].options if o.id == "borrow").loan
    assert (loan.amount, loan.repay) == (300_000, 375_000)


def test_a_bet_on_a_figure_of_ones_own_is_another_bet(home):
    """The bet at the case's own figures stays, and a new one is asked for."""
    lesson = open_case("caffeine-lozenge", runs=200)
    bet = lesson.bet()
    send(bet.choice, index=0)
    send(bet.confidence, value="70")
    press(bet.button)
    other = lesson.with_figure("cash", 900_000)
    assert lesson.main_bet is not None
    assert other.main_bet is None
    assert "Borrow" in html(other.bet())  # the earlier bet, beside


@pytest.mark.parametrize(("path", "value"), [("milestones.tast.cost", 1), ("cash", -5)])
def test_a_wrong_figure_is_refused_in_a_sentence(path, value):
    """An unknown path and a value that cannot be there: what, and what is allowed."""
    lesson = open_case("caffeine-lozenge", runs=100, batch=True)
    with pytest.raises(InputError, match=path.split(".")[-1]):
        lesson.with_figure(path, value)


def test_every_path_in_the_list_of_figures_can_be_set():
    """The list is folded by milestone, and names a path for each figure of the plan."""
    lesson = open_case("caffeine-lozenge", runs=100, batch=True)
    lesson.bet(recorded=("borrow", 70))
    shown = lesson.situation()
    shown.refresh()
    paths = [p for p, b in lesson.case.basis.items() if b.name and f">{p}<" in shown.html]
    assert len(paths) >= 20
    for path in paths:
        value = lesson.case.basis[path].fact.value
        if isinstance(value, (int, float)):
            lesson.with_figure(path, value)
    assert shown.html.count("<details") >= 6


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_plan_of_ones_own_is_a_lesson(tmp_path, lang):
    """From a file: the chain, a bet at its first fork, a guess, lives, the options, a sweep."""
    case = cases.load("training-camp")
    file = tmp_path / "my-camp.yaml"
    file.write_text((shipped("cases") / "training-camp.yaml").read_text("utf-8"))
    file.write_text(file.read_text("utf-8").replace("id: training-camp", "id: my-camp", 1))
    lesson = open_case(lang=lang, plan=file, runs=200)
    assert "<svg" in html(lesson.situation())
    bet = lesson.bet()
    assert Words(lang)("Go on as written") in [name for name, _ in bet.choice.options]
    assert "<svg" not in html(lesson.many())
    send(bet.choice, index=0)
    send(bet.confidence, value="70")
    press(bet.button)
    for section in ("many", "options"):
        lesson.records.place_guess(section, Guess(0, 100))
    for part in (lesson.many(), lesson.options(), lesson.when_wrong()):
        assert "wb-fault" not in html(part).split("</style>")[-1]
    assert lesson.many().outcomes.plan.cash == case.plan.cash
    assert "my-camp" not in html(lesson.standing_so_far())


def test_a_plan_without_a_fork_has_nothing_to_bet_on():
    """A sentence says so."""
    plan = cases.load("caffeine-lozenge").plan.model_copy(update={"forks": ()})
    with pytest.raises(InputError, match="no fork"):
        open_case(plan=plan)
