"""The best play of a position, exactly: dynamic programming over all that a founder can know.

A state is what can be seen: the week, the cash, what is reached, under way, owed and promised, the
plan as it is by now, and the belief in each hypothesis. In every week all moves of a rehearsal are
tried; the value of a state is the chance of each fate under the moves that reach the goal most
often (Bellman 1957). The weeks are those of `rehearsal`, with every chance followed both ways.
It is worth its time where states are few; a plan with more of them, or with figures drawn from
ranges, is left to the simulation (`advice`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbook.coach.from_here import belief_in
from workbook.edit import edit
from workbook.law import Economy, Program, compiled, has_its_weeks, learned_belief
from workbook.life.diary import Event, Happening
from workbook.outcomes import FATES
from workbook.plan import Milestone, Plan
from workbook.rehearsal import Lived, Move
from workbook.rehearsal.legal import offered
from workbook.rehearsal.moves import AS_WRITTEN, WAIT

MOST_STATES = 12_000
MANY_MILESTONES, MANY_WEEKS = 5, 26
"""A plan with more of both has too many states for sure; it is not tried."""
DEEPEST = 400
NOTHING = 1e-12
GOAL, RUIN = FATES.index("goal"), FATES.index("ruin")

Fates = tuple[float, ...]
"""The chance of each fate, in the order of FATES."""
ENDED: dict[str | None, Fates] = {
    fate: tuple(float(fate == other) for other in FATES) for fate in FATES
}


class TooManyError(Exception):
    """There are more states than are followed, or one that this cannot compute."""


class Course:
    """A source of chance that gives these answers, then yes, and keeps the other courses."""

    def __init__(self, answers: tuple[bool, ...]) -> None:
        self.answers, self.asked, self.weight = list(answers), 0, 1.0
        self.others: list[tuple[bool, ...]] = []

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Whether the event happens on this course."""
        if kind in ("condition", "due") and 0.0 < probability < 1.0:
            raise TooManyError  # hidden from the founder, and nothing here follows a belief in it
        if probability <= 0.0 or probability >= 1.0:
            return probability >= 1.0
        if self.asked == len(self.answers):
            self.others.append((*self.answers, False))
            self.answers.append(True)
        answer = self.answers[self.asked]
        self.asked += 1
        self.weight *= probability if answer else 1.0 - probability
        return answer

    def quantile(self, kind: str, name: str) -> float:
        """Refuse ranges: they have more values than can be followed."""
        raise TooManyError

    def __copy__(self) -> Course:
        return self


