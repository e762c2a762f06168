"""The lessons, in the order in which they are taught, and how far a learner is in them.

`where_i_stand` shows what was done in all cases, and how good the bets and intervals were. It is
read from the progress file each time it is shown, so it survives kernels and notebooks. It says
plainly when there are too few bets to judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import sqrt

from workbook import cases
from workbook.files import home
from workbook.lesson import camp, companion, lozenge, markup, records, side_business, start
from workbook.lesson.comparisons import fork_of
from workbook.lesson.confidence import LEAST
from workbook.lesson.panel import Panel, words_of_notebook
from workbook.lesson.progress import Progress
from workbook.lesson.records import (
    TOSS,
    WANTED,
    Measured,
    Settled,
    figures_said,
    interval,
    outcome_said,
    place_and_figures,
)
from workbook.lesson.rehearsal.saved import OWN_PLAN
from workbook.lesson.rehearsal.score import rehearsed
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import Syllabus
from workbook.plan import Plan
from workbook.words import N_, Words

LESSONS: dict[str, tuple[type[Lesson], Syllabus]] = {
    "tea-stall": (start.StartLesson, start.SYLLABUS),
    "caffeine-lozenge": (lozenge.LozengeLesson, lozenge.SYLLABUS),
    "training-camp": (camp.CampLesson, camp.SYLLABUS),
    "ai-companion": (companion.CompanionLesson, companion.SYLLABUS),
    "side-business": (side_business.SideBusinessLesson, side_business.SYLLABUS),
}


@cache
def case_of(id: str) -> cases.Case:
    """Return the case of a lesson: a shipped one, or the lesson's own.

    Cached, because the progress panel needs it once per bet.
    """
    _, syllabus = LESSONS[id]
    return syllabus.load() if syllabus.load else cases.load(id)


FEW, STILL_FEW = 5, 20
NEAR = 0.1


def where_i_stand(lang: str = "en") -> Panel:
    """Show what you have done so far in all cases, and how well you know how sure to be."""
    w = words_of_notebook(lang)
    return progress_panel(Progress(home()), w)


def progress_panel(progress: Progress, w: Words, *, alive: bool = True) -> Panel:
    """Return the panel, with a button to refresh it; empty in a batch run."""
    if not alive:
        said = w("A batch run belongs to nobody: its recorded bet is not counted anywhere.")
        return Panel(w, lambda: markup.line(said), alive=False)
    import ipywidgets as widgets

    button = widgets.Button(description=w("Look again"))
    panel = Panel(w, lambda: progress_text(progress, w), (button,))
    button.on_click(panel.guarded(lambda _: panel.refresh()))
    return panel


def progress_text(progress: Progress, w: Words) -> str:
    """Return the content of the panel, as HTML."""
    bets, intervals = records.settled(progress), records.measured(progress)
    parts = [_done(progress, w), *_calibration(bets, w), *_coverage(intervals, w)]
    parts += rehearsed(progress, lambda case: _title(case, w), w)
    if bets or intervals:
        parts.append(markup.fold(w("Every bet and every interval"), _each(bets, intervals, w)))
    notes = "\n".join(map(w.message, progress.notes))
    parts.append(markup.line(notes, "fault") if notes else "")
    parts.append(markup.small(w("Kept in {file}.", file=str(progress.file))))
    return "".join(parts)


def _title(case: str, w: Words) -> str:
    """Return the title of a case; of a plan of one's own its name."""
    known = case in LESSONS
    return w.text(case_of(case).plan.title) if known else case.removeprefix(OWN_PLAN)


def _done(progress: Progress, w: Words) -> str:
    """Show one line per case: bets placed, intervals written, exercises solved."""
    rows = []
    for id, (_, syllabus) in LESSONS.items():
        bets = sum(case == id for case, _ in progress.keys("bets"))
        written = {
            place_and_figures(key)[0] for case, key in progress.keys("guesses") if case == id
        }
        guesses = len(written & set(syllabus.guesses))
        solved = sum(_solved(progress, id, exercise) for exercise in syllabus.exercises)
        title = w.text(case_of(id).plan.title)
        rows.append(
            (
                title,
                str(bets),
                w("{n} of {all}", n=guesses, all=len(syllabus.guesses)),
                w("{n} of {all}", n=solved, all=len(syllabus.exercises)),
            )
        )
    head = (w("case"), w("bets placed"), w("intervals written"), w("exercises solved"))
    return markup.table(head, rows)


def _solved(progress: Progress, case: str, exercise: str) -> bool:
    return any(answer.get("right") is True for answer in progress.answers(case, exercise))


def _calibration(bets: Sequence[Settled], w: Words) -> list[str]:
    if not bets:
        return [markup.say(w("No bet has come to its outcome yet. Place one, and look again."))]
    score = records.brier(bets)
    said = [
        w.n("{n} bet has come to its outcome.", "{n} bets have come to their outcome.", len(bets)),
        w("Your score is {score}.", score=w.number(round(score, 2))),
        *((_against_the_coin(score, w), _surer_than_right(bets, w)) if len(bets) >= FEW else ()),
    ]
    limit = w(
        "The score is the Brier score: the square of each miss, on average. 0 is perfect, {toss} "
        "is what 50 on everything earns, 1 is certain and wrong every time. Where the options in "
        "front were too close to call, a bet on one of them counts as half right.",
        toss=w.number(TOSS),
    )
    return [
        markup.say(*said, _how_few(len(bets), w)),
        _bands_table(bets, w),
        markup.small(limit),
    ]


