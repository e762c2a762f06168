"""What the kernel does for one change in the builder, in CPU time; `python -m benchmarks.redraw`.

With names of plans only those are measured.

Sixty milestones with forks and two teams, and the four cases: each kind of change is made as the
page would ask for it, a few times. `first` is from the command to all that is sent in answer to it
(canvas, odds, review, the open picture), `settled` the full play after it, `wait` the longest task
of a plan at rest, for which a change may have to wait. CPU time does not depend on what else the
machine does, as long as its caches and clock do not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from heapq import heappop, heappush
from io import BytesIO
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, cast

from workbook import cases
from workbook.builder import open_builder
from workbook.builder.view import answer_scheduler
from workbook.files import keep_in
from workbook.plan import Milestone, Plan

CASES = ("caffeine-lozenge", "training-camp", "ai-companion", "side-business")
TURNS = 20
Task = Callable[[], object]


def sixty() -> Plan:
    """As many as the canvas holds, but one: five threads of twelve, one after another in each."""
    milestones = [
        Milestone(
            id=f"m{n}",
            name=f"Milestone {n}",
            needs=(f"m{n - 5}",) if n >= 5 else (),
            weeks=2.0,
            cost=500.0,
            pass_rate=0.8,
        )
        for n in range(58)
    ]
    goal = Milestone(id="goal", name="The goal", needs=tuple(m.id for m in milestones[-5:]))
    chain = (*milestones, goal)
    return Plan(id="sixty", goal="goal", cash=600_000, horizon_weeks=208, milestones=chain)


def forked() -> Plan:
    """The same with two teams and two forks, one of them taken."""
    forks = [
        {
            "id": "short",
            "at": {"milestone": "m30", "cash_below": 300_000},
            "chosen": "leaner",
            "options": [{"id": "leaner", "teams": 1, "burn_per_week": "-500"}],
        },
        {
            "id": "leave",
            "at": {"milestone": "m20"},
            "options": [{"id": "out", "milestones": {"m21": {"pass_rate": 0.5}}}],
        },
    ]
    plain = sixty().model_dump(exclude_none=True)
    return Plan.model_validate({**plain, "burn_per_week": 2000.0, "teams": 2, "forks": forks})


def plans() -> dict[str, Plan]:
    """The plans to measure, by name."""
    return {case: cases.load(case).plan for case in CASES} | {"forked": forked()}


class Clock:
    """A loop whose time passes only when its next task is asked for."""

    def __init__(self) -> None:
        self.now, self.count = 0.0, 0
        self.waiting: list[tuple[float, int, Task]] = []

    def call_later(self, seconds: float, task: Task) -> None:
        """Take a task that is due after so many seconds."""
        self.count += 1
        heappush(self.waiting, (self.now + seconds, self.count, task))

    def next(self) -> float:
        """CPU seconds of the next task that waits; 0 where none does."""
        if not self.waiting:
            return 0.0
        self.now, _, task = heappop(self.waiting)
        before = process_time()
        task()
        return process_time() - before


class Screen:
    """A builder without a page; what it sends is written as JSON, as a kernel does."""

    def __init__(self, plan: Plan) -> None:
        self.clock, self.sent = Clock(), 0
        answer_scheduler.running_loop = lambda: cast(Any, self.clock)
        self.builder = open_builder("en", "measured")
        self.builder.screen.observe(self._send)
        self.builder.state.import_(plan) or self.builder.state.import_(plan)
        self.builder.show()
        self.builder.scheduler.ask(self.builder.state.revision)
        self.at_rest()

    def _send(self, change: Any) -> None:
        self.sent += len(json.dumps({change.name: change.new}))

    def send(self, do: str, **detail: object) -> float:
        """CPU seconds from a command of the page to the last of its first answers."""
        builder, before = self.builder, process_time()
        builder.scheduler._throttle._started = float("-inf")  # as after a rest
        builder.hear(None, {"do": do, **detail})
        spent = process_time() - before
        assert builder.screen.answers["revision"] == builder.state.revision
        return spent

    def at_rest(self, most: int = 8) -> float:
        """CPU seconds of the longest of the next tasks: story, versions, static page, advice."""
        return max(self.clock.next() for _ in range(most))


Change = Callable[[Screen, int], float]


def changes(plan: Plan) -> Mapping[str, Change]:
    """Every kind of change, on a milestone in the middle of the plan."""
    inner = [m for m in plan.milestones if m.needs and m.id != plan.goal]
    one = inner[len(inner) // 2]
    path, need = f"milestones.{one.id}", one.needs[0]

    def put(path: str, value: Callable[[int], object]) -> Change:
        return lambda screen, n: screen.send("set", path=path, value=value(n))

    def after(undone: Callable[[Screen], float], change: Change) -> Change:
        def act(screen: Screen, n: int) -> float:
            undone(screen)
            screen.clock.waiting.clear()
            return change(screen, n)

        return act

    undo = partial(Screen.send, do="undo")
    unlink = partial(Screen.send, do="unlink", first=need, then=one.id)
    delete = partial(Screen.send, do="delete", id=one.id)
    return {
        "name": lambda screen, n: screen.send("rename", id=one.id, name=f"Milestone, {n}"),
        "cost": put(f"{path}.cost", lambda n: 500 + n),
        "chance": put(f"{path}.pass_rate", lambda n: 0.8 - n / 1000),
        "wait": put(f"{path}.weeks", lambda n: 2 + n % 7),
        "burn": put("burn_per_week", lambda n: 2000 + n),
        "unlink": lambda screen, n: unlink(screen),
        "link": after(unlink, lambda screen, n: screen.send("link", first=need, then=one.id)),
        "delete": lambda screen, n: delete(screen),
        "undo": after(delete, lambda screen, n: undo(screen)),
        "add": lambda screen, n: screen.send("add", name=f"New {n}", after=one.id),
    }


def measured(screen: Screen, change: Change) -> dict[str, list[float]]:
    """CPU milliseconds of one kind of change: first answer, settled answer, longest other task."""
    took: dict[str, list[float]] = {"first": [], "settled": [], "wait": []}
    for n in range(TURNS + 1):
        plan = screen.builder.state.plan
        spent = (change(screen, n), screen.clock.next(), screen.at_rest())
        if n:
            for stage, seconds in zip(took, spent, strict=True):
                took[stage].append(1000 * seconds)
        while screen.builder.state.plan != plan:
            screen.send("undo")
        screen.clock.waiting.clear()
    return took


def plain_slider(plan: Plan) -> list[float]:
    """CPU milliseconds of a plain slider: the play, and the figure as a notebook has it."""
    from matplotlib.figure import Figure

    from workbook.charts import runway
    from workbook.play import play
    from workbook.words import Words

    took = []
    for n in range(TURNS + 1):
        changed = plan.model_copy(update={"burn_per_week": plan.burn_per_week + n})
        start = process_time()
        figure = Figure((7.4, 3.4))
        runway.draw(play(changed), figure.subplots(), Words("en"))
        figure.savefig(BytesIO(), format="png")
        took += [1000 * (process_time() - start)] if n else []
    return took


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(times, n=20)[-1]


@contextmanager
def screen_of(plan: Plan) -> Iterator[Screen]:
    """A builder with the plan, in a folder of its own."""
    with TemporaryDirectory() as folder:
        keep_in(folder)
        yield Screen(plan)


def main() -> None:
    """Print a line for each plan and kind of change."""
    stages = ("first", "settled", "wait")
    print(
        f"{'plan':<18}{'change':<14}" + "".join(f"{one + ' p50':>13}{'p95':>6}" for one in stages)
    )
    for name, plan in plans().items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with screen_of(plan) as screen:
            for kind, change in changes(plan).items():
                if name != "forked" and kind != "burn":
                    continue
                took = measured(screen, change)
                cells = [f"{median(times):>13.0f}{p95(times):>6.0f}" for times in took.values()]
                print(f"{name:<18}{kind:<14}" + "".join(cells), flush=True)
        plain = plain_slider(plan)
        print(f"{name:<18}{'plain slider':<14}{median(plain):>13.0f}{p95(plain):>6.0f}", flush=True)


if __name__ == "__main__":
    main()
