"""Two versions of a plan: what was changed, a sentence each, and what it does to the odds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbook.builder.edits import called
from workbook.builder.forks import name_of
from workbook.consistency.shape import keys_on
from workbook.errors import N_, Message, Money
from workbook.outcomes import Outcomes
from workbook.plan import BREAKEVEN, LEVELS, Bilingual, Fork, Key, Plan
from workbook.play import RUNS
from workbook.whatif import compare as contrasts
from workbook.whatif.contrast import Contrast
from workbook.words.speech import STAGE_NAMES

MOST_CHANGES = 12
NOTHING = "–"
NAMED_BY_ID = ("needs", "needs_any", "relies_on", "skips", "skip", "goal", "milestone", "used_up")
"""Keys that hold ids of milestones; a reader sees their names."""

Say = Callable[[Message, object, object], Message]


class Ways(NamedTuple):
    """The sentences for a change of a milestone and of the plan itself."""

    milestone: str
    plan: str


LONG = Ways(
    N_("“{name}”, {what}: {before} before, {after} now."),
    N_("{what}: {before} before, {after} now."),
)
SHORT = Ways(N_("“{name}”, {what}: {before} → {after}"), N_("{what}: {before} → {after}"))


@dataclass(frozen=True)
class PlanDiff:
    """How the other version differs from the one: in what was changed, and in what comes of it.

    `plays` are the answers of the one and of the other, as each has them on its own; `contrast` has
    the paired gap. Neither is there where one of the two has no milestones or both are the same.
    `changes` tells what differs, a sentence each.
    """

    plays: tuple[Outcomes, ...]
    contrast: Contrast | None
    changes: tuple[Message, ...]
    sentences: tuple[Message, ...]


def compare(one: Plan, other: Plan, *, runs: int = RUNS, seed: int = 1) -> PlanDiff:
    """Compare two versions, life by life on the same luck."""
    changes = tuple(differences(one, other))
    if not (one.milestones and other.milestones):
        blank = Message("A blank page cannot be compared.")
        return PlanDiff((), None, changes[:MOST_CHANGES], (blank,))
    if not changes:
        return PlanDiff((), None, (), (Message("These two versions are the same."),))
    contrast = contrasts(one, {"other": other}, runs=runs, seed=seed).contrasts["other"]
    plays = (contrast.before, contrast.after)
    return PlanDiff(plays, contrast, changes[:MOST_CHANGES], contrast.sentences)


def in_short(one: Plan, other: Plan) -> Message:
    """What was changed between two versions in a few words: the first, and how many there are."""
    changes = list(differences(one, other, SHORT))
    if not changes:
        return Message("nothing has changed")
    if len(changes) == 1:
        return changes[0]
    values = {"n": len(changes), "first": changes[0]}
    return Message("{n} changes, the first: {first}", values)


def differences(one: Plan, other: Plan, ways: Ways = LONG) -> Iterator[Message]:
    """What was changed between two versions, a sentence each; `SHORT` has fewer words."""
    yield from _came_and_went(one, other)
    for id in one.ids:
        if id in other.ids:
            yield from _changes(
                one,
                other,
                [plan.milestone(id) for plan in (one, other)],
                f"milestones.{id}.",
                _saying(ways.milestone, name=called(other, id)),
            )
    if [id for id in one.ids if id in other.ids] != [id for id in other.ids if id in one.ids]:
        yield Message("The order of the milestones has changed.")
    apart = {"milestones", "forks", "log", "id", "plan"}
    plains = [plan.model_dump(exclude_none=True, exclude=apart) for plan in (one, other)]
    yield from _changes(one, other, plains, "", _saying(ways.plan))
    yield from _forks(one, other)
    if one.log != other.log:
        values = {"before": len(one.log), "after": len(other.log)}
        yield Message("Entries in the log: {before} before, {after} now.", values)


def _saying(template: str, **values: object) -> Say:
    return lambda what, before, after: Message(
        template, {**values, "what": what, "before": before, "after": after}
    )


def _came_and_went(one: Plan, other: Plan) -> Iterator[Message]:
    for id in one.ids:
        if id not in other.ids:
            yield Message("“{name}” is gone.", {"name": called(one, id)})
    for id in other.ids:
        if id not in one.ids:
            yield Message("“{name}” is new.", {"name": called(other, id)})


def _changes(
    one: Plan, other: Plan, parts: Iterable[Any], under: str, say: Say
) -> Iterator[Message]:
    """The changes of one part, by its keys; `under` is the path of the part in the plan."""
    before, after = (flat(_plain(part), under) for part in parts)
    for path in dict.fromkeys([*before, *after]):
        old, new = before.get(path), after.get(path)
        if old != new:
            yield say(what(path, other), shown(old, path, one), shown(new, path, other))


def _plain(part: Any) -> Mapping[str, Any]:
    return part if isinstance(part, Mapping) else dict(part.model_dump(exclude_none=True))


def flat(data: Mapping[str, Any], under: str = "") -> dict[str, Any]:
    """Plain data by dotted path; lists and texts in two languages stay whole."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        path = f"{under}{key}"
        if isinstance(value, Mapping) and set(value) == {"en", "zh"}:
            found[path] = Bilingual.model_validate(value)
        elif isinstance(value, Mapping):
            found |= flat(value, f"{path}.")
        else:
            found[path] = value
    return found


