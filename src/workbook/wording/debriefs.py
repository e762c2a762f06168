"""A debrief in sentences: what was choice and what was luck, and the decisions that mattered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.coach import Debrief, Ending, Turn, Value
from workbook.coach.debrief import Chance
from workbook.life import Event
from workbook.outcomes import Fate
from workbook.wording.decisions import event_text, move_title
from workbook.words import N_, Words
from workbook.words.figures import of_a_hundred

MORE_OFTEN: Mapping[Fate, str] = {
    "ruin": N_(
        "After it the money runs out in {taken} of 100 lives; after the best move, in {best}."
    ),
    "stuck": N_(
        "After it nothing leads on in {taken} of 100 lives; after the best move, in {best}."
    ),
    "open": N_(
        "After it time is up first in {taken} of 100 lives; after the best move, in {best}."
    ),
}
ENDINGS = {
    "goal": N_("reaches the goal in {week}"),
    "ruin": N_("runs out of money in {week}"),
    "stuck": N_("is stuck in {week}"),
    "open": N_("has not reached the goal when time is up in {week}"),
    "stopped": N_("stops in {week}"),
}
CHANCED = frozenset({"passed", "failed", "untrue", "cheque", "no-cheque", "wait-over"})
COSTLY = 0.05
"""Decisions that together cost less are not held against a good ending."""
WORTH_SAYING = 0.05
"""An ending is named if a worse move leads to it more often by so much."""
STRETCH = 0.1
"""A stretch of luck is mentioned if it moved the chance by so much."""


@dataclass(frozen=True)
class TurnText:
    """A decision in words: what was done and when, what it was worth, and why."""

    title: str
    verdict: str
    why: str


def run_on(w: Words, *sentences: str) -> str:
    """Return sentences one after the other, without a space between them in Chinese."""
    return ("" if w.lang == "zh" else " ").join(filter(None, sentences))


def lines(debrief: Debrief, w: Words) -> tuple[str, ...]:
    """Return the whole debrief, a paragraph each."""
    decisions = [turn_text(debrief, turn, w) for turn in debrief.decisive]
    paragraphs = [run_on(w, w("{title}.", title=d.title), d.verdict, d.why) for d in decisions]
    return (identity(debrief, w), *paragraphs, *luck_text(debrief, w), *same_luck(debrief, w))


def identity(debrief: Debrief, w: Words) -> str:
    """Return the start, the cost of all decisions, and luck: together they make the ending."""
    start, cost = round(100 * debrief.start), round(-100 * debrief.cost)
    luck = round(100 * debrief.end) - start + cost
    began = w("You began at {start} in 100.", start=start)
    return run_on(w, began, _costs(debrief, cost, w), _luck(luck, w), _praise(debrief, w))


def _costs(debrief: Debrief, cost: int, w: Words) -> str:
    worst = debrief.worst
    if worst is None or not cost:
        return w("Your decisions cost nothing to speak of.")
    return w(
        "Your decisions cost {cost}; the worst: {move} in {week}, minus {most}.",
        cost=cost,
        move=_quoted(worst, worst.advice.of(worst.move), w),
        week=w.week(worst.week, debrief.plan.starts),
        most=round(-100 * worst.cost),
    )


def _luck(luck: int, w: Words) -> str:
    if luck == 0:
        return w("Luck gave and took the same.")
    if luck > 0:
        return w("Luck gave you {luck}.", luck=luck)
    return w("Luck took {luck} from you.", luck=-luck)


def _praise(debrief: Debrief, w: Words) -> str:
    """Say so if the ending tells the wrong story about the decisions."""
    costly = -debrief.cost >= COSTLY
    if debrief.ending.reached and debrief.luck > 0 and debrief.worst is not None and costly:
        return w("You reached the goal, but not because of that: do not learn from it.")
    if not debrief.ending.reached and debrief.worst is None and debrief.luck < 0:
        return w("You decided well and it ended badly: that happens, and you would do it again.")
    return ""


def turn_text(debrief: Debrief, turn: Turn, w: Words) -> TurnText:
    """Return a decision in words."""
    taken = turn.advice.of(turn.move)
    title = w(
        "{week}: {move}",
        week=w.week(turn.week, debrief.plan.starts),
        move=move_title(turn.position, turn.move, w),
    )
    title = title[:1].upper() + title[1:]
    if turn.was_good:
        return TurnText(title, _good(turn, w), _all_the_same(debrief, turn, w))
    verdict = w(
        "It cost {points}: {after} lives in 100 lead to the goal from here; after the best move"
        " ({best}) {before} would.",
        points=w.apart(round(turn.cost, 2)),
        best=move_title(turn.position, turn.best, w),
        before=round(100 * turn.before),
        after=round(100 * turn.after),
    )
    why = _why(turn.advice.of(turn.best), taken, w)
    return TurnText(title, verdict, run_on(w, why, _all_the_same(debrief, turn, w)))


def _good(turn: Turn, w: Words) -> str:
    worse = [value for value in turn.rivals if value.is_worse]
    if not worse:
        return w("Nothing better was to be had; the moves are too close to tell apart.")
    rival = max(worse, key=lambda value: value.chance)
    return w(
        "A good decision: {before} lives in 100 lead to the goal from here; after another move"
        " ({rival}) {after} would.",
        before=round(100 * turn.after),
        rival=move_title(turn.position, rival.move, w),
        after=round(100 * rival.chance),
    )


def _why(best: Value, taken: Value, w: Words) -> str:
    """Say how lives end more often after the worse move."""
    more = {fate: taken.fates[fate] - best.fates[fate] for fate in MORE_OFTEN}
    fate = max(more, key=lambda name: more[name])
    if taken.move.kind == "stop" or more[fate] < WORTH_SAYING:
        return ""
    shares = {"taken": of_a_hundred(taken.fates)[fate], "best": of_a_hundred(best.fates)[fate]}
    return w(MORE_OFTEN[fate], **shares)


def _all_the_same(debrief: Debrief, turn: Turn, w: Words) -> str:
    """Keep decision and ending apart, where that has not been said of all decisions."""
    if _praise(debrief, w):
        return ""
    if turn.was_good and not debrief.ending.reached:
        return w("That it ended badly was not its fault.")
    if not turn.was_good and debrief.ending.reached:
        return w("You got there all the same; that was luck.")
    return ""


def luck_text(debrief: Debrief, w: Words) -> tuple[str, ...]:
    """Return the best and the worst stretch of luck, with what happened in it."""
    turns = sorted(debrief.turns, key=lambda turn: turn.luck)
    found = [turns[-1]] if turns and turns[-1].luck >= STRETCH else []
    found += [turns[0]] if turns and turns[0].luck <= -STRETCH else []
    return tuple(_stretch(debrief, turn, w) for turn in found)


def _stretch(debrief: Debrief, turn: Turn, w: Words) -> str:
    template = N_("Your best luck, from {week} on: {events}; from {before} to {after} in 100.")
    if turn.luck < 0:
        template = N_("Your worst luck, from {week} on: {events}; from {before} to {after} in 100.")
    return w(
        template,
        week=w.week(turn.week, debrief.plan.starts),
        events=_happened(turn, turn.events, w),
        before=round(100 * turn.after),
        after=round(100 * (turn.after + turn.luck)),
    )


def chance_text(chance: Chance, w: Words) -> str:
    """Return what happened in a step of luck."""
    return _happened(chance.turn, chance.events, w)


def _happened(turn: Turn, events: Sequence[Event], w: Words) -> str:
    seen = [event for event in events if event.happening in CHANCED] or list(events[-1:])
    counted = Counter(_event(turn, event, w) for event in seen)
    texts = [
        w("{event}, {n} times", event=text, n=count) if count > 1 else text
        for text, count in counted.items()
    ]
    return w("; ").join(texts[-3:])


def _event(turn: Turn, event: Event, w: Words) -> str:
    return event_text(turn.position, event, w).strip().rstrip(".。")


def same_luck(debrief: Debrief, w: Words) -> tuple[str, ...]:
    """Return how the coach and the founder of the story end on the same luck."""
    who: Mapping[str, Ending | None] = {
        N_("On the same luck the coach {ends}."): debrief.coach,
        N_("With your luck the founder of the story {ends}."): debrief.founder,
    }
    return tuple(w(t, ends=_ends(debrief, one, w)) for t, one in who.items() if one is not None)


def _ends(debrief: Debrief, ending: Ending, w: Words) -> str:
    week = w.week(ending.week, debrief.plan.starts)
    return w(ENDINGS[ending.fate], week=week)


def _quoted(turn: Turn, value: Value, w: Words) -> str:
    name = move_title(turn.position, value.move, w)
    return name if "“" in name else w("“{name}”", name=name)
