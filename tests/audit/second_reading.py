"""A second reading of the week, written from its description alone: plain Python, slow, plain.

It reads a plan as the YAML file gives it, shares no line with the package and knows no arrays. One
team or several, pass rates by attempt, races, funding, sales, hypotheses, hours, forks.
"""

from __future__ import annotations

import math
import random
from decimal import ROUND_HALF_UP, Decimal

SALES = ("reach_per_week", "conversion", "price", "margin", "revenue_per_week")
STAYING = ("paying_customers", "fee_per_month", "reach_growth_per_month")
FLOWS = ("burn_per_week", "hours_per_week", "running_hours_per_week")


def cents(amount: float) -> int:
    """Whole cents of an amount as it is written, half a cent up."""
    return int((Decimal(repr(round(amount, 9))) * 100).to_integral_value(ROUND_HALF_UP))


class Life:
    """One life of a plan, week by week."""

    def __init__(self, plan: dict, options: list[tuple[dict, dict]], rng: random.Random) -> None:
        self.rng, self.goal, self.horizon = rng, plan["goal"], plan["horizon_weeks"]
        self.chain = {m["id"]: m for m in plan["milestones"]}
        self.skips = set(plan.get("skips", ()))
        self.mortal, self.cash = "cash" in plan, cents(plan.get("cash", 0))
        self.state = {"margin": 1, **plan.get("sales", {})}
        self.state |= {k: plan[k] for k in ("revenue_per_week", *FLOWS) if k in plan}
        parts = [plan.get("sales", {}), *(m.get("gives", {}) for m in plan["milestones"])]
        self.stays = any(key in part for part in parts for key in STAYING)
        self.teams, self.forks = plan.get("teams", 1), list(options)
        self.bills = [dict(bill) for bill in plan.get("bills", ())]
        self.roles = [dict(role) for role in plan.get("roles", ())]
        self.founders = plan.get("founders", ())
        self.kept = {founder["id"]: 1.0 for founder in self.founders}
        self.reached, self.dead = {}, set()
        self.tries = dict.fromkeys(self.chain, 0)
        self.jobs, self.funds, self.debts = [], [], []
        self.refuted, self.untrue = set(), set()
        self.wait = None
        self.morale = plan.get("morale")
        self.points, self.stirred = (self.morale or {}).get("start", 0), 0
        self.truth = {
            id: rng.random() < m["tests"]["belief"] for id, m in self.chain.items() if "tests" in m
        }

    def revenue(self) -> int:
        """Revenue of a week in cents."""
        sold = math.prod(self.state.get(k, 0) for k in SALES[:4])
        fees = self.state.get("paying_customers", 0) * self.state.get("fee_per_month", 0) * 12 / 52
        return cents(sold + self.state.get("revenue_per_week", 0) + fees * self.state["margin"])

    def move_on(self) -> None:
        """Customers stay, join and leave within a week; the reach grows."""
        now, month = self.state, 12 / 52
        there, reach = now.get("paying_customers", 0), now.get("reach_per_week", 0)
        stay = there * (1 - now.get("churn_per_month", 0)) ** month
        new = reach * now.get("conversion", 0) + there * now.get("referrals_per_month", 0) * month
        now["paying_customers"] = min(stay + new, now.get("most_customers", math.inf))
        grown = reach * (1 + now.get("reach_growth_per_month", 0)) ** month
        now["reach_per_week"] = min(grown, now.get("most_reach_per_week", math.inf))

    def burn(self) -> int:
        """Burn of a week in cents."""
        return cents(self.state.get("burn_per_week", 0))

    def due(self, week: int) -> int:
        """Bills of their own in a week, in cents."""
        found = 0
        for bill in self.bills:
            first, every = bill.get("from_week", 1), bill.get("every_weeks")
            weeks = range(first, bill.get("until_week", self.horizon) + 1, every) if every else ()
            if week == first or week in weeks:
                found += cents(bill["amount"])
        for role in self.roles:
            if role.get("from_week", 1) <= week <= role.get("until_week", self.horizon):
                pay = role["headcount"] * role["pay_per_month"] * 12 / 52
                found += cents(pay * (1 + role.get("on_costs", 0)))
        return found

    def wages(self) -> int:
        """What the founders' jobs bring in a week, in cents."""
        jobs = [(f["id"], f["job"]) for f in self.founders if "job" in f]
        return sum(cents(self.kept[id] * job["pay_per_week"]) for id, job in jobs)

    def free_hours(self) -> float:
        """Hours of a week for milestones: all hours less those of jobs and of the business."""
        own = self.state.get("hours_per_week", 0) - self.state.get("running_hours_per_week", 0)
        for founder in self.founders:
            taken = founder.get("job", {}).get("hours_per_week", 0) * self.kept[founder["id"]]
            own += founder["hours_per_week"] - taken
        return own

    def ready(self) -> list[str]:
        """What could be worked on now, in the plan's order."""
        closed = self.reached.keys() | self.skips | self.dead | {job["id"] for job in self.jobs}
        mending = {job["mends"] for job in self.jobs}
        return [
            id
            for id, m in self.chain.items()
            if id not in closed
            and all(n in self.reached or n in self.skips for n in m.get("needs", ()))
            and (not self.several(m) or any(n in self.reached for n in self.several(m)))
            and not self.in_vain(id)
            and not mending & set(self.owed(id))
        ]

    def several(self, milestone: dict) -> list[str]:
        """The alternatives of a milestone, without skipped ones."""
        return [n for n in milestone.get("needs_any", ()) if n not in self.skips]

    def in_vain(self, id: str) -> bool:
        """Whether it is one of several of which another is reached, or leads only to such."""
        if id == self.goal or not any(self.several(m) for m in self.chain.values()):
            return False
        asking = [o for o in self.chain if o not in self.skips and self.asks(o, id)]
        return bool(asking) and all(
            other in self.reached
            or self.in_vain(other)
            or (
                id
                not in (
                    *self.chain[other].get("needs", ()),
                    *self.chain[other].get("relies_on", ()),
                )
                and any(n in self.reached for n in self.several(self.chain[other]))
            )
            for other in asking
        )

    def asks(self, other: str, id: str) -> bool:
        """Whether one milestone has to do with another before it."""
        m = self.chain[other]
        return id in (*m.get("needs", ()), *self.several(m), *m.get("relies_on", ()))

    def owed(self, id: str) -> list[str]:
        """What must be redesigned before this milestone can be attempted."""
        own = [id] if id in self.refuted | self.untrue else []
        return own + [h for h in self.chain[id].get("relies_on", ()) if h in self.untrue]

    def open_forks(self, week: int) -> None:
        """Open the first fork whose conditions hold, and ask again."""
        while self.wait is None:
            free = max(0, self.teams - len(self.jobs))
            works = [(self.owed(id) or [id])[0] for id in self.ready()[:free]]
            for fork in self.forks:
                at, option = fork
                at_work = "milestone" not in at or at["milestone"] in works
                low = "cash_below" not in at or self.cash < cents(at["cash_below"])
                if at_work and low and week >= at.get("week", 0):
                    self.forks.remove(fork)
                    self.take(option, week)
                    break
            else:
                return

    def take(self, option: dict, week: int) -> None:
        """Take an option: money, chain and economy change."""
        if "loan" in option:
            loan = option["loan"]
            self.cash += cents(loan["amount"])
            self.debts.append((week + loan["repay_after_weeks"], cents(loan["repay"])))
        self.cash += cents(float(option.get("cash", 0)))
        self.wait = option.get("wait")
        self.state |= option.get("sales", {})
        for figure in (*FLOWS, "revenue_per_week"):
            if isinstance(change := option.get(figure), str):
                self.state[figure] = max(0.0, self.state.get(figure, 0) + float(change))
            elif change is not None:
                self.state[figure] = change
        self.skips |= set(option.get("skip", ()))
        self.jobs = [job for job in self.jobs if job["id"] not in self.skips]
        for id, change in option.get("milestones", {}).items():
            self.chain[id] = {**self.chain[id], **change}

    def start(self, week: int) -> bool:
        """Start what can be paid; True if nothing can and nothing will ever come."""
        while self.wait is None and len(self.jobs) < self.teams and (ready := self.ready()):
            id = ready[0]
            mends = next(iter(self.owed(id)), None)
            work = self.chain[mends]["tests"]["redesign"] if mends else self.chain[id]
            teams = 1 if mends or "tests" in work else work.get("teams", 1)
            price = cents(work.get("cost", 0)) * teams
            if self.mortal and price > self.cash:
                poor = self.revenue() + self.wages() <= self.burn() and not self.stays
                return not self.jobs and poor and not self.funds
            self.cash -= price
            weeks = work.get("weeks", 1)
            if "hours" in work:
                weeks = math.ceil(work["hours"] / self.free_hours())
            if self.morale and not mends and self.points < self.morale["low_below"]:
                weeks = math.floor(weeks * self.morale["rounds_longer"] + 0.5)
            self.jobs.append({"id": id, "mends": mends, "ends": week + weeks - 1})
        return False

    def resolve(self, id: str, week: int) -> None:
        """Pass or fail one attempt."""
        milestone = self.chain[id]
        self.tries[id] += 1
        untrue = [h for h in milestone.get("relies_on", ()) if not self.truth[h]]
        if untrue:
            self.stir("falls_by", -1)
            self.untrue |= set(untrue)
        elif "tests" in milestone:
            tests = {"if_true": 1, "if_false": 0, **milestone["tests"]}
            if self.rng.random() < tests["if_true" if self.truth[id] else "if_false"]:
                self.reach(id, week)
            else:
                self.stir("falls_by", -1)
                self.refuted.add(id)
            return
        else:
            rates = milestone.get("pass_rate", 1)
            rate = rates[min(self.tries[id], len(rates)) - 1] if isinstance(rates, list) else rates
            if self.rng.random() < 1 - (1 - rate) ** milestone.get("teams", 1):
                self.reach(id, week)
                return
            self.stir("falls_by", -1)
        if self.tries[id] >= milestone.get("attempts", math.inf):
            self.dead.add(id)

    def stir(self, by: str, sign: int) -> None:
        """A failure or a win counts for the morale at the end of the week."""
        if self.morale:
            self.stirred += sign * self.morale[by]

    def reach(self, id: str, week: int) -> None:
        """Reach a milestone."""
        self.stir("rises_by", 1)
        self.reached[id] = week
        self.jobs = [job for job in self.jobs if job["id"] != id]
        self.receive(self.chain[id].get("gives", {}), week)

    def receive(self, gives: dict, week: int) -> None:
        """New values, and funding if chance will have it."""
        for id, amount in gives.get("bills", {}).items():
            bill = next(bill for bill in self.bills if bill["id"] == id)
            adds = isinstance(amount, str)
            bill["amount"] = max(0, bill["amount"] + float(amount)) if adds else amount
        self.kept = {**self.kept, **gives.get("jobs", {})}
        for id, heads in gives.get("roles", {}).items():
            role = next(role for role in self.roles if role["id"] == id)
            adds = isinstance(heads, str)
            role["headcount"] = max(0, role["headcount"] + float(heads)) if adds else heads
        for key, value in gives.items():
            if isinstance(value, str):
                most = 1 if key in ("conversion", "margin") else math.inf
                value = min(most, max(0, self.state.get(key, 0) + float(value)))
            if key not in ("funding", "bills", "roles", "jobs"):
                self.state[key] = value
        funding = gives.get("funding")
        if funding and self.rng.random() < funding["chance"]:
            self.funds.append((week + funding["lag_weeks"], cents(funding["amount"])))

    def finish(self, week: int) -> None:
        """End what ends this week, then let the cheques in."""
        place = {id: number for number, id in enumerate(self.chain)}
        ending = [job for job in self.jobs if job["ends"] == week]
        self.jobs = [job for job in self.jobs if job["ends"] != week]
        for job in sorted(ending, key=lambda j: (place[j["mends"] or j["id"]], not j["mends"])):
            if job["id"] in self.reached:
                continue
            if job["mends"] is None:
                self.resolve(job["id"], week)
                continue
            mended = job["mends"]
            self.truth[mended] = True
            self.untrue.discard(mended)
            self.refuted.discard(mended)
            if mended not in self.reached and mended not in self.skips:
                self.reach(mended, week)
            self.receive(self.chain[mended]["tests"]["redesign"].get("gives", {}), week)
        if self.wait and self.rng.random() < self.wait["chance_per_week"]:
            self.cash += cents(self.wait["amount"])
            self.wait = None
        self.cash += sum(amount for due, amount in self.funds if due <= week)
        self.funds = [cheque for cheque in self.funds if cheque[0] > week]
        self.points, self.stirred = min(100, max(0, self.points + self.stirred)), 0

    def lost(self, id: str, chain: dict, skips: set) -> bool:
        """Whether a milestone can no longer be reached."""
        if id in self.reached or id in skips:
            return False
        several = [n for n in chain[id].get("needs_any", ()) if n not in skips]
        none_left = bool(several) and all(self.lost(n, chain, skips) for n in several)
        needs = chain[id].get("needs", ())
        return id in self.dead or none_left or any(self.lost(n, chain, skips) for n in needs)

    def holds(self) -> bool:
        """Whether the goal is reached."""
        if self.goal == "breakeven":
            return self.revenue() >= self.burn()
        return self.goal in self.reached

    def stuck(self) -> bool:
        """Whether nothing leads to the goal any more: not as things stand, not by a fork."""
        if not self.dead:
            return False
        if self.goal == "breakeven":
            if self.jobs or self.ready() or self.stays:
                return False
        elif not self.lost(self.goal, self.chain, self.skips):
            return False
        chain, skips, moves_money = dict(self.chain), set(self.skips), False
        open_to = self.open_to(chain, skips)
        for at, option in self.forks:
            id = at.get("milestone")
            working = {id, *(o for o, m in self.chain.items() if id in m.get("relies_on", ()))}
            if id is None or working & open_to:
                skips |= set(option.get("skip", ()))
                for other, change in option.get("milestones", {}).items():
                    chain[other] = {**chain.get(other, {}), **change}
                keys = ("sales", "revenue_per_week", "burn_per_week")
                moves_money |= any(key in option for key in keys)
        if self.goal == "breakeven":
            return not (moves_money or (chain != self.chain and self.open_to(chain, skips)))
        return self.lost(self.goal, chain, skips)

    def open_to(self, chain: dict, skips: set) -> set[str]:
        """What can still be attempted, now or once its needs are met."""
        left = chain.keys() - skips - self.reached.keys()
        known = {id for id in left if id in self.chain and self.in_vain(id)}
        return {id for id in left - known if not self.lost(id, chain, skips)}

    def play(self) -> tuple[str, int]:
        """The fate, and its week."""
        if self.holds():
            return "goal", 0
        for week in range(1, self.horizon + 1):
            self.open_forks(week)
            if self.start(week):
                return "ruin", week
            burn = cents(self.wait["burn_per_week"]) if self.wait else self.burn()
            self.cash += self.revenue() + self.wages() - burn - self.due(week)
            self.cash -= sum(amount for due, amount in self.debts if due == week)
            if self.mortal and self.cash < 0:
                return "ruin", week
            if self.stays:
                self.move_on()
            self.finish(week)
            if self.holds():
                return "goal", week
            if self.stuck():
                return "stuck", week
        return "open", self.horizon


def fates(plan: dict, choices: dict[str, str], lives: int, seed: int) -> dict:
    """Shares of the fates and of the milestones reached, and the mean week and cash at the goal."""
    options = [
        (fork["at"], option)
        for fork in plan.get("forks", ())
        for option in fork["options"]
        if choices.get(fork["id"]) == option["id"]
    ]
    rng = random.Random(seed)
    reported = {"fates": dict.fromkeys(("goal", "ruin", "stuck", "open"), 0.0), "reached": {}}
    weeks = []
    for _ in range(lives):
        life = Life(plan, options, rng)
        fate, week = life.play()
        reported["fates"][fate] += 1 / lives
        for id in life.reached:
            reported["reached"][id] = reported["reached"].get(id, 0.0) + 1 / lives
        if fate == "goal":
            weeks.append(week)
    reported["week_if_goal"] = weeks
    return reported