# Forks


def _forks(one: Plan, other: Plan) -> Iterator[Message]:
    before, after = ({fork.id: fork for fork in plan.forks} for plan in (one, other))
    for id, fork in before.items():
        if id not in after:
            yield Message("The fork “{fork}” is gone.", {"fork": name_of(fork)})
    for id, fork in after.items():
        if id not in before:
            yield Message("The fork “{fork}” is new.", {"fork": name_of(fork)})
        elif fork != before[id]:
            yield from _fork(one, other, before[id], fork)


def _fork(one: Plan, other: Plan, before: Fork, after: Fork) -> Iterator[Message]:
    name = name_of(after)
    if before.chosen != after.chosen:
        values = {"fork": name, "before": _taken(before), "after": _taken(after)}
        yield Message("At the fork “{fork}”: {before} before, {after} now.", values)
    own = [
        part.model_dump(exclude_none=True, exclude={"id", "chosen", "options"})
        for part in (before, after)
    ]
    say = _saying(N_("At the fork “{fork}”, {what}: {before} before, {after} now."), fork=name)
    yield from _changes(one, other, own, f"forks.{after.id}.", say)
    yield from _fork_options(one, other, before, after)


def _fork_options(one: Plan, other: Plan, before: Fork, after: Fork) -> Iterator[Message]:
    name = name_of(after)
    options = {option.id: option for option in before.options}
    for option in after.options:
        if option.id not in options:
            values = {"fork": name, "option": name_of(option)}
            yield Message("At the fork “{fork}” the option “{option}” is new.", values)
            continue
        say = _saying(
            N_("The option “{option}”, {what}: {before} before, {after} now."),
            option=name_of(option),
        )
        parts = [
            part.model_dump(exclude_none=True, exclude={"id"})
            for part in (options.pop(option.id), option)
        ]
        yield from _changes(one, other, parts, f"forks.{after.id}.options.{option.id}.", say)
    for gone in options.values():
        values = {"fork": name, "option": name_of(gone)}
        yield Message("At the fork “{fork}” the option “{option}” is gone.", values)


def _taken(fork: Fork) -> object:
    taken = next((option for option in fork.options if option.id == fork.chosen), None)
    return name_of(taken) if taken else Message("no option taken")


# A path and a value in words


def what(path: str, plan: Plan) -> Message:
    """The name of what a path leads to, below its milestone, fork or option."""
    steps = path.split(".")
    inner = _below(steps)
    name_of_key = _label(keys_on(path)[-_described(inner) :] if inner else keys_on(path))
    if inner[:1] == ["measures"] and len(inner) > 1:
        measure = plan.measures.get(inner[1])
        name = (measure.label if measure else "") or inner[1]
        return Message("“{name}”, {what}", {"name": name, "what": name_of_key})
    if inner[:1] == ["milestones"] and len(inner) > 1 and len(steps) > len(inner):
        id = inner[1]
        name = called(plan, id) if id in plan.ids else id
        return Message("“{name}”, {what}", {"name": name, "what": name_of_key})
    return name_of_key


