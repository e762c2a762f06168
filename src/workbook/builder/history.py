"""Steps: how an edit is made, said, undone and done again.

Plans are frozen, so a step is the plan before it, the plan after it, and the sentence about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from traitlets import Bool, HasTraits, Instance, Int, Unicode

from workbook.builder.edits import Done, RefusedError, reason_of
from workbook.builder.entry import Entry
from workbook.builder.reasons import unwritten
from workbook.builder.rows import CellsError
from workbook.cases import Case
from workbook.consistency import faults_of
from workbook.errors import Fault, InputError, Message
from workbook.plan import BREAKEVEN, Plan, Text

Around = tuple[Case, Case]
"""The case around the plan, before a step and after it."""

MOST_STEPS = 300


@dataclass(frozen=True)
class Step:
    """An edit that was made: the plan before, the plan after, and what was said of it.

    `around` is the case that the plan came from, before and after: an import changes it.
    Steps with the same `gesture` (a slider being dragged) count as one. `selected` is the milestone
    selected before the step and after it: to undo a step also goes back to where it was made.
    """

    before: Plan
    after: Plan
    message: Message
    around: Around
    gesture: str | None = None
    selected: tuple[str, str] = ("", "")


@dataclass
class History:
    """The steps made and the steps taken back, the latest last; at most `MOST_STEPS` of them."""

    made: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def record(self, step: Step) -> None:
        """Add a step; what had been undone cannot be redone any more."""
        self.undone.clear()
        last = self.made[-1] if self.made else None
        if last and step.gesture and last.gesture == step.gesture:
            self.made[-1] = replace(last, after=step.after, message=step.message)
            return
        self.made.append(step)
        del self.made[:-MOST_STEPS]

    def settle(self) -> None:
        """End a gesture: the next step is one of its own."""
        if self.made and self.made[-1].gesture:
            self.made[-1] = replace(self.made[-1], gesture=None)

    def withdraw(self, gesture: str) -> Step | None:
        """Forget the step of a gesture that is not over yet; None where there is none."""
        open_ = self.made and self.made[-1].gesture == gesture
        return self.made.pop() if open_ else None

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none."""
        if not self.made:
            return None
        self.undone.append(self.made.pop())
        return self.undone[-1]

    def redo(self) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        if not self.undone:
            return None
        self.made.append(self.undone.pop())
        return self.made[-1]


NOTHING_SAID = Message("")
Make = Callable[[Plan], Done]


def blank(id: str = "my-plan", title: Text = "", currency: str = "CNY") -> Plan:
    """A plan without any milestone: what the guided path starts from."""
    return Plan(id=id, title=title, currency=currency, goal=BREAKEVEN)


def _made(make: Make, plan: Plan) -> Done:
    """The plan after an edit; InputError if it has faults."""
    after, message = make(plan)
    if faults := faults_of(after):
        raise InputError(after.id, faults)
    return after, message


