"""Propagate probability from stage to stage until every run has its fate.

Everything at a stage, with the same money due, takes the stage's step at once: it pays, passes the
weeks, and follows the branches. Stages are processed in an order in which everything that can reach
a stage has arrived; what fails and returns is added beforehand.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from itertools import count

from workbook.exact.entries import Entries
from workbook.exact.mass import Grid, Ints, Mass, Return
from workbook.exact.refusals import NotExactError, bound
from workbook.exact.series import Series, series
from workbook.exact.stages import Branch, Due, Node, Opening, Step
from workbook.exact.totals import Totals
from workbook.exact.transitions import Transitions, form_of

TOO_SMALL = 1e-15
MOST_LET_GO = 1e-9
MOST_WORK = 20_000_000


class Propagation:
    """The probability under way, by stage, with the money due."""

    def __init__(self, transitions: Transitions) -> None:
        plan = transitions.plans[0]
        self.transitions = transitions
        self.horizon = plan.horizon_weeks
        self.mortal = transitions.programs[0].mortal
        self.cash = transitions.programs[0].cash_cents
        found = form_of(transitions)
        self.grain = found.grain
        self.form: type[Grid] | type[Entries] = Grid if found.gridded else Entries
        self.totals = Totals(transitions.ids, self.horizon, self.cash, self.form, self.grain)
        self.fair_share = MOST_LET_GO / max(1, found.stages)
        self.work = 0.0
        self._inbox: dict[Node, list[Mass]] = defaultdict(list)
        self._queue: list[tuple[tuple[int, ...], int, Node]] = []
        self._ticket = count()

    def run(self) -> Totals:
        """Propagate everything from the start to the fates."""
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
        """Follow a branch: record what it brought, and check whether the run ends."""
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
        """Take the step of a node's stage with everything that has arrived."""
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
        """Return the repeated attempts that start here, if the distribution's form allows it."""
        if self.form is Grid or node.dues or node.noted:
            return None
        return series(self.transitions, node.stage, self.mortal)

    def _in_a_row(self, node: Node, row: Series, mass: Entries) -> None:
        """Process all attempts at a milestone: complete rounds, and those cut short."""
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
        """Process the complete rounds, each entry's own number of them."""
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
        """Return everything that has arrived at a node, except what is too small to follow.

        No more is dropped than allowed in total, and the amount is recorded.
        """
        mass: Mass = self.form.summed(parts, self.grain)  # type: ignore[arg-type]
        most = min(self.fair_share, MOST_LET_GO - self.totals.let_go)
        mass, gone = mass.without_small(TOO_SMALL, most)
        self.totals.let_go += gone
        return mass

    def _count(self, mass: Mass) -> None:
        """Limit time and memory: a cell of a grid costs a tenth of an entry."""
        size = 1 if self.form is Entries else 0.1
        self.work += size * mass.cells()
        bound(self.work, MOST_WORK)
        bound(size * sum(part.cells() for parts in self._inbox.values() for part in parts))

    def _return(self, node: Node, step: Step) -> Return | None:
        """Return how mass returns to this same node; None if it does not."""
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
        """Open a fork: its option changes the money, and the week continues at another stage."""
        if self.transitions.verdict(opening.stage) is not None:
            raise NotExactError("the option of a fork decides the goal as the fork opens")
        cheques, dues = node.cheques, node.dues
        for amount in opening.cash:
            mass, cheques = mass.moved(0, amount), cheques + amount
        for _, amount, weeks in opening.debts:
            dues = (*dues, Due(1 + weeks, -amount, True))
        self._arrive(Node(opening.stage, tuple(sorted(dues)), cheques, noted=True), mass)

    def _take(self, node: Node, step: Step, mass: Mass, back: Return | None) -> None:
        """Start if it can be paid; otherwise wait, or end in ruin."""
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
        """Handle a blocked start: ruin if nothing will change, else wait until something does."""
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
        """Return what is due for payment and what arrives that many weeks from now."""
        now = [due for due in dues if due.weeks == week]
        return sum(d.amount for d in now if d.debt), sum(d.amount for d in now if not d.debt)

    def _through(self, node: Node, step: Step, mass: Mass, weeks: int) -> tuple[Node, Mass]:
        """Pass this many weeks of bills and payments; return what survives to the end of them."""
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
        """Do the same week by week, checking ruin, payments due and the last week."""
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
