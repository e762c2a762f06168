"""The plan is kept: comments stay, two writers lose nothing, and what cannot be written is said."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bakery import bakery
from workbook import cases
from workbook.builder import plan_store as stores
from workbook.builder.imports import read_case
from workbook.builder.plan_store import MOST, PlanStore, plan_file
from workbook.builder.state import State, blank
from workbook.errors import WorkError

HAND_WRITTEN = """\
# my bakery, begun in May
plan: 1
id: bakery
goal: shop
cash: 60000   # what the bank says

milestones:
  # ask first
  - id: demand
    name: People want it
    weeks: 2
  - id: shop
    needs: [demand]
    weeks: 6
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the plan is kept in this test."""
    return tmp_path / "plans" / "bakery.yaml"


def fresh():
    return blank("bakery")


def edited(plan, **figures):
    return plan.model_copy(update=figures)


def test_a_fresh_plan_is_in_its_file_at_once(file):
    """The blank page is kept too, and a restarted kernel finds the chain that was built."""
    store, plan = PlanStore.open(file, fresh)
    state = State(plan)
    state.add("Demand")
    assert store.keep(state.plan)
    again, found = PlanStore.open(file, fresh)
    assert found == state.plan
    assert again.status == "kept"


def test_the_bakery_reads_back_the_same(file):
    """Whatever the builder makes, its file is the same plan, in YAML that a person can read."""
    store, _ = PlanStore.open(file, fresh)
    plan = edited(bakery().plan, id="bakery")
    assert store.keep(plan)
    assert cases.read(file).plan == plan
    assert "name: People want it" in file.read_text("utf-8")


def test_comments_and_order_of_a_hand_written_file_stay(file):
    """An edit touches its own line and nothing else."""
    file.parent.mkdir()
    file.write_text(HAND_WRITTEN, "utf-8")
    store, plan = PlanStore.open(file, fresh)
    state = State(plan)
    state.set("cash", 50_000)
    assert store.keep(state.plan)
    assert file.read_text("utf-8") == HAND_WRITTEN.replace("60000", "50000")


def test_ten_versions_stay_and_each_can_be_had_back(file):
    """The newest ten, newest first; an unchanged plan makes none."""
    store, plan = PlanStore.open(file, fresh)
    for cash in range(MOST + 5):
        assert store.keep(edited(plan, cash=float(cash)))
        assert store.keep(edited(plan, cash=float(cash)))
    kept = [version.plan.cash for version in store.versions()]
    assert kept == [float(cash) for cash in range(MOST + 4, 4, -1)]


def test_two_writers_lose_nothing_and_the_second_is_reported(file):
    """The second finds the file changed, keeps its own beside it, and may take either."""
    first, plan = PlanStore.open(file, fresh)
    second, _ = PlanStore.open(file, fresh)
    assert first.keep(edited(plan, cash=1.0))
    assert not second.keep(edited(plan, cash=2.0))
    assert second.status == "elsewhere"
    assert "changed elsewhere" in str(second.said)
    assert cases.read(file).plan.cash == 1.0
    assert any(v.whose == "mine" and v.plan.cash == 2.0 for v in second.versions())
    theirs = second.theirs()
    assert theirs is not None
    assert theirs.cash == 1.0
    assert second.keep(edited(theirs, cash=3.0))
    assert first.look()
    assert first.overwrite(edited(plan, cash=4.0))
    assert cases.read(file).plan.cash == 4.0
    assert any(v.plan.cash == 3.0 for v in first.versions())


def test_a_write_in_the_very_moment_of_ours_is_noticed(file, monkeypatch):
    """While our text is being made another one writes: theirs stays, ours is kept beside it."""
    first, plan = PlanStore.open(file, fresh)
    second, _ = PlanStore.open(file, fresh)
    real = stores.text_for

    def meanwhile(case: cases.Case) -> str:
        monkeypatch.setattr(stores, "text_for", real)
        assert first.keep(edited(plan, cash=1.0))
        return real(case)

    monkeypatch.setattr(stores, "text_for", meanwhile)
    assert not second.keep(edited(plan, cash=2.0))
    assert second.status == "elsewhere"
    assert cases.read(file).plan.cash == 1.0
    assert any(v.whose == "mine" and v.plan.cash == 2.0 for v in second.versions())


def test_while_the_file_is_somebody_elses_every_edit_is_kept_beside_it(file):
    """The latest edit of the second writer is among the versions, not only its first."""
    first, plan = PlanStore.open(file, fresh)
    second, _ = PlanStore.open(file, fresh)
    first.keep(edited(plan, cash=1.0))
    for cash in range(2, 30):
        second.keep(edited(plan, cash=float(cash)))
    mine = [v.plan.cash for v in second.versions() if v.whose == "mine"]
    assert mine[0] == 29.0
    assert cases.read(file).plan.cash == 1.0


def test_a_file_broken_by_hand_is_left_as_it_is(file):
    """Its faults are said by line, the last good version is offered, nothing is written over it."""
    store, plan = PlanStore.open(file, fresh)
    store.keep(edited(plan, cash=7.0))
    broken = "plan: 1\nid: bakery\ngoal: nowhere\nmilestones:\n  - id: a\n    weeks: many\n"
    file.write_text(broken, "utf-8")
    again, found = PlanStore.open(file, fresh)
    assert again.status == "broken"
    assert {fault.line for fault in again.faults} == {3, 6}
    assert found.cash == 7.0
    assert not again.keep(edited(found, cash=8.0))
    assert file.read_text("utf-8") == broken
    assert again.overwrite(edited(found, cash=9.0))
    assert cases.read(file).plan.cash == 9.0
    assert any(version.file.read_text("utf-8") == broken for version in again.versions())


def test_a_file_taken_away_is_written_anew(file):
    """Deleting the file does not stop the builder."""
    store, plan = PlanStore.open(file, fresh)
    file.unlink()
    assert store.keep(edited(plan, cash=5.0))
    assert cases.read(file).plan.cash == 5.0


def test_what_cannot_be_written_is_said_and_kept_when_it_can_be_again(file, monkeypatch):
    """A full disk: the sentence says so, the old file stays; the next edit tries again."""
    store, plan = PlanStore.open(file, fresh)
    before = file.read_text("utf-8")

    def full(path: Path, text: str) -> None:
        raise WorkError("{path} cannot be written: {reason}", path="x", reason="No space left")

    with monkeypatch.context() as patched:
        patched.setattr(stores, "put", full)
        assert not store.keep(edited(plan, cash=1.0))
    assert store.status == "memory"
    assert "No space left" in str(store.said)
    assert file.read_text("utf-8") == before
    assert store.keep(edited(plan, cash=1.0))
    assert store.status == "kept"
    assert store.said is None


def test_a_folder_that_cannot_be_made_keeps_the_plan_in_memory(tmp_path):
    """Where a file is in the way of the folder, the builder opens all the same."""
    (tmp_path / "plans").write_text("in the way")
    store, plan = PlanStore.open(tmp_path / "plans" / "bakery.yaml", fresh)
    assert plan == fresh()
    assert store.status == "memory"
    assert not store.keep(edited(plan, cash=1.0))


def test_versions_that_cannot_be_written_do_not_stop_the_plan(file, monkeypatch):
    """The plan itself is kept, and the sentence says that its versions are not."""
    store, plan = PlanStore.open(file, fresh)
    real = Path.mkdir

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        if self.name == "bakery":
            raise OSError(errno.EROFS, "Read-only file system")
        real(self, *args, **kwargs)

    for old in store.versions():
        old.file.unlink()
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert store.keep(edited(plan, cash=1.0))
    assert cases.read(file).plan.cash == 1.0
    assert "Read-only" in str(store.said)


def test_plans_are_kept_with_the_learners_own_work(monkeypatch, tmp_path):
    """Under the folder that holds the learner's progress."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    assert plan_file("bakery") == tmp_path / "plans" / "bakery.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("id", cases.shipped())