class Explored(Lived):
    """A life that asks in every week, keeps no diary, and knows beliefs in place of the truth."""

    beliefs: dict[str, float]
    proofs: dict[str, str]
    ready: list[str] | None = None
    now: Program

    @classmethod
    def of(cls, state: Lived) -> Explored:
        """Return a life at a decision, as its player knows it: with beliefs, not the truth."""
        life = cls.__new__(cls)
        vars(life).update(vars(state))
        life.beliefs, life.proofs, life.now = {}, {}, compiled(state.plan)
        life = life.copy()
        life.chance, life.truth = Course(()), dict.fromkeys(state.untrue, False)
        tested = {m.id: m.tests for m in state.plan.milestones if m.tests}
        for id in tested.keys() - life.truth.keys():
            life.beliefs[id] = belief_in(id, tested[id], state)
        life.events, life.series, life.states, life.capital = [], [], [], []
        return life

    @property
    def program(self) -> Program:
        """The plan as it stands, compiled."""
        if self.now.plan is not self.plan:
            self.now = compiled(self.plan)
        return self.now

    def next_up(self) -> list[str]:
        """Return what could be worked on now; looked up once while the moves are listed."""
        return super().next_up() if self.ready is None else self.ready

    def go_on(self) -> None:
        """Play this week, and come to the start of the next one."""
        if self.week > self.held_until:
            self.start_work()
        self.finish_week()
        self.picked, self.events = [], []
        if self.fate is None:
            self.week += 1

    def asks(self) -> bool:
        """Every week begins with a decision."""
        return True

    def note(self, happening: Happening, about: str, amount: int = 0) -> None:
        """Keep no diary, but what morale hears of this week."""
        if self.plan.morale is not None:
            self.events.append(Event(self.week, happening, about, 0.0, 0.0))

    def keep(self) -> None:
        """Keep no series."""

    def order_is_open(self) -> bool:
        """Whether there is a choice of what to start; an order decided once may change again."""
        self.ordered.clear()
        return super().order_is_open()

    def belief(self, id: str) -> float:
        """Return the chance that a hypothesis is true, after its test."""
        if id in self.truth:
            return float(self.truth[id])
        return self.beliefs.get(id, self.task(id).hypothesis.belief)

    def true(self, id: str) -> bool:
        """Whether a hypothesis is true: an attempt that relies on it shows it."""
        if id not in self.truth:
            self.truth[id] = self.chance.happens("truth", id, self.belief(id))
        return self.truth[id]

    def find_out(self, milestone: Milestone) -> None:
        """Test a hypothesis: its truth stays unknown, the belief in it moves."""
        id, tests = milestone.id, self.task(milestone.id).hypothesis
        belief = self.belief(id)
        says_yes = belief * tests.if_true + (1.0 - belief) * tests.if_false
        said_yes = self.chance.happens("test", id, says_yes)
        if id not in self.truth:
            self.beliefs[id] = learned_belief(tests, belief, said_yes=said_yes)
        if said_yes:
            self.reach(milestone)
        else:
            self.refuted.add(id)

    def pick(self, id: str, level: str = "") -> None:
        """Pick work, and keep the level of its proof."""
        super().pick(id, level)
        if level:
            self.proofs[id] = level

    def key(self, counted: frozenset[str]) -> tuple[object, ...]:
        """Return all that the rest of this life depends on; `counted` are the milestones at which
        the number of attempts matters.
        """
        left = [i for i in self.program.needs if i not in self.reached and i not in self.used_up]
        relied = {*left, *(id for one in left for id in self.task(one).relies_on)}
        now = (self.week, self.cash, self.profit, self.morale)
        return (
            (*now, *left, "", *self.taken.items(), "", *self.picked),
            _figures(self.economy),
            frozenset(self.reached),
            frozenset(self.used_up),
            tuple(sorted((job.milestone, job.ends, job.mends or "") for job in self.jobs)),
            tuple((id, n) for id, n in sorted(self.attempts.items()) if id in counted),
            tuple(
                (id, self.belief(id)) for id in sorted(self.beliefs | self.truth) if id in relied
            ),
            frozenset(self.refuted & relied) | frozenset(("untrue", i) for i in self.untrue),
            tuple(sorted((at, amount, about) for at, amount, about, _ in self.cheques)),
            tuple(sorted(debt[:2] for debt in self.debts if debt.weeks >= self.week)),
            (self.waiting and self.waiting[0], *self.receivable.items(), "", *self.held.items()),
            (*self.proofs.items(),),
        )

    def worth_trying(self) -> list[Move]:
        """Return the moves that may lead to different lives, going on first."""
        if self.waiting:
            return [AS_WRITTEN]
        self.ready = self.next_up()
        moves = [move for move in offered(self) if move.kind not in ("stop", "wait")]
        if not self.idle_is_lost() and (moves != [AS_WRITTEN] or self.starting()):
            moves.append(WAIT)
        self.ready = None
        return sorted(moves, key=lambda move: move.kind in ("take", "skip", "wait"))

    def idle_is_lost(self) -> bool:
        """Whether a week in which nothing is started can bring nothing: no news, money or fork.

        Then the same work a week later finds less cash and less time.
        """
        coming = self.jobs or self.cheques or self.receivable or self.untaken()
        if coming or self.patient or self.terms or self.plan.tax_on_profit:
            return False
        dated = (
            self.plan.closed or self.plan.seasons or any(map(has_its_weeks, self.plan.attempted))
        )
        return not dated and self.economy.net_cents <= 0


