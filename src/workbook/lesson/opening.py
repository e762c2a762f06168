"""Open a case as a lesson: check what the notebook passes, and build the Lesson."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from workbook import cases
from workbook.errors import Fault, InputError, fault
from workbook.figures import MOST_MONEY
from workbook.files import home
from workbook.injected import accept
from workbook.lesson.comparisons import Plays
from workbook.lesson.panel import speak_plainly
from workbook.lesson.programme import LESSONS, case_of, standing_panel
from workbook.lesson.progress import Progress
from workbook.lesson.records import Records, figure_set
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import Syllabus
from workbook.plan import Bilingual, Fork, Option
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import Words

LEAST_RUNS, MOST_RUNS = 100, 100_000
MOST_HOURS = 168


def open_case(
    id: str,
    lang: str = "en",
    *,
    cash: float = 0,
    hours: float = 0,
    runs: int = 2000,
    seed: int = 1,
    batch: bool = False,
) -> Lesson:
    """Open a shipped case as a lesson.

    Parameters
    ----------
    id
        The case's id.
    lang
        `en` or `zh`.
    cash
        Cash at the start in the case's currency; 0 takes the case's own figure.
    hours
        Hours available per week, in a case that counts hours; 0 takes the case's own figure.
    runs, seed
        The number of simulated runs, and their seed.
    batch
        True if nobody will use the page: then everything is open and static from the first cell on,
        not only after the recorded bet.

    Raises
    ------
    InputError
        With every fault of these at once.
    """
    speak_plainly(Words("en"))  # in case the language itself is wrong
    w = Words(lang)
    speak_plainly(w)
    accept(w)
    faults = _faults(id, cash, hours, runs, seed)
    if faults:
        raise InputError(id, faults)
    lesson, syllabus = LESSONS[id]
    case = with_stay_option(case_of(id), syllabus)
    case = with_own_figure(case, "cash", cash) if cash else case
    case = with_own_figure(case, "hours_per_week", hours) if hours else case
    plays, progress = Plays(case.plan, runs, seed), Progress(home())
    own = _changed(cash, "cash", id), _changed(hours, "hours_per_week", id)
    records = Records(progress, id, figure_set(cash=own[0], hours=own[1], runs=runs, seed=seed))
    opened = lesson(case, syllabus, plays, w, records, partial(standing_panel, progress, w))
    opened.batch = batch
    return opened


def _changed(value: float, figure: str, id: str) -> float:
    """The figure where it is another one than the case's own; else 0."""
    return 0 if value == getattr(case_of(id).plan, figure) else value


def with_own_figure(case: cases.Case, figure: str, value: float) -> cases.Case:
    """Return the case with the learner's own cash or hours at the start."""
    name = case.basis_of(figure).name
    yours = {"value": float(value), "basis": "yours", "range": None}
    facts = {id: f.model_copy(update=yours) if id == name else f for id, f in case.facts.items()}
    plan = case.plan.model_copy(update={figure: float(value)})
    return replace(case, plan=plan, facts=facts, basis={**case.basis, figure: cases.Basis()})


def with_stay_option(case: cases.Case, syllabus: Syllabus) -> cases.Case:
    """Return the case with "as written" among the options of a fork, so that it can be bet on."""
    if not syllabus.as_written:
        return case  # only a name in the other language is needed
    forks = [_with_stay(fork, syllabus.as_written.get(fork.id)) for fork in case.plan.forks]
    return replace(case, plan=case.plan.model_copy(update={"forks": tuple(forks)}))


def _with_stay(fork: Fork, name: str | None) -> Fork:
    """Return the fork with "as written" as its first option, or unchanged without a name."""
    if name is None:
        return fork
    said = Bilingual(en=name, zh=Words("zh")(name))
    stay = Option(id=AS_WRITTEN, name=said, note=fork.note)
    return fork.model_copy(update={"options": (stay, *fork.options)})


def _faults(id: str, cash: float, hours: float, runs: int, seed: int) -> list[Fault]:
    found = []
    if id not in LESSONS:
        template = "no lesson '{found}'; there are: {allowed}"
        found.append(fault("case", template, found=id, allowed=", ".join(LESSONS)))
    if not _between(cash, 0, MOST_MONEY):
        template = "{found} is no sum of cash; write a number from 0 to {most}"
        found.append(fault("cash", template, found=cash, most=MOST_MONEY))
    if not _between(hours, 0, MOST_HOURS):
        template = "{found} hours cannot be given in a week; write a number from 0 to {most}"
        found.append(fault("hours", template, found=hours, most=MOST_HOURS))
    for name, value in (("cash", cash), ("hours_per_week", hours)):
        if value and id in LESSONS and getattr(case_of(id).plan, name) is None:
            found.append(fault(name, "this case does not count that; leave it at 0"))
    if not _between(runs, LEAST_RUNS, MOST_RUNS) or runs != int(runs):
        template = "{found} lives cannot be played; write a whole number from {least} to {most}"
        found.append(fault("runs", template, found=runs, least=LEAST_RUNS, most=MOST_RUNS))
    if not _between(seed, 0, 2**63) or seed != int(seed):
        found.append(
            fault("seed", "{found} is no seed; write a whole number, 0 or more", found=seed)
        )
    return found


def _between(value: Any, least: float, most: float) -> bool:
    return isinstance(value, (int, float)) and least <= value <= most
