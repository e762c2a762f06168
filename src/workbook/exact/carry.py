"""Carry probability from stage to stage until every life has its fate.

All that stands at a stage, with the same money on its way, takes the stage's step at once: it
pays, lives through the weeks, and goes where the branches lead. Stages come in such an order that
all who will ever stand there have arrived; those who fail and come back are added beforehand.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from itertools import count

from workbook.exact.entries import Entries
from workbook.exact.grid import Grid
from workbook.exact.mass import Ints, Mass, Return
from workbook.exact.nodes import Due, Node
from workbook.exact.refusals import NotExactError, bound
from workbook.exact.series import Series, series
from workbook.exact.stages import Branch, Opening, Step
from workbook.exact.survey import survey
from workbook.exact.totals import Totals
from workbook.exact.transitions import Transitions

TOO_SMALL = 1e-15
MOST_LET_GO = 1e-9
MOST_WORK = 20_000_000


class Carrier:
    """Probability on its way from stage to stage."""

    def __init__(self, transitions: Transitions) -> None:
        plan = transitions.plans[0]
        self.transitions = transitions
        self.horizon = plan.horizon_weeks
        self.mortal = transitions.programs[0].mortal
        self.cash = transitions.programs[0].cash_cents
        view = survey(transitions)
        self.grain = view.grain
        self.form: type[Grid] | type[Entries] = Grid if view.gridded else Entries
        self.totals = Totals(transitions.ids, self.horizon, self.cash, self.form, self.grain)
        self.fair_share = MOST_LET_GO / max(1, view.stages)
        self.work = 0.0
        self._inbox: dict[Node, list[Mass]] = defaultdict(list)
        self._queue: list[tuple[tuple[int, ...], int, Node]] = []
        self._ticket = count()

    def carry(self) -> Totals:
        """Everything from the start to the fates."""
        first = self.transitions.first()
        certain = self.form.certain(0, self.cash, self.grain)
        debts = tuple(
            Due(d.weeks, -d.amount_cents, True) for d in self.transitions.plans[0].begun.debts
        )
        for chance, cheques in self.transitions.promised():
            self._branch(Node(first, debts), Branch(chance, first, cheques=cheques), certain)
        while self._queue:
            node = heappop(self._queue)[2]
            self._live(node, self._inbox.pop(node))
        self.totals.fates["open"][self.horizon] += self.totals.let_go
        return self.totals

    # From node to node

    def _branch(self, node: Node, branch: Branch, mass: Mass) -> None:
        """Go where a branch leads: write down what it brought, and see whether that is the end."""
        mass = mass.times(branch.chance)
        dues, cheques = node.dues, node.cheques
        for cheque in branch.cheques:
            if cheque.lag_weeks:
                dues = (*dues, Due(cheque.lag_weeks, cheque.amount, False))
            else:
                mass, cheques = mass.moved(0, cheque.amount), cheques + cheque.amount
        self.totals.come(branch, mass, cheques)
        fate = self.transitions.verdict(branch.stage)
        if fate is not None:
            self.totals.end(fate, mass)
        else:
            self._arrive(Node(branch.stage, tuple(sorted(dues)), cheques), mass)

    def _arrive(self, node: Node, mass: Mass) -> None:
        if not mass.cells():
            return
        if node not in self._inbox:
            heappush(self._queue, (node.order, next(self._ticket), node))
        self._inbox[node].append(mass)

    def _live(self, node: Node, parts: list[Mass]) -> None:
        """Take the step of a node's stage with all that has arrived."""
        row = self._series(node)
        if row is not None:
            self._in_a_row(node, row, self._arrived(parts))  # type: ignore[arg-type]
            return
        opening = None if node.noted else self.transitions.opening(node.stage)
        step = None if opening else self.transitions.step(node.stage)
        back = self._return(node, step) if step else None
        mass = self._arrived(parts)
        if back is not None and mass.cells():
            mass = mass.returning(back, self.horizon)
        self._count(mass)
        if not node.noted:
            self.totals.under_way(mass, node.stage.economy)
        mass, last = mass.split_at_week(self.horizon)
        self.totals.end("open", last)
        if opening is not None:
            self._open(node, opening, mass)
        elif step is not None and mass.cells():
            self._take(node, step, mass, back)

    def _series(self, node: Node) -> Series | None:
        """The attempts in a row that begin here, where mass is kept so that they can be told."""
        if self.form is Grid or node.dues or node.noted:
            return None
        return series(self.transitions, node.stage, self.mortal)

    def _in_a_row(self, node: Node, row: Series, mass: Entries) -> None:
        """All attempts at a milestone: every round that is seen through, and those cut short."""
        number = row.survived(mass, self.horizon, self.mortal)
        self._see_through(node, row, mass, number)
        cut = number < row.rounds
        failed = row.moved(mass.where(~cut), row.rounds).times(row.left[-1])
        if row.last is not None:
            self._branch(node, row.last, failed)
        else:
            self.totals.let_go += failed.total()
        short = mass.where(cut).after_rounds(number[cut], row.step.weeks, row.gain, row.left)
        self.totals.under_way(short, node.stage.economy)
        short, last = short.split_at_week(self.horizon)
        self.totals.end("open", last)
        if short.cells():
            self._take(node, row.step, short, None)

    def _see_through(self, node: Node, row: Series, mass: Entries, number: Ints) -> None:
        """The rounds, each entry's own number of them, of which all weeks are lived through."""
        step, economy = row.step, node.stage.economy
        starts = row.begun(mass, number, row.left)
        self._count(starts)
        self.totals.spent += step.price * starts.total()
        if step.milestone is not None:
            self.totals.attempts[step.milestone] += starts.total()
        on_the_way = [(week, week * step.net - step.price) for week in range(1, step.weeks)]
        self.totals.under_way(starts, economy, [(0, 0), *on_the_way])
        for branch, chances in row.wins:
            passed, share = starts, chances[0]
            if len(set(chances)) > 1:
                each = [left * chance for left, chance in zip(row.left, chances, strict=False)]
                passed, share = row.begun(mass, number, each), 1.0
            self._branch(node, branch._replace(chance=share), row.moved(passed, 1))

    def _arrived(self, parts: list[Mass]) -> Mass:
        """All that has arrived at a node, but what is too small to follow.

        No more is dropped than may be in all, and the account of it is kept.
        """
        mass: Mass = self.form.summed(parts, self.grain)  # type: ignore[arg-type]
        most = min(self.fair_share, MOST_LET_GO - self.totals.let_go)
        mass, gone = mass.without_small(TOO_SMALL, most)
        self.totals.let_go += gone
        return mass

    def _count(self, mass: Mass) -> None:
        """Keep time and memory within bounds: a number of a grid costs a tenth of an entry."""
        size = 1 if self.form is Entries else 0.1
        self.work += size * mass.cells()
        bound(self.work, MOST_WORK)
        bound(size * sum(part.cells() for parts in self._inbox.values() for part in parts))

    def _return(self, node: Node, step: Step) -> Return | None:
        """How mass comes back to this very node; None where it does not."""
        stage = node.stage
        if node.dues or node.noted or step.no_hours:
            return None
        share = sum(branch.chance for branch in step.branches if branch.stage == stage)
        saves = self.mortal and not stage.waiting and step.net > 0 and step.price > 0
        if share == 0 and not saves:
            return None
        bills = min(0, step.weeks * step.net)
        above = -step.net if stage.waiting else step.price - bills
        return Return(
            share=share,
            weeks=step.weeks,
            cash=step.weeks * step.net - step.price,
            above=above if self.mortal else None,
            wait=step.net if saves else None,
            below=step.price,
            mortal=self.mortal,
        )

    # A week begins

    def _open(self, node: Node, opening: Opening, mass: Mass) -> None:
        """A fork opens: its option moves the money, and the week goes on at another stage."""
        if self.transitions.verdict(opening.stage) is not None:
            raise NotExactError("the option of a fork decides the goal as the fork opens")
        cheques, dues = node.cheques, node.dues
        for amount in opening.cash:
            mass, cheques = mass.moved(0, amount), cheques + amount
        for _, amount, weeks in opening.debts:
            dues = (*dues, Due(1 + weeks, -amount, True))
        self._arrive(Node(opening.stage, tuple(sorted(dues)), cheques, noted=True), mass)

    def _take(self, node: Node, step: Step, mass: Mass, back: Return | None) -> None:
        """Who can pay starts; who cannot waits, or is ruined."""
        if step.no_hours:
            self._through(node, step, mass, self.horizon + 1)
            return
        if self.mortal and not node.stage.waiting:
            poor, mass = mass.split_at_cash(step.price)
            self._blocked(node, step, poor)
        self.totals.spent += step.price * mass.total()
        if step.attempt and step.milestone is not None:
            self.totals.attempts[step.milestone] += mass.total()
        node_then, mass = self._through(node, step, mass.moved(0, -step.price), step.weeks)
        for branch in step.branches:
            if back is None or branch.stage != node.stage:
                self._branch(node_then, branch, mass)

    def _blocked(self, node: Node, step: Step, mass: Mass) -> None:
        """No start: ruin where nothing will change, else wait until something does."""
        if not mass.cells():
            return
        if step.net > 0 and not node.dues and not node.noted:
            return  # those who save up have been added to those who can pay
        if step.net > 0 or node.hopeful:
            weeks = 1 if step.net > 0 else node.dues[0].weeks
            node_then, mass = self._through(node, step, mass, weeks)
            self._arrive(node_then, mass)
        else:
            self.totals.ruin(mass.moved(1, 0), step.milestone, node.stage.reached)

    @staticmethod
    def _falling_due(dues: tuple[Due, ...], week: int) -> tuple[int, int]:
        """What is drawn and what comes in that many weeks from now."""
        now = [due for due in dues if due.weeks == week]
        return sum(d.amount for d in now if d.debt), sum(d.amount for d in now if not d.debt)

    def _through(self, node: Node, step: Step, mass: Mass, weeks: int) -> tuple[Node, Mass]:
        """Live so many weeks of bills and cheques; the lives left stand at the end of them."""
        if node.dues or self.form is Grid:
            return self._week_by_week(node, step, mass, weeks)
        mass, late = mass.split_at_week(self.horizon + 1 - weeks)
        ending = [late]
        if self.mortal:
            poor, mass = mass.split_at_cash(-min(step.net, weeks * step.net))
            ending.append(poor)
        for some in ending:  # the horizon or ruin comes before the end
            if some.total() > 0.0:
                self._week_by_week(node, step, some, weeks)
        on_the_way = [(week, week * step.net) for week in range(1, weeks)]
        self.totals.under_way(mass, node.stage.economy, on_the_way)
        return Node(node.stage, (), node.cheques), mass.moved(weeks, weeks * step.net)

    def _week_by_week(self, node: Node, step: Step, mass: Mass, weeks: int) -> tuple[Node, Mass]:
        """The same, asking each week who is ruined, what falls due, and whether it is the last."""
        stage, dues, cheques = node.stage, node.dues, node.cheques
        for week in range(1, weeks + 1):
            bills, funding = self._falling_due(dues, week) if dues else (0, 0)
            mass = mass.moved(1, step.net + bills)
            if self.mortal:
                dead, mass = mass.split_at_cash(0)
                self.totals.ruin(dead, step.milestone, stage.reached)
            if funding:
                mass, cheques = mass.moved(0, funding), cheques + funding
            if week < weeks:
                self.totals.under_way(mass, stage.economy)
                mass, last = mass.split_at_week(self.horizon)
                self.totals.end("open", last)
            if not mass.cells():
                break
        left = tuple(due._replace(weeks=due.weeks - weeks) for due in dues if due.weeks > weeks)
        return Node(stage, left, cheques), mass