class BestPlay:
    """The best play of a plan; what it has found serves every later position."""

    def __init__(self, plan: Plan, most: int = MOST_STATES) -> None:
        self.memo: dict[tuple[object, ...], Fates] = {}
        self.counted, self.most = _counted(plan), most
        large = len(plan.attempted) > MANY_MILESTONES and plan.horizon_weeks > MANY_WEEKS
        self.given_up = large or bool(plan.ranges or plan.weekly_ranges)

    def after(self, state: Lived, moves: Sequence[Move]) -> list[Fates] | None:
        """Return the chance of each fate after each move; None if there are too many states."""
        if self.given_up:
            return None
        try:
            return [self._first(Explored.of(state), move) for move in moves]
        except TooManyError:
            self.given_up, self.memo = True, {}
            return None

    def value(self, state: Lived) -> Fates | None:
        """Return the chance of each fate from a state; None if there are too many states."""
        try:
            return None if self.given_up else self._value(Explored.of(state), 0)
        except TooManyError:
            self.given_up, self.memo = True, {}
            return None

    def _first(self, life: Explored, move: Move) -> Fates:
        """Return the chances after a move of the player, who may also stop, or wait for long."""
        if move.kind == "stop":
            return ENDED["open"]
        if move.weeks == 1:
            return self._after(life, move, 0)
        there, rest = {f.id for f in life.opening()}, replace(move, weeks=move.weeks - 1)
        return _mean(
            (weight, self._value(then, 0) if _asked(then, there) else self._first(then, rest))
            for weight, then in _courses(life, WAIT)
        )

    def _value(self, life: Explored, depth: int) -> Fates:
        if life.fate is not None:
            return ENDED[life.fate]
        key = life.key(self.counted)
        found = self.memo.get(key)
        if found is None:
            if len(self.memo) >= self.most or depth > DEEPEST:
                raise TooManyError
            found = self.memo[key] = self._best(life, depth)
        return found

    def _best(self, life: Explored, depth: int) -> Fates:
        best = ENDED["open"]
        for move in life.worth_trying():
            found = self._after(life, move, depth)
            if (found[GOAL], -found[RUIN]) > (best[GOAL] + NOTHING, -best[RUIN]):
                best = found
            if best[GOAL] >= 1.0 - NOTHING:
                break
        return best

    def _after(self, life: Explored, move: Move, depth: int) -> Fates:
        return _mean((w, self._value(then, depth + 1)) for w, then in _courses(life, move))


def _courses(life: Explored, move: Move) -> Iterator[tuple[float, Explored]]:
    """Yield every course that a week can take after a move, with its chance."""
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        course, then = Course(waiting.pop()), life.copy()
        then.chance = course
        then.make(move)
        waiting += course.others
        yield course.weight, then


def _asked(life: Explored, there: Collection[str]) -> bool:
    """Whether a wait is over, or a fork opens that was not there before."""
    return life.fate is not None or any(fork.id not in there for fork in life.opening())


def _mean(courses: Iterable[tuple[float, Fates]]) -> Fates:
    total = [0.0] * len(FATES)
    for weight, fates in courses:
        for n, share in enumerate(fates):
            total[n] += weight * share
    return tuple(total)


def _figures(economy: Economy) -> tuple[object, ...]:
    """Return the figures of the business as a key."""
    found = vars(economy).values()
    plain = [value for value in found if not isinstance(value, Mapping)]
    return (*plain, *(value for of in found if isinstance(of, Mapping) for value in of.items()))


def _counted(plan: Plan) -> frozenset[str]:
    """Return the milestones at which the number of attempts may matter, whatever is decided."""
    plans = [plan, *(edit(plan, option) for fork in plan.forks for option in fork.options)]
    return frozenset(
        m.id for one in plans for m in one.milestones if m.attempts or len(m.rates) > 1
    )