def _below(steps: list[str]) -> list[str]:
    """The steps below the milestone, fork or option that a path is in."""
    if steps[0] == "milestones":
        return steps[2:]
    if steps[0] == "forks":
        return steps[4:] if steps[2:3] == ["options"] else steps[2:]
    return steps


def _described(inner: list[str]) -> int:
    """How many keys of a path name the value itself; ids on the way have none."""
    at = next((n for n, step in enumerate(inner) if step in ("milestones", "measures")), None)
    return len(inner) if at is None else max(1, len(inner) - at - 2)


def _label(keys: list[Key]) -> Message:
    whole = next((key for key in keys[:-1] if key.whole), None)
    own = Message(keys[-1].label)
    return Message("{part}, {what}", {"part": Message(whole.label), "what": own}) if whole else own


def shown(value: object, path: str, plan: Plan) -> object:
    """A value of a plan in the reader's words, with its unit; `path` leads to it."""
    if value is None or value in ("", (), []):
        return NOTHING
    if isinstance(value, bool):
        return Message("yes") if value else Message("no")
    if isinstance(value, (list, tuple)):
        items = [shown(item, path, plan) for item in value]
        return items if isinstance(value[0], (str, Mapping)) else _joined(items)
    if isinstance(value, Mapping):
        return _promised(value, plan) if {"amount", "week"} <= {*value} else _row(value, path, plan)
    key = keys_on(path)[-1]
    last = path.rpartition(".")[2]
    if last in NAMED_BY_ID:
        return _milestone(str(value), plan)
    if path.endswith("level.of") and value in LEVELS:
        return Message(LEVELS[str(value)])
    if last == "stage":
        return Message(STAGE_NAMES[str(value)])
    return value if isinstance(value, (str, Bilingual)) else _figure(float(str(value)), key, plan)


def _joined(items: list[object]) -> object:
    """Low, likely and high, or a chance for each attempt."""
    template = " / ".join(f"{{v{n}}}" for n in range(len(items)))
    return Message(template, {f"v{n}": item for n, item in enumerate(items)})


def _figure(value: float, key: Key, plan: Plan) -> object:
    if key.unit == "money":
        return Money(value, plan.currency)
    if key.unit == "share":
        return Message("{n}%", {"n": round(value * 100, 4)})
    if key.unit == "weeks":
        return (
            Message("{n} week", {"n": 1})
            if value == 1
            else Message("{weeks} weeks", {"weeks": value})
        )
    return value


def _milestone(id: str, plan: Plan) -> object:
    if id == BREAKEVEN:
        return Message("breaking even")
    return called(plan, id) if id in plan.ids else id


def _row(row: Mapping[str, Any], path: str, plan: Plan) -> Message:
    """A row of any other list: what each of its keys says, with its label."""
    said = {key: value for key, value in row.items() if value not in (None, "", (), [], {})}
    parts: list[object] = [
        Message("{what} {value}", {"what": Message(label), "value": shown(value, place, plan)})
        for place, value in ((f"{path}.0.{key}", value) for key, value in said.items())
        for label in [keys_on(place)[-1].label]
    ]
    return Message(" · ".join(f"{{v{n}}}" for n in range(len(parts))), dict(_numbered(parts)))


def _numbered(parts: list[object]) -> Iterator[tuple[str, object]]:
    return ((f"v{n}", part) for n, part in enumerate(parts))


def _promised(row: Mapping[str, Any], plan: Plan) -> Message:
    """A row of the money that is due."""
    values = {"amount": Money(row["amount"], plan.currency), "week": str(row["week"])}
    amount = Message("{amount} in week {week}", values)
    if every := row.get("every_weeks"):
        template = "{amount} every {n} weeks from week {week}"
        amount = Message(template, {**values, "n": str(every)})
    chance = row.get("chance", 1)
    if chance == 1:
        return amount
    values = {"amount": amount, "percent": Message("{n}%", {"n": round(chance * 100, 4)})}
    return Message("{amount} ({percent})", values)