def test_whatever_is_deleted_from_a_case_the_rest_is_kept(tmp_path, id):
    """Options, facts and what happened may name a milestone that goes: the file takes it all."""
    begun = read_case(id).case
    for milestone in begun.plan.ids:
        store, _ = PlanStore.open(tmp_path / f"{milestone}.yaml", lambda: blank("bakery"))
        state = State(begun.plan, begun)
        assert state.delete(milestone) or state.delete(milestone)
        assert store.keep(state.plan, state.case), str(store.said)
        kept = cases.read(store.file)
        assert kept.plan == state.plan
        assert any(basis.kind == "assumed" for basis in kept.basis.values())


def test_a_story_outlives_the_milestone_that_it_was_reported_of(tmp_path):
    """A founder edits a case file of their own: what happened stays, at no milestone."""
    file = tmp_path / "training-camp.yaml"
    cases.write(cases.load("training-camp"), file)
    store, plan = PlanStore.open(file, fresh)
    state = State(plan, store.case)
    gone = next(reported.milestone for reported in store.case.happened if reported.milestone)
    assert state.delete(gone) or state.delete(gone)
    assert store.keep(state.plan, state.case)
    kept = cases.read(file)
    assert len(kept.happened) == len(store.case.happened)
    assert gone not in {reported.milestone for reported in kept.happened}


def test_a_figure_that_is_taken_back_rests_on_its_fact_again(file):
    """Changed, it is the founder's own in the file; undone, it is the case's with its reason."""
    begun = read_case("training-camp").case
    store, _ = PlanStore.open(file, fresh)
    state = State(blank("bakery"))
    assert state.import_(begun.plan, begun)
    state.set("cash", 5)
    assert store.keep(state.plan, state.case)
    assert cases.read(file).basis_of("cash").kind == "yours"
    state.undo()
    assert store.keep(state.plan, state.case)
    assert cases.read(file).basis_of("cash").kind == "assumed"
