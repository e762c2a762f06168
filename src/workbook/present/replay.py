"""Replay the past of a plan from its log: what was decided, paid and started until today.

The weeks follow the rules of `law`, with facts in place of random draws: attempts end when and as
the log says, cash is what was counted, and forks open when their conditions held. What the log does
not say is assumed to have gone as planned: a free team worked on the next milestone in the plan's
order, unless it must have been free for a logged attempt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook.edit import edit
from workbook.law import (
    cents,
    changes_capital,
    last_week,
    morale_after,
    payments_due,
    whole_weeks,
)
from workbook.life.state import Job
from workbook.luck import likely
from workbook.plan import Due, Funding, LogEntry, Milestone, Plan
from workbook.present.learning import Fact, Learning, NoChance
from workbook.present.ranges import economy_today, ranges_today

CAME = 0.5
"""The share of an expected payment by which a count must exceed the other cash to show it."""


class Replay(Learning):
    """The run of a plan until the last week of its log."""

    def __init__(self, plan: Plan, choices: Mapping[str, str], log: Sequence[LogEntry]) -> None:
        super().__init__(plan.model_copy(update={"log": ()}), NoChance(), choices, "triangular")
        self.today = log[-1].week if log else 0
        self.facts = [
            Fact(e.milestone, e.week, e.result == "passed") for e in log if e.milestone and e.result
        ]
        self.entries = log
        self.counts = {e.week: cents(e.cash) for e in log if e.cash is not None}
        self.customers = {e.week: e.customers for e in log if e.customers is not None}
        self.promised: list[tuple[int, Due | Funding]] = [
            (due.week, due) for _, due in payments_due(plan)
        ]
        self.seen: set[int] = set()
        self.given_up: set[str] = set()
        self.paid: dict[int, tuple[int, int]] = {}
        self.cash = self.counts.get(0, self.cash)

    def to_today(self) -> Replay:
        """Run week by week until today."""
        for fact in [fact for fact in self.facts if fact.ends == 0 and self.stands(fact)]:
            self.cash -= self.price(self.plan.milestone(fact.milestone))
            self.end_fact(fact)
        self.see_morale()
        self.keep()
        self.count_figures()
        for week in range(1, self.today + 1):
            self.week = week
            self.open_forks()
            self.start_work()
            self.pay_bills()
            self.end_work()
            if week in self.counts:
                self.see_terms(self.counts[week] - self.cash)
                self.cash = self.counts[week]
            if week in self.customers:
                self.economy = self.economy.with_figures(paying_customers=self.customers[week])
            self.keep()
            self.count_figures()
        return self.taught()

    def results(self, id: str) -> list[bool]:
        """Return which of the logged attempts at a milestone passed."""
        return [fact.passed for fact in self.facts if fact.milestone == id]

    def count_figures(self) -> None:
        """Note what was counted of figures this week."""
        for entry in self.entries:
            if entry.week == self.week:
                self.count(entry)

    def taught(self) -> Replay:
        """Learn from what was counted of figures with a range."""
        known = (self.plan.ranges, self.sources, self.reached, self.figures)
        self.ranges, self.learnt = ranges_today(*known)
        self.economy = economy_today(self.economy, self.learnt)
        return self

    # 0. Forks

    def next_fork(self) -> str | None:
        """Return the next fork by the rules, or one that a logged milestone shows to be open."""
        return super().next_fork() or next(filter(self.shown_open, self.forks), None)

    def shown_open(self, fork: str) -> bool:
        """Whether a milestone that its option adds has started by now."""
        added = self.forks[fork].milestones.keys() - set(self.plan.ids)
        facts = [fact for fact in self.facts if fact.milestone in added]
        then = edit(self.plan, self.forks[fork]) if facts else self.plan
        return any(
            self.week > fact.ends - whole_weeks(likely(then.milestone(fact.milestone).weeks))
            for fact in facts
        )

    # 1. Starts

    def starting(self) -> list[str]:
        """Return what starts this week: the logged attempts, and what the rules start if paid."""
        logged = [fact.milestone for fact in self.facts if self.begins(fact)]
        ready = self.ready()[: max(0, self.spare_teams())]
        others = [id for id in self.next_up() if id not in logged]
        turns = others[: max(0, self.plan.teams - self.teams_taken()[0])]
        unpaid = [id for id in turns if not self.can_start(self.plan.milestone(id))]
        return [self.subject(id) for id in (*logged, *ready, *unpaid)]

    def start_work(self) -> None:
        """Start all of that."""
        for fact in [fact for fact in self.facts if self.begins(fact)]:
            self.begin(fact)
        while self.waiting is None and self.spare_teams() > 0:
            ready = self.ready()
            if not ready or not self.start(self.plan.milestone(ready[0])):
                return

    def ready(self) -> list[str]:
        """Return what the rules alone start: not after a logged one that cannot be paid yet."""
        found, begin = [], {fact.milestone for fact in self.facts if self.begins(fact)}
        for id in self.next_up():
            if self.free_to_begin(id):
                found.append(id)
            elif id not in begin and not self.can_start(self.plan.milestone(id)):
                break
        return found

    def begins(self, fact: Fact) -> bool:
        """Whether a logged attempt starts this week, given its planned length."""
        return self.stands(fact) and not fact.begun and self.week >= self.first_week(fact)

    def stands(self, fact: Fact) -> bool:
        """Whether its milestone is in the plan by now: an option may add one."""
        return fact.milestone in self.plan.ids

    def first_week(self, fact: Fact) -> int:
        """Return the week in which a logged attempt (or redesign) of the future starts.

        The latest from which the planned weeks lead to its end: a team has as much time as can be
        for work that the log does not show.
        """
        at_it = [other for other in self.facts if other.milestone == fact.milestone]
        place = at_it.index(fact)
        earliest = at_it[place - 1].ends + 1 if place else 1
        redesign = bool(place) and not at_it[place - 1].passed
        for week in range(fact.ends, earliest - 1, -1):
            weeks = self.lasting(fact.milestone, redesign, week)
            if last_week(self.plan, week, weeks, fact.milestone) == fact.ends:
                return week
        return min(fact.ends, earliest)

    def lasting(self, id: str, again: bool, week: int) -> int:
        """Return the planned weeks of an attempt, or of the redesign after a failed test."""
        milestone = self.plan.milestone(id)
        if milestone.tests and again:
            return whole_weeks(milestone.tests.redesign.weeks)
        if milestone.hours is not None and self.economy.free_hours <= 0:
            return 1
        return self.attempt_weeks(milestone, self.morale_before(week))

    def morale_before(self, week: int) -> int:
        """Return the morale at the start of a week to come, by what is logged until then."""
        points, morale = self.morale, self.plan.morale
        if morale is None:
            return points
        for then in range(self.week, week):
            ends = [fact.passed for fact in self.facts if fact.ends == then]
            passed = sum(ends)
            points = morale_after(morale, points, reached=passed, failed=len(ends) - passed)
        return points

    def begin(self, fact: Fact) -> None:
        """Start a logged attempt: what it relies on is put right, and a team is free for it."""
        fact.begun = True
        for job in [job for job in self.jobs if job.milestone == fact.milestone]:
            self.give_up(job)
        for owed in self.owed(fact.milestone):
            if owed != fact.milestone:
                self.mend(owed)
        unlogged = [job for job in self.jobs if not self.is_fact(job)]
        if len(self.jobs) >= self.plan.teams and unlogged:
            self.give_up(unlogged[-1])
        price = self.price(self.plan.milestone(fact.milestone))
        self.cash -= price
        self.profit -= price
        self.jobs.append(Job(fact.milestone, fact.ends, self.mended_next(fact.milestone)))

    def is_fact(self, job: Job) -> bool:
        """Whether the end of a job is logged."""
        return any(
            f.begun and (f.milestone, f.ends) == (job.milestone, job.ends) for f in self.facts
        )

    def give_up(self, job: Job) -> None:
        """Undo a start that the log disproves: nothing was paid for it, unless counted."""
        self.jobs.remove(job)
        began, price = self.paid.pop(id(job), (0, 0))
        if not any(began <= week < self.week for week in self.counts):
            self.cash += price
            self.profit += price

    def start(self, milestone: Milestone) -> bool:
        """Start as by the rules, and note what was paid, in case the log disproves it."""
        before = self.cash
        if not super().start(milestone):
            return False
        self.paid[id(self.jobs[-1])] = (self.week, before - self.cash)
        return True

    def free_to_begin(self, id: str) -> bool:
        """Whether only the rules tell when work at a milestone starts."""
        if id in self.given_up:
            return False
        logged = any(fact.milestone == id and not fact.begun for fact in self.facts)
        return not logged or self.mended_next(id) not in (None, id)

    def spare_teams(self) -> int:
        """Return the teams that are free and not needed for a logged attempt."""
        taken = self.teams_taken()
        return min(self.plan.teams - taken[0], self.most_teams() - max(taken))

    def teams_taken(self) -> list[int]:
        """Return the teams at work that the log needs or that are busy, by week from now to today.

        Work that it does not show is busy throughout.
        """
        unlogged = sum(not self.is_fact(job) for job in self.jobs)
        left = [fact for fact in self.facts if fact.ends >= self.week and self.stands(fact)]
        spans = [(self.week if f.begun else self.first_week(f), f.ends) for f in left]
        weeks = range(self.week, self.today + 1)
        return [unlogged + sum(a <= week <= b for a, b in spans) for week in weeks]

    def most_teams(self) -> int:
        """Return the teams that there may be by today, with those of a fork to come."""
        coming = [fork for fork in self.plan.forks if (fork.at.week or 1) <= self.today]
        options = [self.forks[fork.id] for fork in coming if fork.id in self.forks]
        then = [edit(self.plan, one).teams for one in options if one.teams is not None]
        return max([self.plan.teams, *then])

    # 2. Bills, without a verdict

    def pay_bills(self) -> None:
        """Pay burn and debts and receive revenue; a founder with a log was not ruined."""
        mortal, self.mortal = self.mortal, False
        super().pay_bills()
        self.mortal = mortal

    # 4. Ends

    def end_work(self) -> None:
        """End what the log says, and redesigns; an overdue attempt was never started."""
        ending = [fact for fact in self.facts if fact.ends == self.week]
        for fact in [fact for fact in ending if self.stands(fact)]:
            self.end_fact(fact)
        for job in [job for job in self.jobs if job.ends <= self.week]:
            if job.mends:
                self.jobs.remove(job)
                if job.mends in self.untrue | self.refuted:  # else a logged one was done with it
                    self.mend(job.mends)
            else:
                self.give_up(job)
                self.given_up.add(job.milestone)
        for week, terms in self.promised:
            if week == self.week and terms.chance >= 1:
                self.cash += cents(terms.amount)
                self.come_to_terms(cents(terms.amount), self.plan.id, terms)
        self.end_wait()  # what was sure to come is no sign that the money waited for has come
        self.see_levels()
        self.close_late()
        self.see_morale()

    def end_fact(self, fact: Fact) -> None:
        """End an attempt or a redesign as the log says."""
        id, milestone = fact.milestone, self.plan.milestone(fact.milestone)
        fact.begun = True
        self.jobs = [job for job in self.jobs if job.milestone != id]
        self.given_up.discard(id)
        if not fact.passed:
            self.fail(milestone)
            return
        for true in milestone.relies_on:
            self.know(true, 1.0)
        if milestone.tests and id in self.refuted | self.untrue:
            self.mend(id)
        elif id not in self.reached:
            if milestone.tests:
                self.know(id, self.answered(id, said_yes=True))
            self.reach(milestone)

    def fund(self, funding: Funding | None, kind: str, id: str, at_once: bool = False) -> None:
        """Note funding as promised; counts show whether it came."""
        if funding is not None:
            self.promised.append((self.week + funding.lag_weeks, funding))

    def see_terms(self, surplus: int) -> None:
        """Note which uncertain rounds and loans are in, by a count this many cents too high."""
        for due, terms in self.promised:
            open_still = due <= self.week and terms.chance < 1 and due not in self.seen
            if open_still and changes_capital(terms) and surplus >= CAME * cents(terms.amount) > 0:
                self.come_to_terms(cents(terms.amount), self.plan.id, terms)
                surplus -= cents(terms.amount)
        self.seen.update(due for due, _ in self.promised if due <= self.week)

    def end_wait(self) -> None:
        """End a wait if its money was certain, if work continued, or if a count shows it."""
        if self.waiting is None:
            return
        _, wait = self.waiting
        certain, amount = wait.chance_per_week >= 1, cents(wait.amount)
        went_on = any(
            self.stands(f) and not f.begun and self.week + 1 >= self.first_week(f)
            for f in self.facts
        )
        counted = self.counts.get(self.week)
        shown = counted is not None and counted >= self.cash + CAME * amount > self.cash
        if certain or went_on or shown:
            self.cash += amount
            self.waiting = None

    def still_promised(self) -> tuple[Due, ...]:
        """Return money that may still come: what was due before the last count is counted, or lost.

        What was due after the last count, and may have come, is assumed to be due next week.
        """
        counted = max(self.counts, default=0)
        return tuple(
            Due(
                week=max(1, week - self.today),
                **terms.model_dump(include={"amount", "chance", "share_given", "repaid"}),
            )
            for week, terms in self.promised
            if week > self.today or (week > counted and terms.chance < 1)
        )
