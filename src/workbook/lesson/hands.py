"""Ten exercises for readers who compute with the frames themselves, and check the result here.

The reader computes an answer with pandas and hands it in with `check`. It is compared with what the
engine says of the same play, found in another way than the reader's. A usual slip has a reply of
its own; an answer still to come (`...`) shows the question and a hint.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from workbook.errors import InputError, fault
from workbook.lesson import markup
from workbook.lesson.bench import NEVER, TASKS, Bench, Found, Task, is_number
from workbook.lesson.panel import Panel, words_of_notebook
from workbook.plan import Plan
from workbook.words import N_, Words


def own_hands(
    plan: Plan,
    way: Mapping[str, str],
    other: Mapping[str, str],
    *,
    runs: int = 2000,
    seed: int = 1,
    lang: str = "en",
) -> Hands:
    """Open the ten exercises for a plan, a way through its forks, and another to compare with it.

    Raises InputError for a language, a number of runs or an option that does not exist.
    """
    w = words_of_notebook(lang)
    bench = Bench(plan, way, other, runs, seed)
    return Hands(bench, w, {m.id for m in bench.played.as_played.milestones})


@dataclass(frozen=True)
class Hands:
    """The exercises of a bench: `check(id, answer)` shows the reply."""

    bench: Bench
    w: Words
    ids: set[str]
    solved: set[str] = field(default_factory=set)

    def check(self, id: str, answer: Any = ...) -> Panel:
        """Show the question while the answer is `...`, and the reply to it afterwards."""
        task = next((task for known, task in TASKS.items() if known == id), None)  # or a list
        if task is None:
            template = "no exercise '{found}'; there are: {allowed}"
            allowed = ", ".join(TASKS)
            raise InputError("check", [fault("id", template, found=id, allowed=allowed)])
        html = markup.say(self.w(task.question)) + self._reply(id, task, answer)
        hint = markup.fold(self.w("Hint"), f"<p>{escape(self.w(task.hint))}</p>")
        return Panel(self.w, lambda: html + hint, alive=False)

    def _reply(self, id: str, task: Task | Found, answer: Any) -> str:
        if answer is ...:
            return markup.small(self.w("Put your answer in the place of the three dots."))
        if isinstance(task, Found):
            right, said = task.check(self.bench, answer, self.w)
        else:
            right, text = _judged(task, self.bench, answer, self.ids)
            said = self.w(text)
        (self.solved.add if right else self.solved.discard)(id)
        count = self.w("{n} of {all} solved.", n=len(self.solved), all=len(TASKS))
        return markup.line(
            markup.joined(said, count if right else ""), "good" if right else "fault"
        )


def _judged(task: Task, bench: Bench, answer: Any, ids: set[str]) -> tuple[bool, str]:
    """Return whether an answer is right, and the reply."""
    truth = task.truth(bench)
    if truth == NEVER and (answer is None or answer == NEVER):
        return True, task.right
    if isinstance(truth, str) and truth != NEVER:
        if not isinstance(answer, str) or answer not in ids:
            return False, N_("The id of a milestone is asked for, in quotes.")
    elif not is_number(answer):
        return False, N_("One number is asked for. Of a column take one value: .iloc[0], .loc[…].")
    if _same(answer, truth, task.within):
        return True, task.right
    replies = (said for slip, said in task.slips if _same(answer, slip(bench), task.within))
    return False, next(replies, N_("Not yet. The hint may help."))


def _same(answer: Any, value: float | str, within: float) -> bool:
    if isinstance(value, str) or isinstance(answer, str):
        return bool(answer == value)
    return abs(float(answer) - value) <= within * abs(value) + 1e-9
