"""Edits on several milestones at once: copied, moved, left out, deleted, each in one step.

`doubt` turns what a milestone takes for granted into a belief: what if it is not true?
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbook.builder import deletion, edits
from workbook.builder.edits import MOST_ON_CANVAS, Done, RefusedError, called, known, quoted
from workbook.builder.paths import checked, with_value
from workbook.builder.reasons import ESTIMATES
from workbook.consistency.faults import id_for, one_line
from workbook.errors import Message
from workbook.luck import likely
from workbook.plan import Milestone, Plan

KEYS_OF_IDS = ("needs", "needs_any", "relies_on")
DEFAULTS = Milestone(id="any").model_dump(mode="json")
UNKNOWN = 0.5
"""The belief of one who has written no pass rate yet."""


def paste(plan: Plan, parts: object, after: str | None = None) -> Done:
    """Copies of milestones, as plain data: links among them stay, and to what the plan has.

    A copy that would need nothing comes after the milestone `after`.

    Raises
    ------
    RefusedError
        Parts that are no milestones, or more than the canvas holds.
    InputError
        A part with faults.
    """
    items = _milestones_in(parts)
    if len(plan.ids) + len(items) > MOST_ON_CANVAS:
        template = "That would be {n} milestones; {most} are the most that fit on the canvas."
        raise RefusedError(template, n=len(plan.ids) + len(items), most=MOST_ON_CANVAS)
    renamed = _new_ids(plan, items)
    copies = [_copy(plan, item, renamed, after) for item in items]
    data = plan.model_dump(mode="python", exclude_unset=True)
    place = plan.ids.index(plan.goal) if plan.goal in plan.ids else len(plan.ids)
    milestones = list(data.get("milestones", ()))
    data["milestones"] = [*milestones[:place], *copies, *milestones[place:]]
    grown = checked(data, plan.id)
    names = quoted(grown, renamed.values())
    return grown, Message("Pasted: {names}.", {"names": names})


def _milestones_in(parts: object) -> list[dict[str, Any]]:
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        raise RefusedError("There is no milestone in what was copied.")
    items = [dict(part) for part in parts if isinstance(part, Mapping)]
    if len(items) < len(parts) or not all(isinstance(item.get("id"), str) for item in items):
        raise RefusedError("There is no milestone in what was copied.")
    return items


def _new_ids(plan: Plan, items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By the id of each part, the id of its copy."""
    renamed: dict[str, str] = {}
    taken = {*plan.ids, *(id for f in plan.forks for o in f.options for id in o.milestones)}
    for item in items:
        name = item.get("name")
        text = name.get("en", "") if isinstance(name, Mapping) else name
        id = id_for(one_line(text or item["id"])[:200], taken)
        taken.add(id)
        renamed[item["id"]] = id
    return renamed


def _copy(
    plan: Plan, item: Mapping[str, Any], renamed: Mapping[str, str], after: str | None
) -> dict[str, Any]:
    """A part as a milestone of the plan: its ids those of the copies, or of the plan."""
    written = {k: v for k, v in item.items() if k in ESTIMATES or v != DEFAULTS.get(k, ...)}
    copied: dict[str, Any] = {**written, "id": renamed[item["id"]]}
    for key in KEYS_OF_IDS:
        ids = item.get(key)
        if isinstance(ids, Sequence) and not isinstance(ids, str):
            found = [renamed.get(id, id) for id in ids if isinstance(id, str)]
            kept = [id for id in found if id in plan.ids or id in renamed.values()]
            copied = {**copied, key: kept} if kept else {k: copied[k] for k in copied if k != key}
    if after is not None and not copied.get("needs") and not copied.get("needs_any"):
        copied["needs"] = [known(plan, after)]
    return copied


def delete_all(plan: Plan, ids: Sequence[str]) -> Done:
    """The plan without several milestones; refused where the log tells of one."""
    names = quoted(plan, [known(plan, id) for id in ids])
    for id in ids:
        plan, _ = deletion.delete(plan, id)
    return plan, Message("Gone: {names}.", {"names": names})


def move_all(plan: Plan, ids: Sequence[str], before: str | None = None) -> Done:
    """The plan with several milestones one after another before another one, or last."""
    chosen = [id for id in plan.ids if id in {known(plan, id) for id in ids}]
    names = quoted(plan, chosen)
    if before is not None and known(plan, before) in chosen:
        raise RefusedError("{names} stand there already.", names=names)
    for id in chosen:
        plan = edits.moved(plan, id, () if before is None else (before,))
    if before is None:
        return plan, Message("{names} are last in the order now.", {"names": names})
    template = "{names} are tried before “{other}” now, as far as needs allow."
    return plan, Message(template, {"names": names, "other": called(plan, before)})


def begin_all(plan: Plan, weeks: Mapping[str, object]) -> Done:
    """The plan with several milestones started no sooner than a week each; None for at once."""
    for id, week in weeks.items():
        plan = with_value(plan, f"milestones.{known(plan, id)}.from_week", week)
    return plan, Message("Begun at other weeks: {names}.", {"names": quoted(plan, weeks)})


def leave_out_all(plan: Plan, ids: Sequence[str], out: bool) -> Done:
    """The plan with several milestones left out, or part of it again."""
    names = quoted(plan, [known(plan, id) for id in ids])
    for id in ids:
        plan, _ = edits.leave_out(plan, id, out)
    template = "Left out: {names}." if out else "Part of the plan again: {names}."
    return plan, Message(template, {"names": names})


def doubt(plan: Plan, id: str) -> Done:
    """The plan in which a milestone finds out whether something is true.

    Its pass rate becomes the belief; what comes right after it relies on the answer.
    """
    milestone = plan.milestone(known(plan, id))
    name = called(plan, id)
    if milestone.tests is not None:
        raise RefusedError("“{name}” finds out already whether it is true.", name=name)
    followers = [m for m in plan.milestones if id in (*m.needs, *m.needs_any)]
    data = plan.model_dump(mode="python", exclude_unset=True)
    for item in data["milestones"]:
        if item["id"] == id:
            item.pop("pass_rate", None)
            item["tests"] = {"belief": _belief(milestone)}
        elif item["id"] in {m.id for m in followers}:
            item["relies_on"] = [*item.get("relies_on", ()), id]
    values: dict[str, object] = {"name": name, "n": round(100 * _belief(milestone))}
    template = (
        "“{name}” finds out now whether it is true: you believe it to {n} of 100. If it is not, it"
        " must be redesigned."
    )
    if followers:
        values["then"] = quoted(plan, [m.id for m in followers])
        template = (
            "“{name}” finds out now whether it is true: you believe it to {n} of 100. If it is not,"
            " {then} cannot succeed before a redesign."
        )
    return checked(data, plan.id), Message(template, values)


def _belief(milestone: Milestone) -> float:
    rate = milestone.pass_rate
    if rate is None:
        return UNKNOWN
    return float(rate[0]) if isinstance(rate, tuple) else float(likely(rate))
