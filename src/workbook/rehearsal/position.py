"""A position of a rehearsal: what a player sees at a decision, and the moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import isinf
from typing import NamedTuple

from workbook.errors import Fault, InputError, Message, fault, shown
from workbook.law import Attempt, Economy, next_payments, slowed
from workbook.life.diary import Event
from workbook.life.state import Luck
from workbook.plan import Fork, Milestone, Plan, day_of
from workbook.present import present
from workbook.rehearsal import legal
from workbook.rehearsal.line import of_this_plan, read_moves, written_line
from workbook.rehearsal.lived import STOPPED, Lived
from workbook.rehearsal.moves import Move
from workbook.rehearsal.waiting import reasons_to_wait


class Due(NamedTuple):
    """What falls due: the week, `loan`, `money`, `promise` (money that may come), `bill`, `work` or
    `deadline`, about what, and the amount, negative if it is to be paid.
    """

    week: int
    kind: str
    about: str
    amount: float = 0.0


class Forecast(NamedTuple):
    """A chance in percent that the player gave an attempt or the goal, and whether it came true."""

    week: int
    milestone: str
    said: int
    passed: bool

    @property
    def brier(self) -> float:
        """The squared error of the chance, from 0 (sure and right) to 1 (sure and wrong)."""
        return (self.said / 100 - self.passed) ** 2


@dataclass(frozen=True)
class Position:
    """A rehearsal at a decision, or at its end.

    Attributes
    ----------
    plan, seed
        The plan as it was given, and the seed of the luck.
    made
        The moves made so far.
    state
        The life itself, at the start of the week that is decided; money in cents.
    first_week
        The last week of the log: 0 without one. `state` counts its weeks from there.
    seen
        The events before the last move.
    """

    plan: Plan
    seed: int
    made: tuple[Move, ...]
    state: Lived
    first_week: int = 0
    seen: int = 0

    @property
    def week(self) -> int:
        """The week that begins with this decision, or in which the life has ended."""
        return self.first_week + self.state.week

    @property
    def date(self) -> date | None:
        """The first day of that week, if the plan has one."""
        return day_of(self.plan.starts, max(1, self.week)) if self.plan.starts else None

    @property
    def written(self) -> Plan:
        """The plan as it is by now: with the options taken, what is left out, the order."""
        return self.state.written

    @property
    def cash(self) -> float:
        """The cash, in the currency of the plan."""
        return self.state.cash / 100

    @property
    def fate(self) -> str | None:
        """None while it goes on; else `goal`, `ruin`, `stuck`, `open` or `stopped`."""
        return STOPPED if self.state.stopped else self.state.fate

    @property
    def drain_per_week(self) -> float:
        """What the cash loses in a week as things are, without the cost of attempts; may gain."""
        economy, waiting = self.state.economy, self.state.waiting
        burn = waiting[1].burn_per_week if waiting else economy.burn_per_week
        comes = economy.sales_cents + economy.pay_cents
        return burn - (comes - economy.average_bills_cents) / 100

    @property
    def runway_weeks(self) -> int | None:
        """The weeks that the cash pays for as things are; None if it is not used up."""
        if not self.state.mortal or self.drain_per_week <= 0:
            return None
        return max(0, int(self.cash / self.drain_per_week))

    @cached_property
    def rounds_affordable(self) -> Mapping[str, int | None]:
        """How many attempts in a row the cash pays for, bills included, by ready milestone (P9)."""
        return {id: self._rounds(id) for id in self.state.next_up()}

    @property
    def morale(self) -> int | None:
        """The points of morale; None if the plan follows none."""
        return None if self.plan.morale is None else self.state.morale

    @property
    def morale_is_low(self) -> bool:
        """Whether an attempt that starts now takes longer."""
        morale = self.plan.morale
        return morale is not None and self.state.morale < morale.low_below

    def weeks_of(self, milestone: Milestone) -> float:
        """The weeks of an attempt that starts now, as likely as not; infinite without hours."""
        weeks = Attempt(milestone, self.state.economy).weeks
        return weeks if isinf(weeks) else slowed(self.plan.morale, self.state.morale, int(weeks))

    def _rounds(self, id: str) -> int | None:
        milestone, drain = self.state.plan.milestone(id), round(self.drain_per_week * 100)
        lasting = self.weeks_of(milestone) * drain if drain else 0.0
        cost = Attempt(milestone, self.state.economy).cost_cents + lasting
        if not self.state.mortal or cost <= 0:
            return None
        return max(0, int(self.state.cash // cost))

    @property
    def reached(self) -> Mapping[str, int]:
        """The milestones reached, with their weeks."""
        return {id: week + self.first_week for id, week in self.state.reached.items()}

    @property
    def tries(self) -> Mapping[str, int]:
        """The attempts that have ended, by milestone."""
        return dict(self.state.attempts)

    @property
    def under_way(self) -> Mapping[str, int]:
        """The milestones worked on, with the week at whose end the work is done."""
        return {job.subject: job.ends + self.first_week for job in self.state.jobs}

    @property
    def known(self) -> Mapping[str, str]:
        """The beliefs settled so far: `yes` or `no` by its test, `untrue`, or `put right`."""
        state = self.state
        redesigned = {e.about for e in state.events if e.happening == "redesign-done"}
        tested = (m for m in state.plan.milestones if m.tests)
        found = {m.id: "yes" for m in tested if m.id in state.reached}
        found |= dict.fromkeys(state.refuted, "no") | dict.fromkeys(redesigned, "put right")
        return found | dict.fromkeys(state.untrue, "untrue")

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """What falls due from this week on, the next first; of what recurs the next time."""
        state, first = self.state, self.first_week
        found = [Due(w, "loan", fork, -amount / 100) for w, amount, fork, _ in state.debts]
        found += [
            Due(week, "money", about, amount / 100)
            for week, amount, about, _ in state.cheques
            if about != state.plan.id
        ]
        promises = next_payments(state.plan, state.week)
        found += [Due(one.week, "promise", state.plan.id, one.amount) for one in promises]
        found += [Due(job.ends, "work", job.subject) for job in state.jobs]
        found += [
            Due(m.by_week, "deadline", m.id)
            for m in state.plan.attempted
            if m.by_week is not None and m.id not in state.reached and m.id not in state.used_up
        ]
        found += self._next_bills()
        coming = sorted(due for due in found if due.week >= state.week)
        return tuple(due._replace(week=due.week + first) for due in coming)

    def _next_bills(self) -> list[Due]:
        weeks = range(self.state.week, self.state.plan.horizon_weeks + 1)
        found = []
        economy = self.state.economy
        each = [(bill.id, Economy(bills=(bill,))) for bill in economy.bills]
        each += [(role.id, Economy(roles=(role,))) for role in economy.roles]
        for id, alone in each:
            week = next((week for week in weeks if alone.bills_cents(week)), None)
            if week is not None:
                found.append(Due(week, "bill", id, -alone.bills_cents(week) / 100))
        return found

    @cached_property
    def reasons_to_wait(self) -> tuple[Message, ...]:
        """What may come of starting nothing new for a while."""
        return tuple(self._dated(reason) for _, reason in reasons_to_wait(self.state))

    @property
    def line(self) -> str:
        """The line of text that replays to here."""
        return written_line(self.plan, self.seed, self.made)

    @property
    def open_forks(self) -> tuple[Fork, ...]:
        """The forks that can be taken now."""
        return tuple(self.state.open_now()) if self.fate is None else ()

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are offered; () at the end."""
        return legal.offered(self.state)

    @cached_property
    def why_not(self) -> Mapping[str, Message]:
        """Why not, by the text of a move that cannot be made now."""
        reasons = legal.why_not(self.state).items()
        return {str(move): self._dated(reason) for move, reason in reasons}

    def _dated(self, reason: Message) -> Message:
        """Return a reason whose week counts from the start of the plan, not of the rehearsal."""
        values = dict(reason.values)
        if isinstance(week := values.get("week"), int):
            values["week"] = week + self.first_week
        return Message(reason.template, values)

    @property
    def events(self) -> tuple[Event, ...]:
        """What has happened since the last decision."""
        first = self.first_week
        new = self.state.events[self.seen :]
        return tuple(replace(event, week=event.week + first) for event in new)

    @property
    def forecasts(self) -> tuple[Forecast, ...]:
        """The chances that the player has said, of attempts that have ended, and of the goal."""
        made = [Forecast(*found) for found in self.state.forecasts]
        if self.state.fate is not None and not self.state.stopped:
            there, goal = self.state.fate == "goal", self.plan.goal
            made += [Forecast(week, goal, said, there) for week, said in self.state.goal_said]
        return tuple(found._replace(week=found.week + self.first_week) for found in sorted(made))

    @property
    def asks_of_goal(self) -> bool:
        """Whether a chance that is said here is that of the goal: the attempt's own is known."""
        for id in self.state.to_choose()[:1]:
            milestone = self.state.plan.milestone(id)
            shared = any(id in condition.milestones for condition in self.plan.conditions)
            untested = any(other not in self.known for other in milestone.relies_on)
            mending = self.state.mended_next(id)
            return bool(mending) or not (milestone.tests or untested or shared)
        return True

    def with_chance(self, move: Move, said: int | None) -> Move:
        """Return a move with the chance that the player says."""
        return replace(move, said=said, of_goal=said is not None and self.asks_of_goal)

    def after(self, move: Move | str) -> Position:
        """Make a move, and play until the next decision or the end.

        Raises
        ------
        InputError
            If the move is not legal here: why, and which moves are.
        """
        read = Move.read(move) if isinstance(move, str) else move
        reason = legal.refusal(self.state, read) if read else Message("this is not a move")
        if read is None or reason is not None:
            assert reason is not None
            raise InputError(self.plan.id, [self._refused(str(move), reason)])
        lived = self.state.copy()
        lived.make(read)
        return replace(self, made=(*self.made, read), state=lived, seen=len(self.state.events))

    def results_after(self, move: Move) -> tuple[Position, ...]:
        """Return the life after each result between a legal move and the next decision."""
        lived = self.state.copy()
        lived.trail = []
        lived.make(move)
        between = [one for one in lived.trail if lived.fate is not None or one.week < lived.week]
        return tuple(replace(self, made=(*self.made, move), state=one) for one in between)

    def _refused(self, text: str, reason: Message) -> Fault:
        values: dict[str, object] = {
            "n": len(self.made) + 1,
            "move": shown(text),
            "why": reason,
            "week": self.week,
        }
        if not self.moves:
            return fault("moves", "move {n}, “{move}”, in week {week}: {why}", **values)
        values["allowed"] = [str(move) for move in self.moves]
        template = "move {n}, “{move}”, in week {week}: {why}; possible here: {allowed}"
        return fault("moves", template, **values)


