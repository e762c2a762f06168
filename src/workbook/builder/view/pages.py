"""The answers as pages: a picture, sentences, things to do, and what the odds leave open.

A page is plain data: `id`, `title`, and of `svg`, `lines`, `items`, `notes`, `tool` what it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbook.builder.advice import Advice
from workbook.builder.answers import Answers
from workbook.builder.asked import Piece
from workbook.builder.forks import name_of, taken_at
from workbook.builder.hindsight import look_back
from workbook.builder.imports import questions
from workbook.builder.plan_diff import PlanDiff
from workbook.builder.reasons import unestimated, unwritten, why
from workbook.builder.view.chart_pages import Page, Sight, chart_pages, dots_of, drawn
from workbook.charts import fates, options
from workbook.charts.fates import capital_sentence
from workbook.charts.options import Option
from workbook.charts.picture import picture
from workbook.charts.text_layout import never_seen
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.review import RULES, Finding
from workbook.words import N_, Words
from workbook.words.figures import of_a_hundred


def caveats(plan: Plan, w: Words) -> list[str]:
    """A sentence for each thing that the reader of the odds must know; none where all is said."""
    return [*_gaps(plan, w), *_bare(plan, w), *forks_in_words(plan, w)]


def _gaps(plan: Plan, w: Words) -> list[str]:
    missing = len(unestimated(plan))
    if not missing:
        return []
    return [
        w.n(
            "◇ {n} milestone has no pass rate yet and is played as if it could not be missed: these"
            " odds are the most that there can be.",
            "◇ {n} milestones have no pass rate yet and are played as if they could not be missed:"
            " these odds are the most that there can be.",
            missing,
        )
    ]


def _bare(plan: Plan, w: Words) -> list[str]:
    """Milestones of one week without cost because nobody has written either."""
    unsaid = unwritten(plan)
    bare = sum({"weeks", "cost"} <= set(unsaid[milestone.id]) for milestone in plan.attempted)
    if not bare:
        return []
    return [
        w.n(
            "◇ {n} milestone has neither weeks nor cost yet; it is played at one week, free of"
            " charge.",
            "◇ {n} milestones have neither weeks nor cost yet; they are played at one week each,"
            " free of charge.",
            bare,
        )
    ]


def forks_in_words(plan: Plan, w: Words) -> list[str]:
    """What is taken at each fork, and how many are open."""
    lines = []
    for fork in plan.forks:
        option = taken_at(fork)
        if option is not None:
            values = {"fork": name_of(fork), "option": name_of(option)}
            lines.append(w("At the fork “{fork}”, “{option}” is taken.", **values))
    left = sum(taken_at(fork) is None for fork in plan.forks)
    if left:
        sentence = w.n(
            "At {n} fork no option is taken: the plan goes on as written there.",
            "At {n} forks no option is taken: the plan goes on as written there.",
            left,
        )
        lines.append(sentence)
    return lines


BLOCKERS = frozenset({"goal-first", "first-weeks", "finite-cards", "cash-counted", "way-back"})
"""Rules about what makes the goal unlikely whatever else is done."""
KINDS = {
    "move": N_("A move"),
    "team": N_("Side by side"),
    "fork": N_("A fork"),
    "important": N_("What matters most"),
    "swap": N_("The order"),
    "belief": N_("The riskiest belief"),
    "cash": N_("The least cash"),
}
STEPS = {
    "goal": N_("Goal"),
    "backwards": N_("Backwards"),
    "origin": N_("Origin"),
    "order": N_("Order"),
    "proof": N_("Proof"),
    "resources": N_("Resources"),
}
TAKEN = {
    "move": N_("Do it"),
    "team": N_("Do it"),
    "swap": N_("Swap them"),
    "cash": N_("Take that cash"),
}


def answered(answers: Answers, w: Words, sight: Sight | None = None) -> dict[str, Any]:
    """Everything that is shown again at a change, but the nodes' odds.

    Charts are drawn that are open in the `sight`; without one, all.
    """
    found = answers.outcomes
    if found is None:
        lines = [w.message(answers.note)] if answers.note else []
        return {"headline": lines, "fates": "", "pages": reviewed(answers, w)}
    dots = dots_of(found, w)
    legend = [
        [fate, count, w(fates.SENTENCES[fate])]
        for fate, count in of_a_hundred(found.fates).items()
        if count
    ]
    line = dots.title
    if unestimated(answers.plan):
        line = w("◇ At most: {title}", title=line)
    reason = why(found)
    headline = [line, capital_sentence(found, w), never_seen(found, w)]
    headline += [*caveats(answers.plan, w), _lasts(answers, w)]
    shown = {"headline": headline, "why": w.message(reason) if reason else ""}
    return {
        **shown,
        "fates": dots.svg,
        "legend": legend,
        "pages": [*chart_pages(found, w, sight), *reviewed(answers, w)],
    }


def _lasts(answers: Answers, w: Words) -> str:
    if answers.runway_weeks is None:
        return ""
    weeks = max(0, round(answers.runway_weeks))
    return w.n(
        "At today's burn the cash lasts {n} week.",
        "At today's burn the cash lasts {n} weeks.",
        weeks,
    )


def odds(answers: Answers, before: float | None, w: Words) -> dict[str, str]:
    """The chance of the goal as one figure, and how it has changed with the last edit."""
    if answers.outcomes is None:
        return {}
    goal = answers.fates["goal"]
    shown = {"share": w.percent(goal, answers.errors["goal"] or None), "change": "", "said": ""}
    points = 0 if before is None else round(goal * 100) - round(before * 100)
    if points:
        shown["change"] = f"{points:+d}".replace("-", "−")
        template = "{n} more of 100 than before the last change"
        if points < 0:
            template = "{n} fewer of 100 than before the last change"
        shown["said"] = w(template, n=str(abs(points)))
    return shown


def moved(advice: Advice, w: Words) -> list[dict[str, Any]]:
    """The moves that help most, each as a button with its gain."""
    return [
        {
            "gain": f"+{max(1, round(piece.gain * 100))}" if piece.plan is not None else "",
            "label": w.message(piece.what or piece.message),
            "do": "advice" if piece.plan is not None else "",
            "detail": {"piece": n},
        }
        for n, piece in enumerate(advice.pieces)
        if piece.kind in ("move", "team")
    ]


ALIKE = {
    "proof": N_("{n} milestones lack a proof"),
    "cannot-fail": N_("{n} milestones cannot be missed, as they are written"),
    "if-missed": N_("{n} milestones do not say what happens when they are missed"),
    "off-path": N_("{n} milestones are not needed for the goal"),
    "finite-cards": N_("at {n} milestones the cash pays for too few attempts"),
    "cut-finer": N_("{n} milestones are large single bets"),
}
"""What several findings of a rule have in common."""


def reviewed(answers: Answers, w: Words) -> list[Page]:
    """What the lecture's rules ask of the plan, blockers first; none without milestones."""
    if not answers.plan.milestones:
        return []
    found: dict[str, list[Finding]] = {}
    for finding in sorted(answers.findings, key=lambda one: one.rule not in BLOCKERS):
        found.setdefault(finding.rule, []).append(finding)
    lines = [w("What the rules of the lecture ask of this plan:")]
    if not found:
        lines = [w("The rules of the lecture have nothing to ask.")]
    page: Page = {"id": "review", "title": w("Review"), "lines": lines}
    items = [item for rule, alike in found.items() for item in _alike(rule, alike, w)]
    return [{**page, "count": len(answers.findings) or None, "items": items}]


