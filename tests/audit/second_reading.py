"""A second reading of the week, written from its description alone: plain Python, slow, plain.

It reads a plan as the YAML file gives it, shares no line with the package and knows no arrays. One
team or several, pass rates by attempt, races, funding, sales, hypotheses, hours, forks.
"""

from __future__ import annotations

import math
import random

SALES = ("reach_per_week", "conversion", "price", "margin", "revenue_per_week")
FLOWS = ("burn_per_week", "hours_per_week", "running_hours_per_week")


class Life:
    """One life of a plan, week by week."""

    def __init__(self, plan: dict, options: list[tuple[dict, dict]], rng: random.Random) -> None:
        self.rng, self.goal, self.horizon = rng, plan["goal"], plan["horizon_weeks"]
        self.chain = {m["id"]: m for m in plan["milestones"]}
        self.skips = set(plan.get("skips", ()))
        self.mortal, self.cash = "cash" in plan, round(plan.get("cash", 0) * 100)
        self.state = {"margin": 1, **plan.get("sales", {})}
        self.state |= {k: plan[k] for k in ("revenue_per_week", *FLOWS) if k in plan}
        self.teams, self.forks = plan.get("teams", 1), list(options)
        self.begun, self.reached, self.dead = set(), {}, set()
        self.tries = dict.fromkeys(self.chain, 0)
        self.jobs, self.funds, self.debts, self.owed = [], [], [], {}
        self.wait = None
        self.truth = {
            id: rng.random() < m["tests"]["belief"] for id, m in self.chain.items() if "tests" in m
        }

    def revenue(self) -> int:
        """Revenue of a week in cents."""
        sold = math.prod(self.state.get(k, 0) for k in SALES[:4])
        return round(100 * (sold + self.state.get("revenue_per_week", 0)))

    def burn(self) -> int:
        """Burn of a week in cents."""
        return round(100 * self.state.get("burn_per_week", 0))

    def ready(self) -> list[str]:
        """What could be worked on now, in the plan's order."""
        closed = self.reached.keys() | self.skips | self.dead | {job["id"] for job in self.jobs}
        mending = {job["mends"] for job in self.jobs}
        return [
            id
            for id, m in self.chain.items()
            if id not in closed
            and all(n in self.reached or n in self.skips for n in m.get("needs", ()))
            and not mending & set(self.owed.get(id, ()))
        ]

    def open_forks(self, week: int) -> None:
        """Open every fork whose conditions hold."""
        self.begun |= set(self.ready()[: max(0, self.teams - len(self.jobs))])
        for fork in list(self.forks):
            at, option = fork
            id = at.get("milestone")
            at_work = id is None or (id in self.begun and id not in self.reached)
            low = "cash_below" not in at or self.cash < 100 * at["cash_below"]
            if self.wait is None and at_work and low and week >= at.get("week", 0):
                self.forks.remove(fork)
                self.take(option, week)

    def take(self, option: dict, week: int) -> None:
        """Take an option: money, chain and economy change."""
        if "loan" in option:
            loan = option["loan"]
            self.cash += round(100 * loan["amount"])
            self.debts.append((week + loan["repay_after_weeks"], round(100 * loan["repay"])))
        self.cash += round(100 * float(option.get("cash", 0)))
        self.wait = option.get("wait")
        self.state |= option.get("sales", {})
        self.skips |= set(option.get("skip", ()))
        self.jobs = [job for job in self.jobs if job["id"] not in self.skips]
        for id, change in option.get("milestones", {}).items():
            self.chain[id] = {**self.chain[id], **change}

    def start(self, week: int) -> bool:
        """Start what can be paid; True if nothing can and nothing will ever come."""
        while self.wait is None and len(self.jobs) < self.teams and (ready := self.ready()):
            id = ready[0]
            self.owed[id] = [h for h in self.owed.get(id, ()) if not self.truth[h]]
            mends = self.owed[id][0] if self.owed[id] else None
            work = self.chain[mends]["tests"]["redesign"] if mends else self.chain[id]
            price = round(100 * work["cost"]) * (1 if mends else work.get("teams", 1))
            if self.mortal and price > self.cash:
                return not self.jobs and self.revenue() <= self.burn() and not self.funds
            self.cash -= price
            weeks = work.get("weeks", 1)
            if "hours" in work:
                free = self.state["hours_per_week"] - self.state.get("running_hours_per_week", 0)
                weeks = math.ceil(work["hours"] / free)
            self.jobs.append({"id": id, "mends": mends, "ends": week + weeks - 1})
        return False

    def resolve(self, id: str, week: int) -> None:
        """Pass or fail one attempt."""
        milestone = self.chain[id]
        self.tries[id] += 1
        untrue = [h for h in milestone.get("relies_on", ()) if not self.truth[h]]
        if untrue:
            self.owed[id] = untrue
        elif "tests" in milestone:
            tests = milestone["tests"]
            if self.rng.random() < tests["if_true" if self.truth[id] else "if_false"]:
                self.reach(id, week)
            else:
                self.truth[id], self.owed[id] = False, [id]
            return
        else:
            rates = milestone["pass_rate"]
            rate = rates[min(self.tries[id], len(rates)) - 1] if isinstance(rates, list) else rates
            if self.rng.random() < 1 - (1 - rate) ** milestone.get("teams", 1):
                self.reach(id, week)
                return
        if self.tries[id] >= milestone.get("attempts", math.inf):
            self.dead.add(id)

    def reach(self, id: str, week: int) -> None:
        """Reach a milestone."""
        self.reached[id] = week
        self.jobs = [job for job in self.jobs if job["id"] != id]
        self.receive(self.chain[id].get("gives", {}), week)

    def receive(self, gives: dict, week: int) -> None:
        """New values, and funding if chance will have it."""
        self.state |= {k: v for k, v in gives.items() if k != "funding"}
        funding = gives.get("funding")
        if funding and self.rng.random() < funding["chance"]:
            self.funds.append((week + funding["lag_weeks"], round(100 * funding["amount"])))

    def finish(self, week: int) -> None:
        """End what ends this week, then let the cheques in."""
        ending = [job for job in self.jobs if job["ends"] == week]
        self.jobs = [job for job in self.jobs if job["ends"] != week]
        for job in sorted(ending, key=lambda job: list(self.chain).index(job["id"])):
            if job["id"] in self.reached:
                continue
            if job["mends"] is None:
                self.resolve(job["id"], week)
                continue
            mended = job["mends"]
            self.truth[mended] = True
            if mended not in self.reached and mended not in self.skips:
                self.reach(mended, week)
            self.receive(self.chain[mended]["tests"]["redesign"].get("gives", {}), week)
        if self.wait and self.rng.random() < self.wait["chance_per_week"]:
            self.cash += round(100 * self.wait["amount"])
            self.wait = None
        self.cash += sum(amount for due, amount in self.funds if due <= week)
        self.funds = [cheque for cheque in self.funds if cheque[0] > week]

    def lost(self, id: str) -> bool:
        """Whether a milestone can no longer be reached."""
        if id in self.reached or id in self.skips:
            return False
        return id in self.dead or any(self.lost(n) for n in self.chain[id].get("needs", ()))

    def play(self) -> tuple[str, int]:
        """The fate, and its week."""
        for week in range(1, self.horizon + 1):
            self.open_forks(week)
            if self.start(week):
                return "ruin", week
            burn = round(100 * self.wait["burn_per_week"]) if self.wait else self.burn()
            self.cash += self.revenue() - burn
            self.cash -= sum(amount for due, amount in self.debts if due == week)
            if self.mortal and self.cash < 0:
                return "ruin", week
            self.finish(week)
            if self.goal in self.reached:
                return "goal", week
            if self.lost(self.goal):
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
    told = {"fates": dict.fromkeys(("goal", "ruin", "stuck", "open"), 0.0), "reached": {}}
    weeks = []
    for _ in range(lives):
        life = Life(plan, options, rng)
        fate, week = life.play()
        told["fates"][fate] += 1 / lives
        for id in life.reached:
            told["reached"][id] = told["reached"].get(id, 0.0) + 1 / lives
        if fate == "goal":
            weeks.append(week)
    told["week_if_goal"] = weeks
    return told