def rehearse(plan: Plan, seed: int = 1) -> Position:
    """Return the first position of a rehearsal; of a plan with a log, today.

    >>> from workbook.plan import Plan
    >>> shop = Plan(id="shop", goal="open", milestones=[{"id": "open", "pass_rate": 1.0}])
    >>> position = rehearse(shop, seed=1)
    >>> [str(move) for move in position.moves]
    ['as-written', 'stop']
    >>> position.after("as-written").fate
    'goal'
    """
    if seed < 0:
        template = "{found} is not a seed; write a whole number from 0 on"
        raise InputError(plan.id, [fault("seed", template, found=shown(seed))])
    here = present(plan) if plan.log else None
    lived = Lived(here.plan if here else plan, Luck(seed, 0), {}, "triangular")
    lived.at_the_start()
    if lived.fate is None:
        lived.week = 1
        lived.advance()
    return Position(plan, seed, (), lived, here.week if here else 0)


def replay(plan: Plan, line: str, seed: int = 1) -> Position:
    """Return the position after a line of moves: `PLAN-ID SEED MOVES`, or moves alone.

    Raises
    ------
    InputError
        For a line of another plan, or of another version of it, and for the first illegal move.
    """
    found = read_moves(line, plan.id)
    of_this_plan(plan, found)
    position = rehearse(plan, seed if found.seed is None else found.seed)
    return played(position, found.moves)


def played(position: Position, moves: Sequence[Move]) -> Position:
    """Return the position after these moves."""
    for move in moves:
        position = position.after(move)
    return position