def _alike(rule: str, findings: list[Finding], w: Words) -> list[dict[str, Any]]:
    """The findings of one rule: each by itself if they are few, else one line that holds them."""
    kind = "blocker" if rule in BLOCKERS else ""
    each = [{**_finding(finding, w), "kind": kind} for finding in findings]
    if len(each) == 1:
        return each
    n = str(len(each))
    if rule in ALIKE:
        text = w(ALIKE[rule], n=n)
    else:
        title = next(w.message(one.title) for one in RULES if one.id == rule)
        text = w("{n} times not yet: {rule}", rule=title, n=n)
    return [{"text": text, "items": each, "source": findings[0].claim, "kind": kind}]


def _finding(finding: Finding, w: Words) -> dict[str, Any]:
    return {
        "text": w.message(finding.message),
        "source": finding.claim,
        "milestone": finding.milestone,
    }


def history(plan: Plan, w: Words) -> list[Page]:
    """What has happened beside what was foreseen, and the decision that it asks for."""
    found = look_back(plan, w)
    if found is None:
        return []
    sides = (
        (w("As it was foreseen"), found.retrospective.before),
        (w("As it stands now"), found.retrospective.now),
    )
    page: Page = {
        "id": "story",
        "title": w("What happened"),
        "tool": "decide",
        "lines": list(found.standing),
        "pair": [_side(title, side, w) for title, side in sides],
        "items": [{"text": text} for text in (*found.facts, *found.learned, *found.decisions)],
    }
    return [page]


