"""HTML pages of the wall and of the facilitator's view, without network access or scripts.

The wall is for the projector: no names, no receipts, nothing from fewer than five people. The
facilitator's view (`desk`) shows who is at which step, which files count, and what is wrong with
the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from workbook.charts import spread
from workbook.charts.picture import COLOURS, picture
from workbook.charts.spread import Spread
from workbook.errors import Message
from workbook.files import CONTROL
from workbook.lesson.markup import joined
from workbook.review import RULES
from workbook.words import N_, Words
from workbook.workshop.debrief import questions
from workbook.workshop.hand_in import best_option, bet_forks
from workbook.workshop.panels import LEAST, enough
from workbook.workshop.rehearsed import move_name, plan_to_rehearse, quoted_move
from workbook.workshop.wall import (
    LONGEST,
    REHEARSAL_PANEL,
    Rehearsals,
    Votes,
    Wall,
)

HALF_A_POINT = 0.005
"""The smallest error shown with a share of a thousand runs, so that 0 is shown as 0%."""
CARD = 250.0
"""Width of a picture in points: large letters on the projector."""
FEWEST = next(n for n in count(1) if enough(n))
"""The number of answers from which a panel can be shown."""

TEMPLATES = Path(__file__).parent / "templates"
STEP_NAMES = {
    "bet": N_("placing the bet"),
    "reveal": N_("looking back at the bet"),
    "chain": N_("building a chain"),
    "proof": N_("proof for every milestone"),
    "kill-line": N_("the kill line"),
    "next-test": N_("the next test"),
    "": N_("through"),
}
ODDS = N_("Half of the chains reach their goal in {value} of lives or more.")


def wall_page(wall: Wall, w: Words, refresh: int = 0, graded: str = "") -> str:
    """Return the wall as a page, which reloads itself every `refresh` seconds unless that is 0.

    `graded` is the sentence that says what is graded.
    """
    right = {fork: best for fork in wall.votes if (best := best_option(fork))}
    return render(
        "wall.html.j2",
        w,
        title=w("The wall"),
        finding=_finding(wall, w),
        people_said=_people(wall, w),
        refresh=refresh,
        graded=graded,
        steps=[(w(STEP_NAMES[step]), n) for step, n in wall.at_step.items()],
        people=max(1, sum(wall.at_step.values())),
        forks=[_fork(key, votes, w) for key, votes in wall.votes.items()],
        pictures=_pictures(wall, w),
        dies_at=[(w.stage(stage), n, n / wall.chains) for stage, n in wall.dies_at.items()],
        findings=_findings(wall, w),
        rehearsal=_rehearsal(wall.rehearsal, w),
        questions=[with_names(question.ask, w) for question in questions(wall, right)],
        hidden=_hidden(wall, w),
        say=headings(w),
    )


def with_names(message: Message, w: Words) -> str:
    """Return the text of a message about the class, with forks and stages by their names."""
    values = dict(message.values)
    if values.get("fork") in bet_forks():
        values["fork"] = bet_forks()[str(values["fork"])].name
    for key in ("move", "best"):
        if key in values and "case" in values:
            values[key] = quoted_move(str(values["case"]), str(values[key]), w)
    if "stage" in values:
        values["stage"] = w.stage(str(values["stage"]))
    return w(message.template, **values)


def render(template: str, w: Words, folder: Path = TEMPLATES, **parts: Any) -> str:
    """Render a page of the workshop, from a folder of templates; every value is escaped.

    A name that turns the direction of the text after it would disguise that text, too: such
    characters are left out.
    """
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader([folder, TEMPLATES])
    environment = Environment(loader=loader, autoescape=True, finalize=_without_controls)
    return environment.get_template(template).render(lang=w.html_lang, colours=COLOURS, **parts)


def _without_controls(value: Any) -> Any:
    """Return plain text without control characters; a piece of HTML as it is."""
    return CONTROL.sub("", value) if type(value) is str else value


def headings(w: Words) -> dict[str, str]:
    """Return what the wall and the desk are headed with."""
    return {
        "skip": w("Skip to the content"),
        "steps": w("Where the class is"),
        "bets": w("The bets"),
        "chains": w("The chains"),
        "rehearsal": w("The rehearsal: what you decided on the same luck"),
        "dies_at": w("Where the money runs out most often"),
        "findings": w("What the rules ask most often"),
        "questions": w("Three questions to talk about"),
        "table": w("the same as a table"),
        "value": _heads(w)[0],
        "count": _heads(w)[1],
        "refresh": w("This page reloads by itself."),
    }


def _finding(wall: Wall, w: Words) -> str:
    """Return the headline: the most regretted fork, else the chances, else the number of people."""
    if fork := wall.most_regretted:
        votes = wall.votes[fork]
        template = "Most regretted: “{fork}”. {n} of {all} would now choose differently."
        name = w.text(bet_forks()[fork].name)
        return w(template, fork=name, n=votes.regret, all=votes.asked_again)
    if wall.odds:
        return w(ODDS, value=w.percent(wall.odds[len(wall.odds) // 2]))
    return _people(wall, w)


def _people(wall: Wall, w: Words) -> str:
    """Say how many handed in, and why the wall shows fewer."""
    on = w.n("{n} person has handed in.", "{n} people have handed in.", wall.people)
    return joined(
        on,
        w(
            "Each panel shows about four answers in five, drawn by chance, and changes when "
            "{least} people have changed on it: so no figure is anybody's.",
            least=LEAST,
        ),
    )


def _fork(key: str, votes: Votes, w: Words) -> dict[str, Any]:
    fork = bet_forks()[key]
    all = sum(votes.choices.values())
    regret = ""
    if votes.asked_again:
        template = "{n} of {all} would now choose differently."
        regret = w(template, n=votes.regret, all=votes.asked_again)
    panel = {
        "name": f"{w.text(fork.case)} · {w.text(fork.name)}",
        "bars": [(w.text(fork.options[id]), n, n / all) for id, n in votes.choices.items()],
    }
    if not votes.confidence:
        return {**panel, "said": regret}
    middle = votes.confidence[len(votes.confidence) // 2]
    sure = w("Half were {share} sure or more.", share=w.percent(middle))
    shown = Spread(votes.confidence, 0.5, 1.0, 0.05, w.percent, sure, _heads(w))
    return {**panel, **_drawn(shown, w), "said": joined(sure, regret)}


def _pictures(wall: Wall, w: Words) -> list[dict[str, Any]]:
    """Return the distributions of the chains, each with its headline."""
    shown = []
    for values, most, step, say, template in _asked(wall, w):
        if values:
            title = w(template, value=say(values[len(values) // 2]))
            found = Spread(values, 0, most, step, say, title, _heads(w))
            shown.append({"title": title, **_drawn(found, w)})
    return shown


Asked = tuple[Sequence[float], float, float, Callable[[float], str], str]
"""Values, the end of their axis, its step, how a value is said, and the headline."""


def _asked(wall: Wall, w: Words) -> tuple[Asked, ...]:
    """Return what is shown of the chains: odds, runways, thresholds."""
    longest = max(wall.runways, default=0)
    top = next(top for top in (26, 52, LONGEST) if longest <= top)
    return (
        (wall.odds, 1, 0.05, w.percent, ODDS),
        (
            wall.runways,
            top,
            top / 13,
            lambda weeks: _weeks(weeks, w),
            N_("Half of the runways last {value} weeks or more."),
        ),
        (
            wall.thresholds,
            1,
            0.05,
            w.percent,
            N_(
                "Half of the chains give their milestones {value} or more, on average, at the "
                "first attempt."
            ),
        ),
    )


def _rehearsal(seen: Rehearsals | None, w: Words) -> dict[str, Any] | None:
    """Return what the class decided, and what its decisions cost; nobody's ending."""
    if seen is None:
        return None
    title = w(
        "{case}, luck {seed}: {n} rehearsals",
        case=w.text(plan_to_rehearse(seen.case).title or seen.case),
        seed=seen.seed,
        n=seen.people,
    )
    bars = [(move_name(seen.case, m, w), n, n / seen.people) for m, n in seen.moves.items()]
    panel: dict[str, Any] = {"title": title, "bars": bars, "worst": _worst(seen, w)}
    if seen.costs:
        said = w(
            "For half of you the decisions cost {points} of the chance of the goal, or more.",
            points=w.apart(seen.costs[len(seen.costs) // 2]),
        )
        found = Spread(seen.costs, 0, 1, 0.05, w.percent, said, _heads(w))
        panel |= {"said": said, **_drawn(found, w)}
    return panel


def _worst(seen: Rehearsals, w: Words) -> str:
    worst = seen.costliest
    if worst is None:
        return ""
    capped = worst.people == seen.people - 2
    template = N_(
        "The decision that cost the class most: {move} instead of {best}; {n} of {all} made "
        "it, and it cost each {points} on average."
    )
    if capped:
        template = N_(
            "The decision that cost the class most: {move} instead of {best}; {n} or more of "
            "{all} made it, and it cost each {points} on average."
        )
    return w(
        template,
        move=quoted_move(seen.case, worst.move, w),
        best=quoted_move(seen.case, worst.best, w),
        n=worst.people,
        all=seen.people,
        points=w.apart(worst.cost),
    )


def _heads(w: Words) -> tuple[str, str]:
    return w("about"), w("how many")


def _drawn(found: Spread, w: Words) -> dict[str, Any]:
    """A spread as dots, and as a table."""
    shown = picture(spread, found, w, width=CARD)
    return {"picture": shown.svg, "rows": [row for row in shown.rows[1:] if row[1] != "0"]}


def _weeks(weeks: float, w: Words) -> str:
    return f"{w.number(weeks)}+" if weeks >= LONGEST else w.number(weeks)


def _findings(wall: Wall, w: Words) -> list[tuple[str, str]]:
    titles: Mapping[str, Message] = {rule.id: rule.title for rule in RULES}
    capped, exact = N_("{n} or more of {all} chains"), N_("{n} of {all} chains")
    return [
        (w.message(titles[id]), w(exact if n < wall.chains - 2 else capped, n=n, all=wall.chains))
        for id, n in list(wall.findings.items())[:5]
        if id in titles
    ]


def _hidden(wall: Wall, w: Words) -> list[str]:
    sentences = []
    for what in wall.hidden:
        fork = bet_forks().get(what)
        other = w("the rehearsal") if what == REHEARSAL_PANEL else w("the chains")
        name = w.text(fork.name) if fork else other
        template = (
            "“{what}” stays hidden until {n} have answered, and not all alike, to keep answers "
            "anonymous."
        )
        sentences.append(w(template, what=name, n=FEWEST))
    return sentences
