"""The debrief as plain data for the page: the odds line, the decisions, the same luck by others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbook.lesson.rehearsal.saved import fate_said
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.words import Words

if TYPE_CHECKING:
    from workbook.coach import Debrief, Turn
    from workbook.coach.debrief import Ending


def debrief_page(
    sitting: Sitting, debrief: Debrief, diary: Sequence[dict[str, Any]], w: Words
) -> dict[str, Any]:
    """Return the page of a debrief; next to the rehearsal it was rewound from, if there is one."""
    from workbook.charts import odds_line
    from workbook.charts.picture import picture
    from workbook.wording.debriefs import identity, luck_text

    before = sitting.before
    line = odds_line.odds_line(debrief, w, before)
    return {
        "lines": [identity(debrief, w)],
        "picture": picture(odds_line, line, w, rows=False).svg,
        "decisions": [_decision(debrief, turn, w) for turn in debrief.decisive],
        "same_luck": _same_luck(debrief, before, w),
        "diary": list(diary),
        "notes": [*luck_text(debrief, w), *_better(sitting, w), *_asked(sitting, w)],
    }


def _decision(debrief: Debrief, turn: Turn, w: Words) -> dict[str, Any]:
    from workbook.wording.debriefs import turn_text

    paragraph = turn_text(debrief, turn, w)
    return {
        "title": paragraph.title,
        "verdict": paragraph.verdict,
        "text": paragraph.why,
        "kind": "well" if turn.was_good else "cost",
        "rewind": next(n for n, other in enumerate(debrief.turns) if other is turn),
        "rewind_label": w("Go back to {week} and play on", week=w.week(turn.week)),
    }


def _better(sitting: Sitting, w: Words) -> Iterator[str]:
    """Compare with the rehearsal at the top of the notebook: what the decisions cost then."""
    score, earlier = sitting.saved.score if sitting.saved else None, sitting.earlier()
    if score is not None and earlier is not None:
        yield w(
            "Did you get better? Your decisions cost {before} at the top of this page, and {now} "
            "this time. Two lives are a hint, not a proof.",
            before=w.apart(earlier.cost),
            now=w.apart(score.cost),
        )


def _asked(sitting: Sitting, w: Words) -> Iterator[str]:
    count = len(sitting.saved.asked) if sitting.saved else 0
    if count:
        yield w.n("You asked the coach {n} time.", "You asked the coach {n} times.", count)


def _same_luck(debrief: Debrief, before: Debrief | None, w: Words) -> dict[str, Any]:
    """Return the endings on this luck: the player's, the coach's, the founder's of the story."""
    plan = debrief.plan
    rows: list[tuple[str, Ending | None]] = [
        (w("you"), debrief.ending),
        (w("you, before you went back"), before.ending if before else None),
        (w("the coach"), debrief.coach),
        (w("the founder of the story"), debrief.founder),
    ]
    head = [w("who"), w("how it ends"), w("week")]
    shown_rows = [
        [who, fate_said(end.fate, w), w.when(end.week, plan.starts)]
        for who, end in rows
        if end is not None
    ]
    if plan.cash is None:
        return {"head": head, "rows": shown_rows}
    cash = [w.money(end.cash, plan.currency) for _, end in rows if end is not None]
    rows_with_cash = [[*row, money] for row, money in zip(shown_rows, cash, strict=True)]
    return {"head": [*head, w("cash")], "rows": rows_with_cash}
