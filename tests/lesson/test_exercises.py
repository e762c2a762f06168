"""Exercises check themselves by playing, and say why a wrong answer is wrong."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from learner import fill, html, press, send
from workbook.errors import InputError
from workbook.lesson.lozenge import LEVERS

EXERCISES = ("two-changes", "equal-cash")


@pytest.fixture(scope="module")
def full():
    """The lesson with as many lives as the notebook plays."""
    from workbook.lesson import open_case

    return open_case("caffeine-lozenge", "en", runs=2000)


@pytest.mark.slow
@pytest.mark.parametrize("id", EXERCISES)
def test_the_solution_passes_its_own_check(full, id):
    """What the page offers as a solution is right."""
    exercise = full.exercise(id).exercise
    answer, said = exercise.solution()
    assert said
    assert exercise.check(answer).right


@pytest.mark.slow
def test_two_changes_has_many_right_answers(full):
    """At least three pairs reach the target, and most pairs do not."""
    check = full.exercise("two-changes").exercise.check
    right = [
        p
        for p in combinations(LEVERS, 2)
        if check(dict(zip(("first", "second"), p, strict=True))).right
    ]
    assert 3 <= len(right) <= 10


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("borrow", "borrow", "chosen twice"),
        ("borrow", "launch", "same fork"),
        ("borrow", "no-taste", "Channels won"),
        ("pace", "no-prices", "It tastes good"),
        ("sell", "pray", "from the list"),
    ],
)
def test_two_changes_says_what_is_missing(full, first, second, word):
    """The likely wrong answers are reported by what they overlook."""
    verdict = full.exercise("two-changes").exercise.check({"first": first, "second": second})
    assert not verdict.right
    assert word in verdict.why


@pytest.mark.parametrize(
    ("cash", "word"),
    [
        (40_000, "try more"),
        (400_000, "try less"),
        (0, "between"),
        (-5, "between"),
        (float("nan"), "between"),
        ("a lot", "figures"),
        (None, "figures"),
    ],
)
def test_equal_cash_says_which_way_to_go(full, cash, word):
    """Too little, too much, and what is no sum at all each get their own word."""
    verdict = full.exercise("equal-cash").exercise.check({"figure": cash})
    assert not verdict.right
    assert word in verdict.why


@pytest.mark.slow
def test_equal_cash_accepts_a_stretch_of_sums(full):
    """More than one sum is close enough."""
    check = full.exercise("equal-cash").exercise.check
    (answer, _) = full.exercise("equal-cash").exercise.solution()
    near = [cash for cash in range(100_000, 300_000, 5_000) if check({"figure": cash}).right]
    assert answer["figure"] in near
    assert len(near) >= 2


@pytest.mark.parametrize("id", EXERCISES)
def test_the_solution_opens_only_after_an_answer(lesson, id):
    """Before an answer there are hints; after one, right or wrong, a solution too."""
    panel = lesson.exercise(id)
    before = html(panel)
    assert "Hint 1" in before
    assert "One solution" not in before
    if any(asked.options for asked in panel.exercise.fields):
        press(panel.button)
        assert "One solution" not in panel.html  # nothing chosen, nothing given away
        assert "Choose something" in panel.message.value
    fill(panel)
    press(panel.button)
    assert "One solution" in panel.html


def test_an_answer_given_in_the_form_is_checked_and_kept(lesson_in):
    """What is chosen in the form is what is played; a new kernel finds it filled in."""
    panel = lesson_in(runs=2000).exercise("two-changes")
    send(panel.inputs["first"], index=1 + list(LEVERS).index("race"))
    send(panel.inputs["second"], index=1 + list(LEVERS).index("thrift"))
    press(panel.button)
    assert "Solved" in panel.html
    again = lesson_in().exercise("two-changes")
    assert again.inputs["first"].value == "race"
    assert again.progress.answers("caffeine-lozenge", "two-changes")[-1]["right"] is True


@pytest.mark.parametrize("entry", [5, {}, {"answer": None}, {"answer": {"figure": "many"}}])
def test_an_entry_that_is_no_answer_leaves_the_form_as_it_was(lesson_in, home, entry):
    """Whatever is in the file, the exercise opens."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {"workbook_progress": 1, "answers": {"caffeine-lozenge/race-odds": [entry]}}
    (home / "progress.json").write_text(json.dumps(kept))
    panel = lesson_in("en").exercise("race-odds")
    html(panel)
    assert panel.inputs["figure"].value == 10


def test_an_answer_that_cannot_be_saved_says_so_and_is_checked(lesson_in, home):
    """A home that is no folder costs the learner a line, neither the answer nor the solution."""
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file stands in the way")
    panel = lesson_in("en").exercise("race-odds")
    html(panel)
    press(panel.button)
    assert "until the kernel stops" in panel.message.value
    assert "One solution" in panel.html


def test_an_unknown_exercise_is_a_fault(lesson):
    """A mistyped id is answered with the ids there are."""
    with pytest.raises(InputError, match="two-changes"):
        lesson.exercise("three-changes")