def _side(title: str, play: Outcomes, w: Words) -> dict[str, str]:
    """One of two plays that are compared: its dots and what they say."""
    dots = dots_of(play, w)
    return {"title": title, "svg": dots.svg, "said": dots.title}


def guided(plan: Plan, findings: tuple[Finding, ...], w: Words) -> dict[str, Any]:
    """The six questions that lead from a blank page, and what is open of the first that is not."""
    steps = questions(plan, findings)
    now = next((step for step in steps if not step.done), None)
    shown = [
        {"id": step.id, "title": w(STEPS[step.id]), "done": step.done, "now": step is now}
        for step in steps
    ]
    guide: dict[str, Any] = {"steps": shown, "done": now is None}
    if now is None:
        return {**guide, "text": w("Nothing is open. Write down what happens from now on.")}
    milestone, first = now.open[0]
    lines = {"question": w.message(now.question), "text": w.message(now.help)}
    return {**guide, **lines, "open": w.message(first), "milestone": milestone}


def advised(advice: Advice, w: Words) -> Page:
    """What to try next, as far as it is known."""
    lines = [] if advice.done else [w("Still being worked out …")]
    items = [_piece(n, piece, w) for n, piece in enumerate(advice.pieces)]
    return {"id": "next", "title": w("Try next"), "lines": lines, "items": items}


def _piece(n: int, piece: Piece, w: Words) -> dict[str, Any]:
    item: dict[str, Any] = {"title": w(KINDS[piece.kind]), "text": w.message(piece.message)}
    if piece.ids:
        item["milestone"] = piece.ids[0]
    if piece.plan is not None and piece.kind in TAKEN:
        label = w(TAKEN[piece.kind])
        item["act"] = {"label": label, "do": "advice", "detail": {"piece": n}}
    return item


def compared(
    versions: Sequence[Mapping[str, str]],
    picked: tuple[str, str],
    diff: PlanDiff | None,
    w: Words,
) -> Page:
    """Two versions beside each other, and the choice of which."""
    page: Page = {
        "id": "compare",
        "title": w("Compare"),
        "tool": "compare",
        "versions": [dict(version) for version in versions],
        "a": picked[0],
        "b": picked[1],
        "lines": [],
    }
    if diff is None:
        page["notes"] = [
            w("Both versions are played on the same luck: what differs is your doing.")
        ]
        return page
    page["lines"] = [w.message(sentence) for sentence in diff.sentences]
    page["items"] = [{"text": w.message(change)} for change in diff.changes]
    page["pair"] = _pair(versions, picked, diff, w)
    return page


def sides(
    picked: Sequence[str], ranked: tuple[Option, ...], w: Words, sight: Sight
) -> dict[str, Any]:
    """Up to four versions or plans in one picture, the best on top."""
    shown: dict[str, Any] = {"sides": list(picked)}
    if ranked:
        shown |= drawn(picture(options, ranked, w, width=sight.width, rows=False))
        shown["side_lines"], shown["side_notes"] = shown.pop("lines"), shown.pop("notes")
    return shown


def _pair(
    versions: Sequence[Mapping[str, str]], picked: tuple[str, str], diff: PlanDiff, w: Words
) -> list[dict[str, str]]:
    """The two plays under the names of their versions; none where one of them has no odds."""
    named = {version["id"]: version["name"] for version in versions}
    sides = zip(picked, diff.plays, strict=False)
    return [_side(named.get(id, id), play, w) for id, play in sides]
