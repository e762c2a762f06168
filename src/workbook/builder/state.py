"""The plan being built, what is selected in it, and what was just said: no widgets, no files.

A view observes `revision` (the plan changed) and `said_count` (something was said); the plan it
reads is always a whole one that can be played. No method raises for a learner's mistake: it returns
False, `said` has the reason, and the last good plan stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from workbook.builder import deletion, edits, forks, hindsight, several
from workbook.builder.blocks import Block, write_block
from workbook.builder.counts import Counted
from workbook.builder.edits import MOST_ON_CANVAS, Done
from workbook.builder.entry import read_entry
from workbook.builder.history import Steps, blank
from workbook.builder.paths import label_of, value_at, with_value
from workbook.builder.rows import Row, write
from workbook.cases import Case
from workbook.errors import Message
from workbook.plan import Plan

__all__ = ["State", "blank"]


class State(Steps):
    """A plan under construction: each edit of the chain, its values and its story."""

    # The chain

    def add(
        self,
        name: str,
        after: str | None = None,
        *,
        before: str | None = None,
        branch: bool = False,
    ) -> bool:
        """Add a milestone and select it; see `edits.add` for where it goes."""
        return self._make(
            lambda plan: edits.add(plan, name, after, before, branch=branch), select_new=True
        )

    def write_rows(self, rows: Iterable[Row], order: Sequence[str] = ()) -> bool:
        """Write cells of the table of milestones, all of them in one step or none."""
        rows, named = tuple(rows), dict(self.named)
        done = self._make(lambda plan: write(plan, rows, order, named))
        if done:
            self.named = named
            for row in rows:
                for path in row.cells:
                    self._forget_texts(f"{row.place}.{path}")
        return done

    def write_block(self, block: Block) -> bool:
        """Write a block pasted into the table of milestones, in one step or not at all."""
        named = dict(self.named)
        done = self._make(lambda plan: write_block(plan, block, named))
        self.named = named if done else self.named
        return done

    def rename(self, id: str, name: str) -> bool:
        """Give a milestone another name; its id stays."""
        return self._make(lambda plan: edits.rename(plan, id, name))

    def move(self, id: str, before: str | None = None) -> bool:
        """Put a milestone before another in the order, or last."""
        return self._make(lambda plan: edits.move(plan, id, before))

    def link(self, first: str, then: str) -> bool:
        """Let `then` need `first`; a loop is refused and named."""
        return self._make(lambda plan: edits.link(plan, first, then))

    def unlink(self, first: str, then: str) -> bool:
        """Let `then` no longer need `first`."""
        return self._make(lambda plan: edits.unlink(plan, first, then))

    def leave_out(self, id: str, out: bool = True) -> bool:
        """Walk around a milestone, or take it up again."""
        return self._make(lambda plan: edits.leave_out(plan, id, out))

    def goal_is(self, id: str) -> bool:
        """Choose the goal: a milestone, or `breakeven`."""
        return self._make(lambda plan: edits.goal_is(plan, id))

    def choose(self, fork: str, option: str | None) -> bool:
        """Take an option at a fork; with None the plan goes on as written there."""
        return self._make(lambda plan: forks.choose(plan, fork, option))

    def what_if(self, milestone: str | None = None) -> bool:
        """Add a fork at a milestone, or where the cash runs low, with an option to fill in."""
        return self._make(lambda plan: forks.what_if(plan, milestone))

    def doubt(self, id: str) -> bool:
        """Let a milestone find out whether something is true; what follows relies on it."""
        return self._make(lambda plan: several.doubt(plan, id))

    def paste(self, parts: object, after: str | None = None) -> bool:
        """Add copies of milestones, as plain data; select the first."""
        return self._make(lambda plan: several.paste(plan, parts, after), select_new=True)

    def delete_all(self, ids: Sequence[str]) -> bool:
        """Take several milestones out in one step."""
        if len(ids) == 1:
            return self.delete(ids[0])
        return self._make(lambda plan: several.delete_all(plan, ids))

    def move_all(self, ids: Sequence[str], before: str | None = None) -> bool:
        """Put several milestones elsewhere in the order in one step."""
        if len(ids) == 1:
            return self.move(ids[0], before)
        return self._make(lambda plan: several.move_all(plan, ids, before))

    def begin_all(self, weeks: Mapping[str, object]) -> bool:
        """Begin several milestones no sooner than a week each, in one step."""
        return self._make(lambda plan: several.begin_all(plan, weeks))

    def leave_out_all(self, ids: Sequence[str], out: bool) -> bool:
        """Walk around several milestones, or take them up again, in one step."""
        if len(ids) == 1:
            return self.leave_out(ids[0], out)
        return self._make(lambda plan: several.leave_out_all(plan, ids, out))

    def delete(self, id: str) -> bool:
        """Take a milestone out; the goal only when asked twice, while others remain."""
        if id == self.plan.goal and id in self.plan.ids and len(self.plan.ids) > 1:
            heir = edits.called(self.plan, deletion.heir_of_goal(self.plan))
            name = edits.called(self.plan, id)
            asks = Message(
                "“{name}” is the goal. Delete it again to make “{heir}” the goal, or choose"
                " another goal first.",
                {"name": name, "heir": heir},
            )
            if not self._asked_before(("delete", id), asks):
                return False
        return self._make(lambda plan: deletion.delete(plan, id))

    # Values

    def value(self, path: str) -> Any:
        """The plain value at a path, defaults included; None where there is none."""
        return value_at(self.plan, path)

    def set(self, path: str, value: Any, *, drag: bool = False) -> bool:
        """Set any value of the plan file by its path; None takes it out.

        Parameters
        ----------
        path
            `cash`, `sales.price`, `milestones.taste.weeks`, `milestones.taste.gives.conversion` …
        value
            What the file could hold there: 4, "4", [1, 2, 4], a text, a whole part as a dict.
        drag
            Part of one gesture (a slider that is still moving): undone in one step.
        """
        if path == "goal":
            return self.goal_is(str(value))
        return self._put(path, value, path if drag else None)

    def _put(self, path: str, value: Any, gesture: str | None) -> bool:
        done = self._make(lambda plan: self._with(plan, path, value), gesture=gesture)
        if done:
            self._forget_texts(path)
        return done

    def enter(self, path: str, text: str) -> bool:
        """Take what was typed into a box, if it can be read without doubt; see `read_entry`.

        What was typed there before, in the same breath, counts for nothing where this is refused:
        `1,2` on the way to a text that makes no sense leaves the plan as it was.
        """
        entry = read_entry(self.plan, path, text)
        if entry.problem is None:
            done = self._put(entry.goes_to or path, entry.value, path)
            entry = replace(entry, problem=None if done else self.said)
        else:
            done = self._say(entry.problem)
        self._forget_texts(path)
        self.entry = entry
        if not done:
            self.unread[path] = entry
            self._withdraw(path)
        return done

    def enter_last(self, path: str, text: str) -> bool:
        """Widen a range by how long, or how much, the last similar thing took."""
        entry = read_entry(self.plan, f"{path}.1", text)
        self.entry = replace(entry, path=path)
        if entry.problem is not None or entry.value is None:
            return self._say(entry.problem or Message("Write a number."))
        low, likely, high = self.value(path)
        found = entry.value
        done = self.set(path, [min(low, found), found, max(high, found, likely)])
        self.entry = replace(self.entry, problem=None if done else self.said)
        return done

    def _with(self, plan: Plan, path: str, value: Any) -> Done:
        after = with_value(plan, path, value)
        head, _, rest = path.partition(".")
        id = rest.partition(".")[0]
        if head == "milestones" and id in after.ids:
            values = {"name": edits.called(after, id), "what": label_of(path)}
            return after, Message("“{name}” is changed: {what}.", values)
        return after, Message("The plan is changed: {what}.", {"what": label_of(path)})

    # Another plan

    def clear(self) -> bool:
        """Begin with a blank page; the first call asks, the second does it, undo brings it back."""
        asks = Message(
            "This takes away the whole chain. Do it again to go on; undo brings it back."
        )
        if not self._asked_before("clear", asks):
            return False
        page = blank(self.plan.id, self.plan.title, self.plan.currency)
        return self._make(lambda _: (page, Message("The page is blank.")), case=Case(page))

    def import_(self, plan: Plan, case: Case | None = None) -> bool:
        """Put another plan in the place of this one; the first call asks unless the page is blank.

        The plan keeps the id that its file is named by. `case` says where its figures come from.
        """
        if len(plan.milestones) > MOST_ON_CANVAS:
            template = "That plan has {n} milestones; the canvas holds {most}."
            return self._say(Message(template, {"n": len(plan.milestones), "most": MOST_ON_CANVAS}))
        asks = Message(
            "This replaces your chain with “{title}”. Do it again to go on; undo brings yours"
            " back.",
            {"title": plan.title or plan.id},
        )
        if self.plan.milestones and not self._asked_before(("import", plan), asks):
            return False
        message = Message("The new chain is on the canvas now.")
        if plan.title:
            message = Message("“{title}” is on the canvas now.", {"title": plan.title})
        new = plan.model_copy(update={"id": self.plan.id})
        return self._make(lambda _: (new, message), case=case or Case(new))

    def replace(self, plan: Plan, message: Message, case: Case | None = None) -> bool:
        """Take a plan that was asked for elsewhere: advice, or the file of another tab (`case`)."""
        return self._make(lambda _: (plan, message), case=case)

    # What happened

    def log(
        self,
        milestone: str | None = None,
        result: Literal["passed", "failed"] | None = None,
        week: float | None = None,
        cash: float | None = None,
        note: str = "",
        count: Counted = hindsight.NO_COUNT,
    ) -> bool:
        """Write down an attempt, a count, or several; the plan is played from there on."""
        entry = (milestone, result, week, cash, note, count)
        return self._make(lambda plan: hindsight.logged(plan, *entry))

    def decide(self, decision: Literal["go", "no-go", "redirect"], note: str = "") -> bool:
        """Write down what was decided at this point."""
        return self._make(lambda plan: hindsight.decided(plan, decision, note))

    def forget(self, position: int) -> bool:
        """Take an entry out of the log, by its position, that was written by mistake."""
        return self._make(lambda plan: hindsight.forgotten(plan, position))