def _bands_table(bets: Sequence[Settled], w: Words) -> str:
    """Show by how sure the learner was: how many bets, and how many came true."""
    rows = [
        (
            w("{least} to {most} sure", least=w.percent(b.least), most=w.percent(b.most)),
            str(b.count),
            w.percent(b.said),
            w.percent(b.came),
        )
        for b in records.bands(bets)
    ]
    head = (w("how sure"), w("bets"), w("said on average"), w("came true"))
    return markup.table(head, rows)


def _against_the_coin(score: float, w: Words) -> str:
    if score < TOSS - 0.005:
        return w("That beats a coin toss.")
    if score > TOSS + 0.005:
        return w("A coin toss would have done better: you were surer than you were right.")
    return w("That is what a coin toss earns.")


def _surer_than_right(bets: Sequence[Settled], w: Words) -> str:
    said = sum(bet.confidence for bet in bets) / len(bets)
    came = sum(bet.came for bet in bets) / len(bets)
    figures = {"said": w.percent(said), "came": w.percent(came)}
    noise = 2 * sqrt(sum(bet.confidence * (1 - bet.confidence) for bet in bets)) / len(bets)
    if NEAR < abs(said - came) <= noise:
        return w(
            "You were {said} sure and right {came} of the time: with so few bets, luck alone can "
            "make such a gap.",
            **figures,
        )
    if said - came > NEAR and said < LEAST / 100 + NEAR:
        return w(
            "You were {said} sure and right {came} of the time: less often than by tossing a "
            "coin. What do you keep overlooking?",
            **figures,
        )
    if said - came > NEAR:
        return w(
            "You were {said} sure and right {came} of the time: say less next time.", **figures
        )
    if came - said > NEAR:
        return w("You were {said} sure and right {came} of the time: dare more.", **figures)
    return w("You were {said} sure and right {came} of the time: well judged.", **figures)


def _how_few(count: int, w: Words) -> str:
    """Say how little so few bets can show."""
    if count < FEW:
        return w("So few say little: one more could turn it round.")
    return w("Still a small sample: take it as a hint.") if count < STILL_FEW else ""


def _coverage(intervals: Sequence[Measured], w: Words) -> list[str]:
    if not intervals:
        return []
    held = sum(interval.held for interval in intervals)
    said = w(
        "{held} of {all} intervals held the number; {wanted} in 10 were wanted.",
        held=held,
        all=len(intervals),
        wanted=round(WANTED * 10),
    )
    if len(intervals) == 1:
        alone = N_("Your one interval held the number."), N_("Your one interval missed the number.")
        said = w(alone[not held])
    verdict = ""
    if len(intervals) >= FEW:
        share = records.coverage(intervals)
        if share < WANTED - 2 * NEAR:
            verdict = w("They are too narrow: leave more room on both sides.")
        elif held == len(intervals):
            verdict = w("None missed: narrower ones would tell you more.")
    return [markup.say(said, verdict, _how_few(len(intervals), w))]


def _each(bets: Sequence[Settled], intervals: Sequence[Measured], w: Words) -> str:
    rows = [(*_named(bet, w), w.percent(bet.confidence), outcome_said(bet.came, w)) for bet in bets]
    parts = [markup.table((w("case"), w("your bet"), w("how sure"), w("outcome")), rows)]
    if not rows:
        parts = []
    if intervals:
        head = (w("case"), w("your interval"), w("it came to"), w("held"))
        parts.append(markup.table(head, [_interval(interval, w) for interval in intervals]))
    return "".join(parts)


def _named(bet: Settled, w: Words) -> tuple[str, str]:
    """Return the case and the option by name; by id if this version no longer has them."""
    if bet.case not in LESSONS:
        return bet.case, bet.choice
    plan = case_of(bet.case).plan
    _, syllabus = LESSONS[bet.case]
    try:
        options = {option.id: w.name(option) for option in fork_of(plan, bet.fork).options}
    except KeyError:
        options = {}
    as_written = syllabus.as_written.get(bet.fork)
    fallback = w(as_written) if as_written else bet.choice
    return _titled(plan, bet.figures, w), options.get(bet.choice, fallback)


def _interval(given: Measured, w: Words) -> tuple[str, str, str, str]:
    held = w("yes") if given.held else w("no")
    known = LESSONS.get(given.case)
    asked = known[1].guesses.get(given.section) if known else None
    if asked is None:
        said = [w.number(value) for value in (given.low, given.high, given.came)]
        return given.case, f"{said[0]} – {said[1]}", said[2], held
    plan = case_of(given.case).plan
    ends = interval(given.low, given.high, asked.scale, plan.currency, w)
    came = asked.scale.say(given.came, plan.currency, w)
    return _titled(plan, given.figures, w), ends, came, held


def _titled(plan: Plan, figures: str, w: Words) -> str:
    """Return the case's title, with the figures if they are not its own."""
    title = w.text(plan.title)
    return f"{title} ({figures_said(figures, plan.currency, w)})" if figures else title
