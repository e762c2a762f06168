"""The weeks of a run, in the order of `law/week.py`, one method per rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from workbook.edit import can_turn, edit
from workbook.law import (
    cents,
    goal_holds,
    last_week,
    level_holds,
    morale_after,
    moved_cents,
    season_of,
)
from workbook.life.accounts import Accounts
from workbook.life.diary import Life
from workbook.life.state import Job
from workbook.plan import BREAKEVEN, Condition, Gives, Milestone, When


class Weeks(Accounts):
    """A run that can be played to its end."""

    def to_the_end(self) -> Life:
        """Play the weeks until a fate is known."""
        self.at_the_start()
        while self.fate is None:
            self.week += 1
            self.open_forks()
            self.start_work()
            self.finish_week()
        return self.record()

    def at_the_start(self) -> None:
        """Record the start, where the goal may hold already or be out of reach."""
        self.keep()
        self.close_late()
        self.verdict()

    def finish_week(self) -> None:
        """Play what follows the starts of a week: bills, ends, the verdict."""
        if self.fate is None:
            self.pay_bills()
        if self.fate is None:
            self.end_work()
            self.verdict()
        self.keep()

    def keep(self) -> None:
        """Record the state at the end of the week."""
        self.series.append(self.cash / 100)
        self.states.append(self.economy)
        self.capital.append((self.share, self.owed_cents / 100))

    def record(self) -> Life:
        """Return the record of the run."""
        assert self.fate is not None
        return Life(
            fate=self.fate,
            week=self.week,
            cash=self.cash / 100,
            spent=self.spent / 100,
            share=self.share,
            debt=self.owed_cents / 100,
            died_in=self.died_in,
            reached=dict(self.reached),
            attempts=dict(self.begun),
            cash_by_week=tuple(self.series),
            states=tuple(self.states),
            events=tuple(self.events),
        )

    # 0. Forks

    def open_forks(self) -> None:
        """Open every chosen fork whose conditions hold, asked again after each, until one waits."""
        while self.waiting is None and (fork := self.next_fork()):
            self.take(fork)

    def next_fork(self) -> str | None:
        """Return the first chosen fork, in the plan's order, whose conditions hold now."""
        starting = self.starting()
        coming = (fork for fork in self.plan.forks if fork.id in self.forks)
        return next((fork.id for fork in coming if self.holds_now(fork.at, starting)), None)

    def holds_now(self, at: When, starting: Sequence[str]) -> bool:
        """Whether all conditions of a fork hold this week, in which this work would start."""
        return (
            (at.week is None or self.week >= at.week)
            and (at.used_up is None or at.used_up in self.used_up)
            and (at.milestone is None or at.milestone in starting)
            and (at.cash_below is None or self.cash < cents(at.cash_below))
        )

    def starting(self) -> list[str]:
        """Return what free teams would start this week, whether or not it can be paid."""
        return [self.subject(id) for id in self.next_up()[: self.free_teams]]

    def take(self, fork: str) -> None:
        """Take the option chosen at a fork: the chain changes, and perhaps the money."""
        option = self.forks.pop(fork)
        self.note("fork", fork)
        self.plan = edit(self.plan, option)
        self.economy = self.economy.edited(option)
        if option.cash is not None:
            self.cash = moved_cents(self.cash, option.cash)
        self.jobs = [job for job in self.jobs if job.milestone not in self.plan.skips]
        if option.loan:
            loan = option.loan
            self.cash += cents(loan.amount)
            self.owe(fork, loan.repay_after_weeks, cents(loan.repay), cents(loan.repay))
            self.note("loan", fork, cents(loan.amount))
        self.fund(option.funding, "fork-funding", fork, at_once=True)
        if option.wait:
            self.waiting = (fork, option.wait)
            self.note("waiting", fork)

    # 1. Starts

    def start_work(self) -> None:
        """Give free teams the next work and pay for it; ruin if none can be paid."""
        blocked = None
        while self.waiting is None and self.free_teams and blocked is None:
            ready = self.next_up()
            if not ready:
                break
            blocked = None if self.start(self.plan.milestone(ready[0])) else ready[0]
        if blocked is None or self.jobs or not self.mortal:
            return
        if self.patient or self.cheques or self.out_of_hours(blocked):
            return
        if self.economy.flow_cents <= 0:
            self.note("cannot-pay", blocked, self.price(self.plan.milestone(blocked)))
            self.end("ruin", died_in=blocked)

    def can_start(self, milestone: Milestone) -> bool:
        """Whether there are money and hours for the next work at a milestone."""
        paid = not self.mortal or self.price(milestone) <= self.cash
        return paid and not self.out_of_hours(milestone.id)

    def start(self, milestone: Milestone) -> bool:
        """Start an attempt or the redesign due before it; return False if it cannot be paid."""
        if not self.can_start(milestone):
            return False
        price = self.price(milestone)
        self.cash -= price
        self.spent += price
        self.profit -= price
        mends = self.mended_next(milestone.id)
        ends = last_week(self.plan, self.week, self.length(milestone), milestone.id)
        self.jobs.append(Job(milestone.id, ends, mends))
        if not mends:
            self.begun[milestone.id] = self.begun.get(milestone.id, 0) + 1
        self.note("redesign-started" if mends else "started", mends or milestone.id, price)
        return True

    # 2. Bills, and 3. ruin

    def pay_bills(self) -> None:
        """Pay burn and debts, receive revenue and pay; then check the cash."""
        season = season_of(self.plan, self.week)
        self.economy = self.economy.in_week(season, self.factors())
        burn = self.economy.burn_cents
        if self.waiting:
            burn = cents(self.waiting[1].burn_per_week)
        net = self.earned() - burn - self.economy.bills_cents(self.week)
        self.cash += net + self.economy.pay_cents
        self.profit += net
        self.pay_tax()
        self.pay_debts()
        if self.mortal and self.cash < 0:
            at_work = [
                m.id for m in self.plan.milestones if m.id in {j.milestone for j in self.jobs}
            ]
            self.end("ruin", died_in=next(iter(at_work or self.next_up()), None))
        elif self.moving:
            self.economy = self.economy.next_week()

    # 4. Ends

    def end_work(self) -> None:
        """End what ends this week, then receive the payments due."""
        order = self.program.place
        ending = [job for job in self.jobs if job.ends <= self.week]
        self.jobs = [job for job in self.jobs if job.ends > self.week]
        for job in sorted(ending, key=lambda job: (order[job.subject], not job.mends)):
            if job.milestone in self.reached:
                continue
            if job.mends:
                self.mend(job.mends)
            else:
                self.resolve(self.plan.milestone(job.milestone))
        self.end_wait()
        self.let_in_cheques()
        self.see_levels()
        self.let_in_cheques()
        self.close_late()
        self.see_morale()

    def see_morale(self) -> None:
        """Let what was reached and what failed this week raise and lower morale."""
        if self.plan.morale is None:
            return
        this_week = takewhile(lambda event: event.week == self.week, reversed(self.events))
        found = [event.happening for event in this_week]
        reached, failed = found.count("passed"), found.count("failed") + found.count("untrue")
        self.morale = morale_after(self.plan.morale, self.morale, reached=reached, failed=failed)

    def see_levels(self) -> None:
        """Reach milestones whose level has held long enough."""
        for id in self.program.needs:
            milestone = self.task(id).milestone
            if milestone.level is None or id in self.reached or id in self.used_up:
                continue
            capital = (self.share, self.owed_cents)
            holds = level_holds(milestone.level, self.economy, self.cash, *capital)
            self.held[id] = self.held.get(id, 0) + 1 if holds else 0
            met = not self.program.waits(id, self.reached.keys())
            if met and self.held[id] >= milestone.level.for_weeks:
                self.reach(milestone)

    def close_late(self) -> None:
        """Use up what has not been reached by its deadline."""
        for milestone in self.plan.attempted:
            id, by_week = milestone.id, milestone.by_week
            done = id in self.reached or id in self.used_up
            if by_week is not None and self.week >= by_week and not done:
                self.used_up.add(id)
                self.jobs = [job for job in self.jobs if job.milestone != id]
                self.note("too-late", id)

    def resolve(self, milestone: Milestone) -> None:
        """Pass or fail an attempt."""
        tries = self.attempts[milestone.id] = self.attempts.get(milestone.id, 0) + 1
        untrue = [id for id in milestone.relies_on if not self.true(id)]
        if untrue:
            self.note("untrue", milestone.id)
            self.untrue.update(untrue)
        elif milestone.tests:
            self.find_out(milestone)
            return
        else:
            rate = self.task(milestone.id).chance(tries - 1, self.lessened(milestone))
            if self.chance.happens("attempt", milestone.id, rate):
                self.reach(milestone)
                return
            self.note("failed", milestone.id)
        if milestone.attempts is not None and tries >= milestone.attempts:
            self.used_up.add(milestone.id)
            self.note("used-up", milestone.id)

    def lessened(self, milestone: Milestone) -> float:
        """Return the factor of the pass rates, for all conditions that do not hold."""
        factor = 1.0
        for condition in self.plan.conditions:
            if milestone.id in condition.milestones and not self.holds(condition):
                factor *= condition.pass_rate_factor
        return factor

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds in this run: drawn once."""
        if condition.id not in self.conditions:
            holds = self.chance.happens("condition", condition.id, condition.chance)
            self.conditions[condition.id] = holds
        return self.conditions[condition.id]

    def find_out(self, milestone: Milestone) -> None:
        """Test a hypothesis: reached if the test says yes, redesigned if it says no."""
        tests = self.task(milestone.id).hypothesis
        says_yes = tests.if_true if self.true(milestone.id) else tests.if_false
        if self.chance.happens("test", milestone.id, says_yes):
            self.reach(milestone)
            return
        self.refuted.add(milestone.id)
        self.note("failed", milestone.id)

    def mend(self, id: str) -> None:
        """Finish a redesign: what was untrue is true now, and its milestone reached."""
        self.truth[id] = True
        self.untrue.discard(id)
        self.refuted.discard(id)
        self.note("redesign-done", id)
        redesign = self.redesign(id)
        if id not in self.plan.skips and id not in self.reached:
            self.reach(self.task(id).milestone)
        self.receive(redesign.gives, "redesign-funding", id)

    def reach(self, milestone: Milestone) -> None:
        """Reach a milestone and receive what it gives."""
        self.reached[milestone.id] = self.week
        self.jobs = [job for job in self.jobs if job.milestone != milestone.id]
        self.note("passed", milestone.id)
        self.receive(milestone.gives, "funding", milestone.id)

    def receive(self, gives: Gives | None, kind: str, id: str) -> None:
        """Set new values of the economy from next week on, and draw the funding."""
        self.economy = self.economy.after(gives)
        self.fund(gives.funding if gives else None, kind, id)

    def verdict(self) -> None:
        """Check whether the run is over: goal, stuck, or the last week."""
        if goal_holds(self.plan, self.economy, self.reached.keys()):
            self.end("goal")
        elif self.used_up and self.no_way_left():
            self.end("stuck")
        elif self.week >= self.plan.horizon_weeks:
            self.end("open")

    def no_way_left(self) -> bool:
        """Whether nothing leads to the goal any more, and no fork to come either."""
        return self.off_the_way() and not self.may_turn()

    def off_the_way(self) -> bool:
        """Whether nothing leads to the goal in the plan as it is, without forks to come."""
        required_lost = self.program.lost(self.used_up)
        by_itself = self.moving and self.plan.goal == BREAKEVEN
        left = self.jobs or self.next_up() or self.pending() or by_itself
        return required_lost or not left

    def may_turn(self) -> bool:
        """Whether forks to come may still lead to the goal."""
        reached = self.reached.keys()
        return can_turn(self.plan, self.forks, self.plan.forks, reached, self.used_up)
