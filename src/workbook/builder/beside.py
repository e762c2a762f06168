"""Two versions of the plan beside each other, on the same luck, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.builder.edits import called
from workbook.builder.labels import label_of
from workbook.errors import Message
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import RUNS, play
from workbook.whatif import compare as contrasts
from workbook.whatif.contrast import Contrast

MOST_TOLD = 12


@dataclass(frozen=True)
class Beside:
    """How the other version differs from the one: in what was changed, and in what comes of it.

    `plays` are the answers of the one and of the other, as each has them on its own; `contrast` has
    the paired gap. Neither is there where one of the two has no milestones or both are the same.
    `changes` tells what differs, a sentence each.
    """

    plays: tuple[Outcomes, ...]
    contrast: Contrast | None
    changes: tuple[Message, ...]
    told: Message


def compare(one: Plan, other: Plan, *, runs: int = RUNS, seed: int = 1) -> Beside:
    """Lay another version beside one, life by life on the same luck."""
    changes = tuple(differences(one, other))
    if not (one.milestones and other.milestones):
        told = Message("A blank page cannot be compared.")
        return Beside((), None, changes[:MOST_TOLD], told)
    if not changes:
        return Beside((), None, (), Message("These two versions are the same."))
    contrast = contrasts(one, {"other": other}, runs=runs, seed=seed).contrasts["other"]
    plays = tuple(play(plan, runs=runs, seed=seed) for plan in (one, other))
    return Beside(plays, contrast, changes[:MOST_TOLD], contrast.sentence)


def differences(one: Plan, other: Plan) -> Iterator[Message]:
    """What was changed between two versions, a sentence each."""
    for id in one.ids:
        if id not in other.ids:
            yield Message("“{name}” is gone.", {"name": called(one, id)})
    for id in other.ids:
        if id not in one.ids:
            yield Message("“{name}” is new.", {"name": called(other, id)})
    common = [id for id in one.ids if id in other.ids]
    for id in common:
        yield from _milestone(one, other, id)
    if common != [id for id in other.ids if id in one.ids]:
        yield Message("The order of the milestones has changed.")
    before, after = (_rest(plan) for plan in (one, other))
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            values = {"what": label_of(path), **_pair(before.get(path), after.get(path))}
            yield Message("{what}: {before} before, {after} now.", values)


def _milestone(one: Plan, other: Plan, id: str) -> Iterator[Message]:
    before, after = (flat(_plain(plan.milestone(id))) for plan in (one, other))
    for path in sorted({*before, *after}):
        if before.get(path) != after.get(path):
            pair = _pair(before.get(path), after.get(path))
            values = {"name": called(other, id), "what": label_of(path), **pair}
            yield Message("“{name}”, {what}: {before} before, {after} now.", values)


def _pair(before: object, after: object) -> dict[str, object]:
    return {"before": _shown(before), "after": _shown(after)}


def _shown(value: object) -> object:
    if value is None or value in ("", (), []):
        return "–"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return value


def _rest(plan: Plan) -> dict[str, Any]:
    return flat(plan.model_dump(exclude_none=True, exclude={"milestones", "id", "plan", "log"}))


def _plain(part: Any) -> dict[str, Any]:
    return dict(part.model_dump(exclude_none=True))


def flat(data: Mapping[str, Any], under: str = "") -> dict[str, Any]:
    """Plain data by dotted path; lists stay whole."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        path = f"{under}{key}"
        if isinstance(value, Mapping):
            found |= flat(value, f"{path}.")
        else:
            found[path] = value
    return found
