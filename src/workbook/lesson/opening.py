"""Open a case as a lesson: check what the notebook passes, and build the Lesson."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from os import PathLike
from typing import Any

from workbook import cases
from workbook.errors import Fault, InputError, fault
from workbook.figures import MOST_MONEY
from workbook.files import home
from workbook.injected import accept
from workbook.lesson.comparisons import Plays
from workbook.lesson.gated import at_value
from workbook.lesson.panel import words_of_notebook
from workbook.lesson.programme import LESSONS, case_of, progress_panel
from workbook.lesson.progress import Progress
from workbook.lesson.records import Records, figure_set
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import LEAD, Guessed, Scale, Swept, Syllabus
from workbook.plan import Bilingual, Fork, Option, Plan
from workbook.site.panel import show_on_site
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_, Words

LEAST_RUNS, MOST_RUNS = 100, 100_000
MOST_HOURS = 168


def open_case(
    id: str = "",
    lang: str = "en",
    *,
    plan: Plan | str | PathLike[str] | None = None,
    cash: float = 0,
    hours: float = 0,
    runs: int = 2000,
    seed: int = 1,
    batch: bool = False,
) -> Lesson:
    """Open a shipped case as a lesson, or a plan of one's own.

    Parameters
    ----------
    id
        The case's id.
    lang
        `en` or `zh`.
    plan
        In the place of an id: a plan, or the path of a plan file, such as a copy of a case in
        `my-work/cases` with other figures. It needs a fork to bet at.
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
    w = words_of_notebook(lang)
    accept(w)
    show_on_site(w)
    opening = _to_open(id, plan)
    lesson, syllabus, shipped = _valid(id, opening, (cash, hours, runs, seed))
    case = _with_figures(with_stay_option(shipped, syllabus), cash, hours)
    plays, progress = Plays(case.plan, runs, seed), Progress(home())
    own = _changed(cash, "cash", shipped), _changed(hours, "hours_per_week", shipped)
    kept = progress if plan is None else Progress(home() / "own-plans")
    records = Records(kept, case.id, figure_set(cash=own[0], hours=own[1], runs=runs, seed=seed))
    stand = partial(progress_panel, progress, w)
    return lesson(case, syllabus, plays, w, records, stand, batch=batch)


def check_parameters(lang: str, *, cash: float = 0, runs: int = 2000, seed: int = 1) -> None:
    """Check what a notebook was given, where no lesson is opened; errors are sentences from now on.

    Raises InputError with every fault of these at once.
    """
    accept(words_of_notebook(lang))
    if faults := _faults(None, cash, 0, runs, seed):
        raise InputError("papermill -p", faults)


Opened = tuple[type[Lesson], Syllabus, cases.Case]


def _valid(id: str, opening: Opened | None, figures: tuple[float, float, int, int]) -> Opened:
    """Return what is opened; raise InputError with every fault of what was passed."""
    faults = _faults(opening and opening[2], *figures)
    if opening is None:
        template = "no lesson '{found}'; there are: {allowed}"
        faults = [fault("case", template, found=id, allowed=", ".join(LESSONS)), *faults]
    if opening is None or faults:
        raise InputError(opening[2].id if opening else id, faults)
    return opening


def _to_open(id: str, plan: Plan | str | PathLike[str] | None) -> Opened | None:
    """Return what is opened: the lesson of this id, or one made for a plan; None if unknown."""
    if plan is None:
        return (*LESSONS[id], case_of(id)) if id in LESSONS else None
    case = cases.Case(plan) if isinstance(plan, Plan) else cases.read(plan)
    if not case.plan.forks:
        template = "this plan has no fork to bet at; add one, or play the plan as it is"
        raise InputError(case.id, [fault("forks", template)])
    return Lesson, own_syllabus(case.plan), case


def own_syllabus(plan: Plan) -> Syllabus:
    """Return the syllabus of a plan of one's own: a bet at its first fork, a guess, a sweep."""
    fork, cash = plan.forks[0].id, plan.cash
    times = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
    sums = tuple(share * cash for share in times) if cash else ()
    return Syllabus(
        fork=fork,
        taken={},
        as_written={fork: N_("Go on as written")},
        sweeps=(Swept("cash", sums, N_("cash at the start"), "money"),) if sums else (),
        takeaways=("P3", "P4", "P5", "P8", "P9", "P10"),
        exercises={},
        guesses={
            "many": Guessed(
                N_("Of 100 founders with this plan, how many reach the goal?"),
                Scale("", 0, 100, 1, 50),
                lambda plays, choices: round(100 * plays.goal(choices)),
            ),
            "options": LEAD,
        },
    )


def _with_figures(case: cases.Case, cash: float, hours: float) -> cases.Case:
    """Return the case with other cash or hours; 0 leaves the case's own figure."""
    case = at_value(case, "cash", cash) if cash else case
    return at_value(case, "hours_per_week", hours) if hours else case


def _changed(value: float, figure: str, case: cases.Case) -> float:
    """The figure where it is another one than the case's own; else 0."""
    return 0 if value == getattr(case.plan, figure) else value


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


def _faults(
    case: cases.Case | None, cash: float, hours: float, runs: int, seed: int
) -> list[Fault]:
    found = []
    if not _between(cash, 0, MOST_MONEY):
        template = "{found} is no sum of cash; write a number from 0 to {most}"
        found.append(fault("cash", template, found=cash, most=int(MOST_MONEY)))
    if not _between(hours, 0, MOST_HOURS):
        template = "{found} hours cannot be given in a week; write a number from 0 to {most}"
        found.append(fault("hours", template, found=hours, most=MOST_HOURS))
    for name, value in (("cash", cash), ("hours_per_week", hours)):
        if value and case is not None and getattr(case.plan, name) is None:
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
