"""Write a plan back: what was read keeps its comments, its order and its references to facts.

Only what has changed is touched. Before the file is replaced, the new text is read once more: what
could not be read back as the same case is never written.
"""

from __future__ import annotations

from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

from workbook.cases.case import STORY_KEYS, Case
from workbook.cases.file import put, text_of
from workbook.cases.reading import read_text
from workbook.cases.rewriting import rewritten
from workbook.cases.yaml_layout import fresh
from workbook.cases.yaml_source import Table, parse
from workbook.errors import InputError, WorkError
from workbook.plan import Plan


def write(case: Case | Plan, path: str | PathLike[str]) -> None:
    """Write a case, or a plan alone, to a file.

    A case that was read keeps the text it came from where nothing has changed. A plan alone keeps
    that of the file it replaces, story and facts included, if that is a file of the same plan.

    Raises
    ------
    InputError
        Where the plan holds what no plan file may hold (a control character, say).
    WorkError
        Where the file cannot be written; what stood there before still does.
    """
    target = Path(path)
    if isinstance(case, Plan):
        case = _around(case, target)
    put(target, text_for(case))


def text_for(case: Case) -> str:
    """The text of a case's file."""
    if case.text is not None:
        kept = written_into(case, case.text)
        if kept is not None:
            return kept
    text = fresh(data_of(case))
    if read_text(text, case.id) != case:
        raise WorkError("the plan '{id}' cannot be written so that it reads the same", id=case.id)
    return text


WORTH_SAYING = {"weeks", "cost"}
"""Estimates that are written even where they say what would hold anyway: they were considered.
"""


def data_of(case: Case) -> dict[str, Any]:
    """The keys of a case's file as plain data; those that say nothing new are left out."""
    plan = case.plan.model_dump(mode="json", exclude_defaults=True)
    for keys, milestone in zip(plan.get("milestones", ()), case.plan.milestones, strict=True):
        for name in WORTH_SAYING & milestone.model_fields_set:
            keys[name] = milestone.model_dump(mode="json", include={name})[name]
    story: dict[str, Any] = {
        "situation": _plain(case.situation),
        "question": _plain(case.question),
        "facts": {name: _plain(fact) for name, fact in case.facts.items()},
        "happened": [_plain(told) for told in case.happened],
    }
    return {"plan": 1, **plan, **{key: story[key] for key in STORY_KEYS if story[key]}}


def _plain(part: Any) -> Any:
    if isinstance(part, str):
        return part
    return part.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _around(plan: Plan, path: Path) -> Case:
    """The plan in the case that its file holds already, if it does."""
    try:
        before = read_text(text_of(path), str(path))
    except InputError:
        return Case(plan)
    return before.using(plan) if before.id == plan.id else Case(plan)


@lru_cache(maxsize=4)
def _begun(text: str, id: str) -> tuple[Case, Table]:
    """The case that a text holds, and its tree: a builder writes into the same one many times."""
    tree, _ = parse(text)
    assert tree is not None
    return read_text(text, id), tree


def written_into(case: Case, text: str) -> str | None:
    """The case written into the text it came from; None where that does not work out."""
    before, tree = _begun(text, case.id)
    if before == case:
        return text
    written = rewritten(text, tree, data_of(before), data_of(case))
    try:
        return written if read_text(written, case.id) == case else None
    except InputError:
        return None