class Steps(HasTraits):
    """A plan, and the steps that changed it.

    Attributes
    ----------
    plan
        The last good plan; frozen, and valid by `consistency` at any moment.
    case
        What the plan came from: the file's comments and facts, and where each figure comes from.
    revision
        Counts committed edits, undo and redo included. Set last: who observes it sees the rest.
    selected
        Id of the milestone that is selected; "" where none is.
    said, said_count
        The sentence for the live region, and a count that rises with each, repeated ones too.
    asks
        Whether what was just said is a question: asked again, the edit is made.
    entry
        What was typed last, and how it was understood; None once something else was done.
    unread
        Texts that could not be read, by the place of their box: each stays until something is
        written there, or a step is taken back.
    named
        Ids of the milestones that were new rows of the table, by the keys of those.
    faults
        What was wrong with the last value refused, by path; empty after an edit that was made.
    can_undo, can_redo
        Whether there is a step to take back, or to make again.
    """

    plan = Instance(Plan)
    case = Instance(Case)
    revision = Int(0)
    selected = Unicode("")
    said = Instance(Message)
    said_count = Int(0)
    asks = Bool(False)
    entry: Entry | None
    unread: dict[str, Entry]
    named: dict[str, str]
    faults: tuple[Fault, ...]
    can_undo = Bool(False)
    can_redo = Bool(False)

    def __init__(self, plan: Plan | None = None, case: Case | None = None) -> None:
        plan = plan or blank()
        super().__init__(plan=plan, case=case or Case(plan), said=NOTHING_SAID)
        self.entry, self.unread, self.named, self.faults = None, {}, {}, ()
        self._history = History()
        self._asked: tuple[int, object] | None = None

    def _make(
        self,
        make: Make,
        *,
        gesture: str | None = None,
        select_new: bool = False,
        case: Case | None = None,
    ) -> bool:
        """Make an edit, or say why not; nothing of a learner's making comes out as an error."""
        before = self.plan
        try:
            after, message = _made(make, before)
        except (RefusedError, InputError) as error:
            return self._refuse(error)
        around = (self.case, case or self.case)
        if after == before and unwritten(after) == unwritten(before) and case is None:
            self.faults = ()
            return self._said(message)
        new = next((id for id in after.ids if id not in before.ids), None) if select_new else None
        chosen = (self.selected, new or (self.selected if self.selected in after.ids else ""))
        self._history.record(Step(before, after, message, around, gesture, chosen))
        if case is not None:
            self._forget_texts()
        self.case = around[1]
        return self._commit(after, message, chosen[1])

    def _refuse(self, error: RefusedError | InputError) -> bool:
        self.faults = error.faults if isinstance(error, InputError) else ()
        self.unread |= error.unread if isinstance(error, CellsError) else {}
        return self._say(reason_of(error))

    def _commit(self, plan: Plan, message: Message, select: str) -> bool:
        self._asked, self.faults = None, ()
        self.plan, self.selected = plan, select
        self.can_undo, self.can_redo = bool(self._history.made), bool(self._history.undone)
        self._say(message)
        self.revision += 1
        return True

    def _asked_before(self, what: object, asks: Message) -> bool:
        """Whether this was asked already since the last edit; if not, ask."""
        if self._asked == (self.revision, what):
            return True
        self._asked = (self.revision, what)
        self._say(asks)
        self.asks = True
        return False

    def say(self, message: Message) -> None:
        """Tell something in the live region: what the store or the engine has to say."""
        self._say(message)

    def _said(self, message: Message) -> bool:
        self._say(message)
        return True

    def _say(self, message: Message) -> bool:
        self.asks = False
        self.said = message
        self.said_count += 1
        return False

    def undo(self) -> bool:
        """Take the last step back."""
        step = self._history.undo()
        if step is None:
            return self._say(Message("There is nothing to undo."))
        self.case = step.around[0]
        self._forget_texts()
        return self._commit(
            step.before, Message("Undone: {what}", {"what": step.message}), step.selected[0]
        )

    def redo(self) -> bool:
        """Make the step again that was taken back last."""
        step = self._history.redo()
        if step is None:
            return self._say(Message("There is nothing to do again."))
        self.case = step.around[1]
        self._forget_texts()
        return self._commit(
            step.after, Message("Done again: {what}", {"what": step.message}), step.selected[1]
        )

    def settle(self) -> None:
        """The gesture is over: what comes next is a step of its own."""
        self._history.settle()

    def _withdraw(self, gesture: str) -> None:
        step = self._history.withdraw(gesture)
        if step is not None:
            said, faults = self.said, self.faults
            self.case = step.around[0]
            self._commit(step.before, said, step.selected[0])
            self.faults = faults

    def _forget_texts(self, path: str = "") -> None:
        """Drop the texts that wait at a place, within it or around it; without a place, all."""
        for waiting in list(self.unread):
            if not path or f"{waiting}.".startswith(f"{path}.") or path.startswith(f"{waiting}."):
                del self.unread[waiting]
