"""Rules about learning: before producing, before building on an answer, and from failure.

A question is answered before its answer is built on (R2); the market is looked at before making and
selling (R1); where and by whom it is used comes before the product itself (R6). That frame goes
inwards, from the opportunity to the category (L2). Reaching one part includes the parts outside it:
with a proved demand the opportunity needs no judging first.

A failure is looked back at (P7): the reason is noted, and a series of failures casts doubt on the
plan. The threshold is ours: fewer than one founder in twenty would see such a series at the plan's
own pass rate.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import all_fail, raced_rates
from workbook.plan import EXPANSION, LogEntry, Milestone, Plan, Stage, Text
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark


def _question_first(plan: Plan) -> Iterator[Remark]:
    """Find milestones that may start before what they rely on has been tested.

    Skipped tests are the subject of the rule about the way back.
    """
    order = Order(plan)
    for milestone in plan.attempted:
        for id in milestone.relies_on:
            question = order.milestones[id]
            asked = id in order.needs and can_fail(question)
            if asked and not order.is_before(id, milestone.id):
                yield remark(
                    milestone.id,
                    "“{milestone}” builds on the answer to “{question}” and may be begun before"
                    " the question is asked. Let it need “{question}”.",
                    milestone=name_of(milestone),
                    question=name_of(question),
                )


_QUESTION = {"id": "a", "tests": {"belief": 0.5}}

QUESTION_FIRST = Rule(
    id="question-first",
    claim="R2",
    title=Message("A question is asked before anything builds on its answer"),
    check=_question_first,
    examples=(
        Example(
            {"goal": "b", "teams": 2, "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}]},
            finds=["b"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "b", "relies_on": ["a"]},
                    _QUESTION,
                    {"id": "c", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example({"goal": "b", "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}]}),
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [_QUESTION, {"id": "b", "needs": ["a"], "relies_on": ["a"]}],
            }
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}],
            }
        ),
    ),
)


INPUT: frozenset[Stage] = frozenset({"opportunity", "demand", "scene"})


def takes_in(milestone: Milestone) -> bool:
    """Whether it looks at the market, or might, if it has no stage."""
    return milestone.stage is None or milestone.stage in INPUT


def _market_first(plan: Plan) -> Iterator[Remark]:
    """Find the first making or selling without a look at the market before it."""
    order, reported = Order(plan), set[str]()
    for milestone in plan.attempted:
        if milestone.stage not in EXPANSION or reported & order.ancestors(milestone.id):
            continue
        if not any(takes_in(other) for other in order.before(milestone.id)):
            reported.add(milestone.id)
            yield remark(
                milestone.id,
                "“{milestone}” goes out to make or to sell, and nothing before it takes the market"
                " in: no opportunity judged, no demand and no scene of use explored. Put such a"
                " milestone before it.",
                milestone=name_of(milestone),
            )


MARKET_FIRST = Rule(
    id="market-first",
    claim="R1",
    title=Message("The market is looked at before anything is made and sold"),
    check=_market_first,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "channel", "needs": ["a"]},
                ],
            },
            finds=["b"],
        ),
        # found out too late; reported once, where the making starts
        Example(
            {
                "goal": "c",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "production"},
                    {"id": "c", "stage": "growth", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "scene"},
                    {"id": "b", "stage": "growth", "needs": ["a"]},
                ],
            }
        ),
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "a"}, {"id": "b", "stage": "growth", "needs": ["a"]}],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a"}]}),
    ),
)


FRAME: tuple[Stage, ...] = ("opportunity", "demand", "scene", "category")


def open_frame(order: Order, id: str) -> Milestone | None:
    """Return the first part of the frame, beyond those reached, still open when `id` starts."""
    reached = [FRAME.index(m.stage) for m in order.before(id) if m.stage in FRAME]
    inner = FRAME[max(reached, default=-1) + 1 :]
    return next(order.unbegun(id, inner), None)


def _frame_first(plan: Plan) -> Iterator[Remark]:
    """Find work on the kernel that may start before a part of the frame."""
    order, reported = Order(plan), set[str]()
    for milestone in plan.attempted:
        if milestone.stage != "kernel" or reported & order.ancestors(milestone.id):
            continue
        frame = open_frame(order, milestone.id)
        if frame is not None:
            reported.add(milestone.id)
            yield remark(
                milestone.id,
                "“{milestone}” works out details while “{frame}”, a part of the frame, is still"
                " open. What is found there may make this work useless.",
                milestone=name_of(milestone),
                frame=name_of(frame),
            )


FRAME_FIRST = Rule(
    id="frame-first",
    claim="R6",
    title=Message("The frame stands before the details are worked out"),
    check=_frame_first,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "demand", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "o", "stage": "opportunity"},
                    {"id": "a", "stage": "kernel", "needs": ["o"]},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "category", "needs": ["b"]},
                ],
            },
            finds=["a"],
        ),
        # demand may be asked for once more, at a later price
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "demand", "needs": ["b"]},
                ],
            }
        ),
        # nor is an opportunity judged again after demand is proved
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "opportunity", "needs": ["b"]},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "kernel"}]}),
    ),
)


RARE = 0.05


def explained(entry: LogEntry) -> bool:
    """Whether the log entry has a note, in any language."""
    note: Text = entry.note
    return any(half.strip() for half in ([note] if isinstance(note, str) else [note.en, note.zh]))


def _look_back(plan: Plan) -> Iterator[Remark]:
    """Find failures in the log without a note, and longer series than the pass rate explains."""
    passed = {entry.milestone for entry in plan.log if entry.result == "passed"}
    for milestone in plan.attempted:
        failed = [e for e in plan.log if e.milestone == milestone.id and e.result == "failed"]
        if not failed or milestone.id in passed:
            continue
        if milestone.tests is None and all_fail(raced_rates(milestone), len(failed)) < RARE:
            yield remark(
                milestone.id,
                "By your own pass rate fewer than one founder in twenty would have failed as often"
                " at “{milestone}” as the log says. Look back before the next attempt: is the rate"
                " too high, or has something changed?",
                milestone=name_of(milestone),
            )
        elif not any(explained(entry) for entry in failed):
            yield remark(
                milestone.id,
                "“{milestone}” has failed, and the log does not say what was learnt from it. Write"
                " a line before the next attempt.",
                milestone=name_of(milestone),
            )


def _plan(rate: float, *log: dict[str, str]) -> dict[str, object]:
    return {
        "goal": "b",
        "milestones": [{"id": "a", "pass_rate": rate}, {"id": "b", "needs": ["a"]}],
        "log": [{"week": 2 * n + 2, "milestone": "a", **entry} for n, entry in enumerate(log)],
    }


_FAILED = {"result": "failed"}
_LEARNT = {"result": "failed", "note": "too sweet"}
_PASSED = {"result": "passed"}

LOOK_BACK = Rule(
    id="look-back",
    claim="P7",
    title=Message("A failure is looked back at before the next attempt"),
    check=_look_back,
    examples=(
        Example(_plan(0.4, _FAILED), finds=["a"]),
        Example(_plan(0.7, _LEARNT, _LEARNT, _LEARNT), finds=["a"]),
        Example(_plan(0.4, _FAILED, _LEARNT)),
        Example(_plan(0.7, _LEARNT, _LEARNT, _LEARNT, _PASSED)),
        Example(_plan(0.7)),
    ),
)
