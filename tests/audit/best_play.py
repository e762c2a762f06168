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
COPIED += ("refuted", "untrue", "truth", "forks", "taken", "declined")


class TooManyPositionsError(Exception):
    """The plan has more positions than a test should wait for."""


class Script:
    """A source of draws that answers each comparison as told, and then yes."""

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
        self.skippable, self.taken, self.declined = skippable, [], set()

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
            *(tuple(sorted(self.declined)), tuple(self.chain)),
        )

    def open_fork(self, week: int):
        """The first fork whose conditions hold."""
        if self.wait is not None:
            return None
        free = max(0, self.teams - len(self.jobs))
        works = [(self.owed(id) or [id])[0] for id in self.ready()[:free]]
        for at, fork in self.forks:
            low = "cash_below" not in at or self.cash < cents(at["cash_below"])
            at_work = "milestone" not in at or at["milestone"] in works
            asked = fork["id"] not in self.declined
            if asked and at_work and low and week >= at.get("week", 0):
                return fork
        return None

    def stuck(self) -> bool:
        """Whether nothing can lead to the goal any more: never as long as a fork may open."""
        return not self.forks and super().stuck()

    def decide(self, fork: dict, option: dict | None, week: int) -> None:
        """Take an option of a fork, or leave it until the next week."""
        if option is None:
            self.declined.add(fork["id"])
            return
        self.forks = [(at, other) for at, other in self.forks if other is not fork]
        self.taken.append((fork["id"], option["id"]))
        self.take(option, week)

    def work_on(self, id: str, week: int) -> bool:
        """Put a milestone first among what is ready, and start work at it; False if unpaid."""
        before, ready = len(self.jobs), self.ready()
        places = dict(zip(ready, [id, *(other for other in ready if other != id)], strict=True))
        self.chain = {places.get(old, old): self.chain[places.get(old, old)] for old in self.chain}
        teams, self.teams = self.teams, before + 1
        self.start(week)
        self.teams = teams
        return len(self.jobs) > before

    def hopeless(self, week: int) -> bool:
        """Whether nothing can be paid, nothing is under way, and nothing will come."""
        if self.wait is not None or self.jobs or not self.ready():
            return False
        return all(self.trial(id, week) for id in self.ready())

    def trial(self, id: str, week: int) -> bool:
        """Whether it cannot be paid, and that is ruin."""
        other = self.twin()
        if other.work_on(id, week):
            return False
        return self.revenue() <= self.burn() and not self.funds

    def pay(self, week: int) -> bool:
        """Pay the week; False if that is ruin."""
        self.declined = set()
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
        return 1.0 if cloud[0][1].holds() else self.value(cloud, 1, "forks")

    def first_moves(self) -> dict[tuple[str, str], float]:
        """The best chance after each move of the first decision."""
        cloud, phase = self.start(), "forks"
        if cloud[0][1].open_fork(1) is None:
            phase = "work"
        return {name: self.value(*rest) for name, *rest in self.moves(cloud, 1, phase)}

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
        if phase == "work" and cloud[0][1].hopeless(week):
            return 0.0
        return max(self.value(*rest) for _, *rest in self.moves(cloud, week, phase))

    def moves(self, cloud: list[tuple[float, Player]], week: int, phase: str):
        """Yield each move with the position that follows."""
        seen = cloud[0][1]
        if phase == "forks":
            fork = seen.open_fork(week)
            if fork is None:
                yield ("none", ""), cloud, week, "work"
                return
            for option in (None, *fork["options"]):
                name = (fork["id"], option["id"] if option else "as-written")
                yield name, _each(cloud, lambda p, o=option: p.decide(fork, o, week)), week, "forks"
            return
        if seen.wait is None and len(seen.jobs) < seen.teams:
            for id in seen.ready():
                if seen.twin().work_on(id, week):
                    started = _each(cloud, lambda p, i=id: p.work_on(i, week))
                    yield ("work", id), started, week, "work"
                if id in self.skippable and not seen.owed(id):
                    without = _each(cloud, lambda p, i=id: p.skips.add(i))
                    yield ("skip", id), without, week, "forks"
        yield ("wait", ""), cloud, week, "bills"

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
                found += total * self.value(then, week + 1, "forks")
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
