"""A life that stops where there is something to decide, and goes on with a move.

The weeks are those of `life.weeks`. A decision falls at the start of a week, before anything of it
has been paid: forks open in it, free teams start in it. A fork that is left aside stays open while
its conditions hold; it is not asked again by itself, but can be taken at any later decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product, takewhile

from workbook.edit import can_turn, edit, reordered, skipping
from workbook.law import has_levels, has_terms, moves_by_itself
from workbook.life.diary import Happening
from workbook.life.weeks import Weeks
from workbook.plan import Edit, Fork, Option, Plan
from workbook.rehearsal.moves import Move

STOPPED = "stopped"
"""How a rehearsal ends whose player stops; the other endings are the fates of a life."""
MOST_WAYS = 1000
"""Combinations of options that are tried to see whether forks to come lead to the goal."""
LEVELS = ("cheap", "strict")
"""Levels of a test, besides the one written."""
FAILING: frozenset[Happening] = frozenset({"failed", "untrue"})
CHANCED: frozenset[Happening] = FAILING | {"passed", "cheque", "no-cheque", "wait-over"}
"""What chance decides."""


def may_skip(plan: Plan) -> tuple[str, ...]:
    """Return the milestones that a player may leave out, in the plan's order.

    Those that the goal can do without, and hypotheses that something relies on: untested, they may
    turn out untrue. Not those that an option of a fork leaves out, on terms of its own.
    """
    by_fork = {id for fork in plan.forks for option in fork.options for id in option.skip}
    relied = {id for milestone in plan.attempted for id in milestone.relies_on}
    return tuple(
        m.id
        for m in plan.attempted
        if m.id != plan.goal
        and m.id not in by_fork
        and (not m.necessary or (m.tests is not None and m.id in relied))
    )


def at_any_time(fork: Fork) -> Fork:
    """Return a fork without the conditions that being on offer at any time waives."""
    if not fork.any_time:
        return fork
    at = fork.at.model_copy(update={"week": None, "cash_below": None})
    return fork.model_copy(update={"at": at})


def at_level(plan: Plan, id: str, level: str) -> Edit:
    """Return the edit that has a milestone tested at one of its levels."""
    tests = plan.milestone(id).tests
    found = getattr(tests, level).model_dump(exclude_none=True)
    shares = {name: found.pop(name) for name in ("if_true", "if_false") if name in found}
    return Edit(milestones={id: {**found, "tests": shares}})


class Lived(Weeks):
    """A life with decisions. `written` is the plan as it is by now, its ranges not drawn."""

    def __post_init__(self) -> None:
        self.written = self.plan
        super().__post_init__()
        options = [option for fork in self.plan.forks for option in fork.options]
        self.moving = self.moving or any(moves_by_itself(edit(self.plan, o)) for o in options)
        self.taken: dict[str, str] = {}
        self.seen: set[str] = set()
        self.weighed: set[str] = set()
        self.picked: list[str] = []
        self.ordered: set[frozenset[str]] = set()
        self.failures: dict[str, int] = {}
        self.said: dict[str, int] = {}
        self.forecasts: list[tuple[int, str, int, bool]] = []
        self.goal_said: list[tuple[int, int]] = []
        self.held_until = 0
        self.answered = 0
        self.warned = False
        self.stopped = False
        self.trail: list[Lived] | None = None

    # The weeks

    def advance(self) -> None:
        """Play until there is something to decide, or the life has ended."""
        while self.fate is None and not self.asks():
            self.go_on()
        self.held_until = min(self.held_until, self.week - 1)

    def go_on(self) -> None:
        """Play this week, and come to the start of the next one."""
        self.seen |= {fork.id for fork in self.opening()}
        self.weighed.update(self.to_weigh())
        if self.week > self.held_until:
            self.start_work()
        self.finish_week()
        self.picked = []
        if self.fate is None:
            self.week += 1
            self.leave_trail()

    def leave_trail(self) -> None:
        """Keep the life as it is now, if that is wanted and last week had a result."""
        if self.trail is not None and self.results_last_week():
            kept, self.trail = self.trail, None
            self.trail = [*kept, self.copy()]

    def results_last_week(self) -> bool:
        """Whether chance has decided something last week."""
        recent = takewhile(lambda event: event.week == self.week - 1, reversed(self.events))
        return any(event.happening in CHANCED for event in recent)

    def note(self, happening: Happening, about: str, amount: int = 0) -> None:
        """Write an event down, and count failures in a row and forecasts that came true."""
        super().note(happening, about, amount)
        if happening not in FAILING | {"passed"}:
            return
        failed = happening in FAILING
        self.failures[about] = self.failures.get(about, 0) + 1 if failed else 0
        if about in self.said:
            self.forecasts.append((self.week, about, self.said.pop(about), not failed))

    # What there is to decide

    def asks(self) -> bool:
        """Whether this week begins with something to decide."""
        if self.waiting:
            return False
        if any(fork.id not in self.seen for fork in self.opening()) or self.order_is_open():
            return True
        if self.answered == self.week:
            return False
        news = self.week == 1 or self.week == self.held_until + 1 or self.failed_again()
        news = news or any(id not in self.weighed for id in self.to_weigh()) or self.may_react()
        lost = not self.warned and self.lost_as_written()
        return news or lost or self.ruin_can_be_averted()

    def opening(self) -> list[Fork]:
        """Return the forks whose conditions hold this week, in the plan's order."""
        if self.waiting:
            return []
        starting = self.starting() if self.week > self.held_until else []
        return [f for f in self.untaken() if self.holds_now(f.at, starting)]

    def open_now(self) -> list[Fork]:
        """Return the forks that can be taken this week: those, and others on offer at any time."""
        opening = self.opening()
        starting = self.starting() if self.week > self.held_until and not self.waiting else []
        return [
            f
            for f in ([] if self.waiting else self.untaken())
            if f in opening or (f.any_time and self.holds_now(at_any_time(f).at, starting))
        ]

    def untaken(self) -> list[Fork]:
        """Return the forks at which no option has been taken."""
        opened = self.taken.keys() | self.plan.begun.opened
        return [fork for fork in self.plan.forks if fork.id not in opened]

    def to_choose(self) -> list[str]:
        """Return the milestones that could be started now and have not been picked yet."""
        if self.waiting or self.week <= self.held_until:
            return []
        return [id for id in self.next_up() if id not in self.picked]

    def order_is_open(self) -> bool:
        """Whether more can be started than there are teams or money for, and it is not decided."""
        ready, teams = self.to_choose(), self.free_teams - len(self.picked)
        if len(ready) < 2 or teams < 1 or frozenset(self.next_up()) in self.ordered:
            return False
        short = self.mortal and sum(self.price_of(id) for id in ready) > self.cash_left()
        return len(ready) > teams or short

    def to_weigh(self) -> list[str]:
        """Return what may be decided now for the first time: skips, levels, money at any time."""
        skips, money = self.to_skip(), [fork.id for fork in self.open_now() if fork.any_time]
        return money + [id for id in self.to_choose() if id in skips or self.levels(id)]

    def levels(self, id: str) -> list[str]:
        """Return the levels of the next test at a milestone, besides the one written."""
        tests = self.task(id).tests
        if tests is None or self.mended_next(id):
            return []
        return [name for name in LEVELS if getattr(tests, name) is not None]

    def to_skip(self) -> list[str]:
        """Return the milestones that could be started now, and may be left out."""
        ready = self.to_choose()
        skippable = may_skip(self.plan) if ready else ()
        return [id for id in skippable if id in ready and not self.mended_next(id)]

    def cash_left(self) -> int:
        """Return the cash without what has been picked for this week, in cents."""
        return self.cash - sum(self.price_of(id) for id in self.picked)

    def price_of(self, id: str) -> int:
        """Return what starting the next work at a milestone costs, in cents."""
        return self.price(self.plan.milestone(id))

    def may_react(self) -> bool:
        """Whether an attempt failed last week and a fork can be taken, or one passed and a skip."""
        found = {e.happening for e in self.events if e.week == self.week - 1}
        if found & FAILING and self.open_now():
            return True
        return "passed" in found and bool(self.to_skip())

    def failed_again(self) -> bool:
        """Whether the first, second, fourth, eighth … attempt in a row failed last week."""
        last = {e.about for e in self.events if e.week == self.week - 1 and e.happening in FAILING}
        ready = [id for id in self.next_up() if id in last and not self.mended_next(id)]
        return any(not (n := self.failures[id]) & (n - 1) for id in ready)

    def lost_as_written(self) -> bool:
        """Whether the plan as written leads nowhere any more: only a fork may still help."""
        return bool(self.used_up) and self.off_the_way() and not super().may_turn()

    def ruin_can_be_averted(self) -> bool:
        """Whether the next work cannot be paid, which would be ruin, and a fork is open."""
        ready = self.to_choose()
        if not (self.mortal and ready and self.open_now()) or self.jobs or self.cheques:
            return False
        hopeless = not self.patient and self.economy.flow_cents <= 0
        return hopeless and not self.can_pay(ready[0]) and not self.out_of_hours(ready[0])

    def can_pay(self, id: str) -> bool:
        """Whether the cash pays for the next work at a milestone."""
        return not self.mortal or self.price_of(id) <= self.cash_left()

    def may_turn(self) -> bool:
        """Whether any options of the forks not taken may still lead to the goal."""
        if self.week >= self.plan.horizon_weeks or super().may_turn():
            return super().may_turn()
        reached = self.reached.keys()
        return any(
            can_turn(self.plan, options, self.plan.forks, reached, self.used_up)
            for options in islice(self._ways(), MOST_WAYS)
        )

    def _ways(self) -> Iterator[dict[str, Option]]:
        forks = self.untaken()
        for ways in product(*((*fork.options, None) for fork in forks)):
            yield {f.id: o for f, o in zip(forks, ways, strict=True) if o is not None}

    # The moves

    def make(self, move: Move) -> None:
        """Make a legal move, and play until the next decision."""
        self.predict(move)
        self.warned = self.warned or (move.kind != "as-written" and self.lost_as_written())
        match move.kind:
            case "take":
                self.take_option(move.id, move.option)
            case "work":
                self.pick(move.id, move.option)
            case "skip":
                self.skip(move.id)
            case "wait":
                self.held_until = self.week + move.weeks - 1
                self.go_on()
            case "stop":
                self.stop()
            case _:
                self.as_written()
        self.advance()

    def predict(self, move: Move) -> None:
        """Keep the chance that the player gives the attempt that starts, or the goal."""
        if move.of_goal and move.said is not None:
            self.goal_said.append((self.week, move.said))
            return
        about = move.id if move.kind == "work" else next(iter(self.to_choose()), None)
        if move.said is not None and about is not None:
            self.said[about] = move.said

    def take_option(self, fork: str, option: str) -> None:
        """Take an option, as when a chosen fork opens."""
        options = {o.id: o for f in self.plan.forks if f.id == fork for o in f.options}
        self.forks[fork] = options[option]
        self.take(fork)
        self.answered = self.week

    def take(self, fork: str) -> None:
        """Take the option chosen at a fork, in the plan as written as well."""
        option = self.forks[fork]
        self.taken[fork] = option.id
        super().take(fork)
        self.change(edit(self.written, option))
        self.ordered.clear()

    def change(self, written: Plan) -> None:
        """Go on with another plan; keep what its options have brought."""
        self.written = written
        self.terms = self.terms or has_terms(self.plan)
        self.moving = self.moving or moves_by_itself(self.plan)
        self.patient = self.patient or moves_by_itself(self.plan) or has_levels(self.plan)
        self.picked = [id for id in self.picked if id in self.next_up()]

    def pick(self, id: str, level: str = "") -> None:
        """Give the next free team this work: the plan's order has it first among what is ready."""
        left_aside = {fork.id for fork in self.opening()}
        if level in LEVELS:
            self.plan = edit(self.plan, at_level(self.plan, id, level))
            self.change(edit(self.written, at_level(self.written, id, level)))
        ready = self.next_up()
        self.picked.append(id)
        order = [*self.picked, *(other for other in ready if other not in self.picked)]
        places = dict(zip(ready, order, strict=True))
        ids = [places.get(other, other) for other in self.plan.ids]
        self.plan, self.written = reordered(self.plan, ids), reordered(self.written, ids)
        self.answered = self.week
        self.seen |= left_aside & {fork.id for fork in self.opening()}
        if not self.order_is_open():
            self.ordered.add(frozenset(ready))

    def skip(self, id: str) -> None:
        """Leave a milestone out from now on."""
        self.plan = skipping(self.plan, id)
        self.change(edit(self.written, Edit(skip=(id,))))

    def stop(self) -> None:
        """End it before this week: nothing of it has been paid."""
        self.week, self.fate, self.stopped = self.week - 1, "open", True
        self.note("stopped", self.plan.goal)

    def as_written(self) -> None:
        """Go on as the plan says: its own options, its own order, and its own end."""
        if self.lost_as_written():
            self.week -= 1
            self.end("stuck")
            return
        self.open_forks()
        self.answered = self.week
        self.ordered.add(frozenset(self.next_up()))
        self.go_on()
