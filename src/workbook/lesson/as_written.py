"""The plan as written, made a way that can be bet on.

A fork's options are what departs from the plan. Where the plan itself is one of the answers, a
learner must be able to bet on it: here the fork gets an option that changes nothing.
"""

from __future__ import annotations

from workbook.cases import Case
from workbook.lesson.plays import Plays
from workbook.plan import Bilingual, Fork, Option
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import Words

__all__ = ["AS_WRITTEN", "offered"]


def offered(case: Case, plays: Plays, fork: str, name: str, note: str = "") -> tuple[Case, Plays]:
    """The case, and its plays, with `as-written` as the last option of a fork.

    Parameters
    ----------
    name, note
        What the option is called and how it is explained: English sentences with Chinese twins.
    """
    as_written = Option(id=AS_WRITTEN, name=_both(name), note=_both(note) if note else "")

    def with_it(found: Fork) -> Fork:
        if found.id != fork:
            return found
        return found.model_copy(update={"options": (*found.options, as_written)})

    plan = case.plan.model_copy(update={"forks": tuple(map(with_it, case.plan.forks))})
    return case.using(plan), Plays(plan, plays.runs, plays.seed)


def _both(sentence: str) -> Bilingual:
    en, zh = (Words(lang)(sentence) for lang in ("en", "zh"))
    return Bilingual(en=en, zh=zh)
