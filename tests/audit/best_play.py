"""The best play of a small plan, by dynamic programming over everything a founder can know.

It is written on `second_reading` alone and shares no line with the package. A position is what can
be seen, and weights of what cannot: the truth of hypotheses. The value of a position is the chance
of the goal under the best decisions: which option of an open fork, what a free team works on next,
which hypothesis is left untested, whether to do nothing this week.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy

from audit.second_reading import Life, cents

COPIED = ("chain", "skips", "state", "reached", "dead", "tries", "jobs", "funds", "debts")
COPIED += ("refuted", "untrue", "truth", "forks", "taken", "picked")


class TooManyPositionsError(Exception):
    """The plan has more positions than a test should wait for."""


class Script:
    """A source of draws that answers each comparison as reported, and then yes."""

    def __init__(self, answers: list[bool]) -> None:
        self.answers, self.asked, self.weight, self.others = answers, 0, 1.0, []

    def random(self) -> Script:
        """A draw that is compared with a chance next."""
        return self

    def __lt__(self, chance: float) -> bool:
        """Whether the draw is below the chance; certain events are no question."""
        if chance <= 0 or chance >= 1:
            return chance >= 1
        if self.asked == len(self.answers):
            self.others.append([*self.answers, False])
            self.answers.append(True)
        answer = self.answers[self.asked]
        self.asked += 1
        self.weight *= chance if answer else 1 - chance
        return answer


def branches(act):
    """Yield the weight and result of `act(script)` for every course that chance can take."""
    waiting = [[]]
    while waiting:
        script = Script(waiting.pop())
        result = act(script)
        waiting += script.others
        yield script.weight, result


class Player(Life):
    """One life that can be copied, and played week by week with decisions from outside."""

    def __init__(self, plan: dict, rng: Script, skippable: set[str]) -> None:
        forks = [(fork["at"], fork) for fork in plan.get("forks", ())]
        super().__init__(plan, forks, rng)
        self.skippable, self.taken = skippable, []
        self.picked, self.ruined = [], False

    def twin(self) -> Player:
        """A copy that shares nothing that changes."""
        other = copy(self)
        for name in COPIED:
            setattr(other, name, copy(getattr(self, name)))
        other.jobs = [dict(job) for job in self.jobs]
        return other

    def seen(self) -> tuple:
        """What can be seen of it; the truth of hypotheses cannot."""
        return (
            *(self.cash, tuple(sorted(self.reached)), tuple(sorted(self.dead))),
            tuple(sorted(self.tries.items())),
            tuple(sorted((j["id"], str(j["mends"]), j["ends"]) for j in self.jobs)),
            *(tuple(sorted(self.funds)), tuple(sorted(self.debts)), tuple(self.taken)),
            *(tuple(sorted(self.refuted)), tuple(sorted(self.untrue)), self.wait is None),
            *(tuple(sorted(self.skips)), tuple(sorted(self.state.items()))),
            *(self.ruined, tuple(self.picked), tuple(self.chain)),
        )

    def open_forks_now(self, week: int) -> list[dict]:
        """The forks whose conditions hold."""
        if self.wait is not None:
            return []
        free = max(0, self.teams - len(self.jobs))
        works = [(self.owed(id) or [id])[0] for id in self.ready()[:free]]
        found = []
        for at, fork in self.forks:
            low = "cash_below" not in at or self.cash < cents(at["cash_below"])
            at_work = "milestone" not in at or at["milestone"] in works
            if at_work and low and week >= at.get("week", 0):
                found.append(fork)
        return found

    def stuck(self) -> bool:
        """Whether nothing can lead to the goal any more: never as long as a fork may open."""
        return not self.forks and super().stuck()

    def decide(self, fork: dict, option: dict, week: int) -> None:
        """Take an option of a fork."""
        self.forks = [(at, other) for at, other in self.forks if other is not fork]
        self.taken.append((fork["id"], option["id"]))
        self.take(option, week)
        self.picked = [id for id in self.picked if id in self.ready()]

    def price(self, id: str) -> int:
        """What starting the next work at a milestone costs."""
        mends = next(iter(self.owed(id)), None)
        work = self.chain[mends]["tests"]["redesign"] if mends else self.chain[id]
        return cents(work.get("cost", 0)) * (1 if mends else work.get("teams", 1))

    def to_pick(self) -> list[str]:
        """What a free team can be given first, where more is ready than there are teams."""
        left = [id for id in self.ready() if id not in self.picked]
        free = self.teams - len(self.jobs) - len(self.picked)
        cash = self.cash - sum(map(self.price, self.picked))
        short = self.mortal and sum(map(self.price, left)) > cash
        if free < 1 or len(left) < 2 or not (len(left) > free or short):
            return []
        return [id for id in left if not self.mortal or self.price(id) <= cash]

    def pick(self, id: str) -> None:
        """Put a milestone first among what is ready and not picked yet."""
        ready = self.ready()
        self.picked.append(id)
        order = [*self.picked, *(other for other in ready if other not in self.picked)]
        places = dict(zip(ready, order, strict=True))
        self.chain = {places.get(old, old): self.chain[places.get(old, old)] for old in self.chain}

    def go(self, week: int) -> None:
        """Start what can be started, in order; it may be ruin."""
        self.ruined = self.start(week)
        self.picked = []

    def pay(self, week: int) -> bool:
        """Pay the week; False if that is ruin."""
        if self.ruined:
            return False
        burn = cents(self.wait["burn_per_week"]) if self.wait else self.burn()
        self.cash += self.revenue() - burn - self.due(week)
        self.cash -= sum(amount for due, amount in self.debts if due == week)
        self.debts = [debt for debt in self.debts if debt[0] > week]
        return not (self.mortal and self.cash < 0)


class BestPlay:
    """The best chance of the goal of a plan, and of every first move."""

    def __init__(self, plan: dict, skippable: set[str] = frozenset(), most: int = 60_000) -> None:
        self.plan, self.skippable, self.most = plan, skippable, most
        self.memo: dict = {}

    def start(self) -> list[tuple[float, Player]]:
        """The position before the first week: one player for each truth."""
        return list(branches(lambda script: Player(self.plan, script, self.skippable)))

    def chance(self) -> float:
        """The chance of the goal under the best decisions."""
        cloud = self.start()
        return 1.0 if cloud[0][1].holds() else self.value(cloud, 1, "moves")

    def first_moves(self) -> dict[tuple[str, str], float]:
        """The best chance after each move of the first decision."""
        return {name: self.value(*rest) for name, *rest in self.moves(self.start(), 1)}

    def value(self, cloud: list[tuple[float, Player]], week: int, phase: str) -> float:
        """The best chance from a position; the weights of the cloud add up to 1."""
        seen = cloud[0][1]
        hidden = tuple(sorted((round(w, 12), tuple(sorted(p.truth.items()))) for w, p in cloud))
        key = (week, phase, seen.seen(), hidden)
        if key not in self.memo:
            if len(self.memo) >= self.most:
                raise TooManyPositionsError
            self.memo[key] = self.worth(cloud, week, phase)
        return self.memo[key]

    def worth(self, cloud: list[tuple[float, Player]], week: int, phase: str) -> float:
        """The same, computed."""
        if phase == "bills":
            return self.after_week(cloud, week)
        return max(self.value(*rest) for _, *rest in self.moves(cloud, week))

    def moves(self, cloud: list[tuple[float, Player]], week: int):
        """Yield each move with the position that follows."""
        seen = cloud[0][1]
        for fork in seen.open_forks_now(week):
            for option in fork["options"]:
                after = _each(cloud, lambda p, f=fork, o=option: p.decide(f, o, week))
                yield ("take", f"{fork['id']}={option['id']}"), after, week, "moves"
        picks = seen.to_pick()
        for id in picks:
            yield ("work", id), _each(cloud, lambda p, i=id: p.pick(i)), week, "moves"
        free = seen.wait is None and len(seen.jobs) + len(seen.picked) < seen.teams
        for id in seen.ready() if free else ():
            if id in self.skippable and id not in seen.picked and not seen.owed(id):
                yield ("skip", id), _each(cloud, lambda p, i=id: p.skips.add(i)), week, "moves"
        if not picks:
            yield ("as-written", ""), _each(cloud, lambda p: p.go(week)), week, "bills"
        yield ("wait", ""), _each(cloud, lambda p: p.picked.clear()), week, "bills"

    def after_week(self, cloud: list[tuple[float, Player]], week: int) -> float:
        """Pay the bills, let chance decide what ends, and go on from each thing seen then."""
        found, groups = 0.0, defaultdict(lambda: defaultdict(float))
        players = {}
        for weight, player in cloud:
            paid = player.twin()
            if not paid.pay(week):
                return 0.0
            for chance, after in branches(lambda script, p=paid: _finished(p, script, week)):
                truth = tuple(sorted(after.truth.items()))
                groups[after.seen()][truth] += weight * chance
                players[after.seen(), truth] = after
        for seen, truths in groups.items():
            total = sum(truths.values())
            one = players[seen, next(iter(truths))]
            if one.holds():
                found += total
            elif week < self.plan["horizon_weeks"] and not one.stuck():
                then = [(weight / total, players[seen, truth]) for truth, weight in truths.items()]
                found += total * self.value(then, week + 1, "moves")
        return found


def _each(cloud, change):
    """The cloud after a change of every player."""
    after = [(weight, player.twin()) for weight, player in cloud]
    for _, player in after:
        change(player)
    return after


def _finished(player: Player, script: Script, week: int) -> Player:
    after = player.twin()
    after.rng = script
    after.finish(week)
    return after
