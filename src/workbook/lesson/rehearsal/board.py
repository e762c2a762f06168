"""One screen of a rehearsal as plain data, every text in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workbook.lesson.rehearsal.chain import chain, untouched
from workbook.lesson.rehearsal.debriefing import debrief_page
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.life import Event
from workbook.rehearsal import Move, Position
from workbook.wording.decisions import event_text, move_terms, move_title, name_in, reasons
from workbook.wording.standing import KNOWN, due_text, ending_text
from workbook.words import N_, Words

if TYPE_CHECKING:
    from workbook.coach import Advice

LISTS = ("intro", "tiles", "rounds", "chain", "since", "known", "due", "choices", "why_not", "acts")
TEXTS = (
    "luck",
    "place",
    "when",
    "question",
    "end",
    "end_kind",
    "said",
    "fault",
    "spoken",
    "chance",
)
KEYS = 9
LOW_WEEKS = 13
"""A runway below this is shown as short: a quarter of a year."""
QUIET = frozenset({"wait", "stop"})
PASSED = frozenset({"passed", "cheque", "wait-over", "loan"})
ENDINGS = frozenset({"goal", "ruin", "stuck", "open"})


def labels(w: Words) -> dict[str, str]:
    """Return the labels that are the same on every screen."""
    return {
        "name": w("Rehearsal: you are the founder"),
        "time": w("Time"),
        "week": w("Week {week}", week="{week}"),
        "rounds": w("Rounds you can still pay for"),
        "chain": w("The chain, and where you are"),
        "since": w("What happened"),
        "nothing": w("Nothing yet: this is the start."),
        "due": w("What falls due"),
        "known": w("What you know"),
        "keys": w("keys 1 to 9 choose"),
        "why_not": w("What cannot be done now, and why"),
        "mattered": w("The decisions that mattered"),
        "same_luck": w("The same luck, played by others"),
        "diary": w("The whole diary"),
        "offline": w(
            "The kernel does not answer. What you decided is kept: run the cell again to go on "
            "from there."
        ),
    }


def board(sitting: Sitting, w: Words, progress: float = 0.0) -> dict[str, Any]:
    """Return the screen; `serial` and `fault` are added by `Exchange`.

    `progress` is the share of the debrief that is worked out.
    """
    position = sitting.position
    shown = {**_blank(), "title": w.text(sitting.plan.title), "said": _said(sitting, w)}
    if position is None:
        return {**shown, **_beginning(sitting, w)}
    shown |= _state(sitting, position, w)
    if position.fate is None:
        return {**shown, **_decision(sitting, position, w)}
    return {**shown, **_ending(sitting, position, progress, w)}


def _blank() -> dict[str, Any]:
    empty: dict[str, Any] = {name: [] for name in LISTS}
    texts = dict.fromkeys(TEXTS, "")
    numbers = dict.fromkeys(("week", "from_week", "horizon"), 0)
    return {**empty, **texts, **numbers, "coach": None, "debrief": None, "who": None}


def _said(sitting: Sitting, w: Words) -> str:
    return w.message(sitting.said) if sitting.said else ""


def _intro(sitting: Sitting, w: Words) -> list[str]:
    return [
        w(
            "Each screen asks for one decision; the weeks between pass by themselves. A life takes "
            "about five minutes."
        ),
        w(
            "“Luck {n}” is the number of the draw: all who play luck {n} meet the same chances, "
            "so that what differs is choice.",
            n=str(sitting.seed),
        ),
        w(
            "Nothing that decides is hidden but chance. How likely you are to reach the goal is "
            "not shown while you play; at the end you see what was luck and what was choice."
        ),
    ]


def _beginning(sitting: Sitting, w: Words) -> dict[str, Any]:
    question = w("You are the founder. Live one life of this plan, deciding as you go.")
    act = {"do": "begin", "label": w("Begin"), "primary": True}
    return {
        "stage": "begin",
        "question": question,
        "intro": _intro(sitting, w),
        "chain": untouched(sitting.plan, w),
        "acts": [act],
        "spoken": question,
    }


def _state(sitting: Sitting, position: Position, w: Words) -> dict[str, Any]:
    plan, seen = position.written, position.state.events[: position.seen]
    before = position.first_week + (seen[-1].week if seen else 0)
    return {
        "week": position.week,
        "from_week": min(before, position.week),
        "horizon": position.first_week + plan.horizon_weeks,
        "when": w("Week {week}", week=w.when(position.week, plan.starts)),
        "luck": w("luck {n}", n=str(position.seed)),
        "place": _place(sitting, w),
        "tiles": [*_money(position, w), *_hours(position, w), *_morale(position, w)],
        "rounds": [*_rounds(position, w)],
        "chain": chain(position, w),
        "since": [_line(position, event, w) for event in _worth_telling(position.events)],
    }


def _place(sitting: Sitting, w: Words) -> str:
    number = sitting.number + 1
    if sitting.ended:
        return w.n("{n} decision", "{n} decisions", sitting.number)
    return w("decision {n}", n=str(number))


def _money(position: Position, w: Words) -> Iterable[dict[str, Any]]:
    if not position.state.mortal:
        return
    currency, weeks = position.plan.currency, position.runway_weeks
    drain = position.drain_per_week
    template = N_("{amount} a week goes out") if drain > 0 else N_("{amount} a week comes in")
    note = w(template, amount=w.money(abs(drain), currency)) if drain else ""
    yield _tile(w("Cash"), w.money(position.cash, currency), note)
    if weeks is not None and position.fate is None:
        kind = "low" if weeks < LOW_WEEKS else "plain"
        yield _tile(w("Runway"), w.weeks(weeks), w("if only the weekly bills are paid"), kind)


def _hours(position: Position, w: Words) -> Iterable[dict[str, Any]]:
    economy = position.state.economy
    if not position.plan.counts_hours:
        return
    taken = w("the business takes {n}", n=w.number(economy.running_hours_per_week))
    yield _tile(w("Hours free a week"), w.number(max(0, economy.free_hours or 0)), taken)


def _morale(position: Position, w: Words) -> Iterable[dict[str, Any]]:
    if position.morale is not None and position.fate is None:
        note = w("low: an attempt takes longer") if position.morale_is_low else w("of 100")
        kind = "low" if position.morale_is_low else "plain"
        yield _tile(w("Morale"), str(position.morale), note, kind)


def _tile(label: str, value: str, note: str, kind: str = "plain") -> dict[str, Any]:
    return {"label": label, "value": value, "note": note, "kind": kind}


def _rounds(position: Position, w: Words) -> Iterable[dict[str, Any]]:
    if position.fate is not None:
        return
    for id, count in position.rounds_affordable.items():
        if count is not None:
            said = w("{what}: {n}", what=name_in(position, id, w), n=str(count))
            yield {"count": count, "said": said}


def _worth_telling(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.happening != "started"]


def _line(position: Position, event: Event, w: Words) -> dict[str, Any]:
    mortal = position.state.mortal
    kind = "ended" if event.happening in ENDINGS else event.happening
    return {
        "week": event.week,
        "when": w("week {week}", week=str(event.week)),
        "text": event_text(position, event, w),
        "left": _left(event.cash, position.plan.currency, w) if mortal else "",
        "kind": "passed" if event.happening in PASSED else kind,
    }


def _left(cash: float, currency: str, w: Words) -> str:
    template = N_("{cash} short") if cash < 0 else N_("{cash} left")
    return w(template, cash=w.money(abs(cash), currency))


def _decision(sitting: Sitting, position: Position, w: Words) -> dict[str, Any]:
    forks = [w.name(fork) for fork in position.open_forks]
    question = w("What do you do?")
    if len(forks) == 1:
        question = w("{fork}: what do you do?", fork=forks[0])
    choices = [
        _choice(position, move, n, sitting.advice, w) for n, move in enumerate(position.moves)
    ]
    since = [_line(position, event, w)["text"] for event in _worth_telling(position.events)]
    read_aloud = [*since, w("Week {week}", week=w.when(position.week, position.written.starts))]
    return {
        "stage": "decide",
        "question": question,
        "choices": choices,
        "why_not": _why_not(position, w),
        "known": [*_known(position, w)],
        "due": [due_text(position, due, w) for due in position.due],
        "coach": _coach(sitting, w),
        "who": _who(sitting, w),
        "chance": _chance(position, w),
        "spoken": " ".join([*read_aloud, question, *(c["title"] for c in choices)]),
    }


def _titled(position: Position, move: Move, w: Words) -> dict[str, str]:
    """Return what is on a button, and the fork that it belongs to if several are open."""
    fork = next((f for f in position.open_forks if f.id == move.id), None)
    if move.kind != "take" or fork is None:
        return {"title": move_title(position, move, w), "group": ""}
    option = next(o for o in fork.options if o.id == move.option)
    alone = len(position.open_forks) == 1
    return {"title": w.name(option), "group": "" if alone else w.name(fork)}


def _why_not(position: Position, w: Words) -> list[dict[str, Any]]:
    return [
        {"heading": heading, "rows": [{"title": what, "reason": why} for what, why in of.items()]}
        for heading, of in reasons(position, w).items()
    ]


def _chance(position: Position, w: Words) -> str:
    """Ask for a chance that is on no button: of a test, or of the goal."""
    if position.asks_of_goal:
        return w("Will you reach the goal from here? Your chance, if you like:")
    return w(
        "Will the attempt that starts now pass? Its button has the parts; your chance, if you like:"
    )


def _choice(
    position: Position, move: Move, number: int, advice: Advice | None, w: Words
) -> dict[str, Any]:
    value = advice.of(move) if advice else None
    coach = ""
    if advice and value:
        coach = w("Coach: {chance}", chance=w.percent(value.chance, value.error))
    return {
        "id": str(move),
        "key": str(number + 1) if number < KEYS else "",
        **_titled(position, move, w),
        "terms": list(move_terms(position, move, w)),
        "kind": "quiet" if move.kind in QUIET else move.kind,
        "coach": coach,
        "best": bool(advice and advice.best.move == move),
    }


def _known(position: Position, w: Words) -> Iterable[str]:
    for id, how in position.known.items():
        yield w(KNOWN[how], what=name_in(position, id, w))
    for id, count in position.state.failures.items():
        if count > 1 and id not in position.reached:
            template = "“{what}”: {n} attempts in a row have failed"
            yield w(template, what=name_in(position, id, w), n=str(count))


def _coach(sitting: Sitting, w: Words) -> dict[str, str]:
    assert sitting.saved is not None
    n = len(sitting.saved.asked)
    asked = w.n("asked {n} time so far", "asked {n} times so far", n) if n else w("not asked yet")
    warning = ""
    if sitting.warned:
        warning = w(
            "The coach tells what the bet on this page asks for. Ask again to hear it all the same."
        )
    return {"label": w("Ask the coach"), "asked": asked, "said": "", "warning": warning}


def _who(sitting: Sitting, w: Words) -> dict[str, str] | None:
    if not sitting.team or sitting.saved is None:
        return None
    said = [name for _, name in sorted(sitting.saved.who.items())]
    return {"label": w("Who decides?"), "value": said[-1] if said else ""}


def _ending(sitting: Sitting, position: Position, progress: float, w: Words) -> dict[str, Any]:
    end, debrief = ending_text(position, w), sitting.debrief
    acts = [
        {"do": "again", "label": w("Play again, with other luck"), "primary": debrief is not None},
        {"do": "same", "label": w("Play the same luck again from the start")},
    ]
    if sitting.fixed_luck:
        acts = [{"do": "again", "label": w("Play the same luck again from the start")}]
    if not sitting.odds_open:
        opening = w("Show my odds now, before the bet")
        acts.insert(0, {"do": "open", "label": opening})
    diary = [_line(position, e, w) for e in _worth_telling(position.state.events)]
    page = debrief_page(sitting, debrief, diary, w) if debrief else None
    return {
        "stage": "ended",
        "end": end,
        "end_kind": position.fate,
        "since": diary,
        "debrief": page,
        "said": "" if page else _still_closed(sitting, progress, w),
        "acts": acts,
        "spoken": end if page is None else " ".join([end, *page["lines"]]),
    }


def _still_closed(sitting: Sitting, progress: float, w: Words) -> str:
    """Say why the debrief is not on the screen yet."""
    if not sitting.odds_open:
        return w(
            "How much of this was luck and how much was choice opens here by itself once your bet "
            "on this page is placed: it tells what the bet asks for."
        )
    if sitting.owes_debrief:
        return w("How much of it was luck? That is being worked out: {n}", n=w.percent(progress))
    return ""
