"""A common cause: a condition of the world that several milestones share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Id, Share
from workbook.plan.key import Key
from workbook.plan.parts import Note, Part, Text


class Condition(Part):
    """What holds in some lives and not in others, and then makes several milestones fail together.

    The pass rates of its milestones are those that they have where it holds.
    """

    id: Annotated[
        Id,
        Key(label=N_("id"), help=N_("A short name for it."), start="condition", example="market"),
    ]
    name: Annotated[
        Text,
        Key(
            label=N_("name"),
            help=N_("What it is called."),
            synonyms=("title", "label", "名称", "名字", "标题"),
            example="People are ready for it",
        ),
    ] = ""
    chance: Annotated[
        Share,
        Key(
            label=N_("chance that the condition holds"),
            ask=N_("chance, %"),
            help=N_("Drawn once a life: it holds from the first week to the last, or never."),
            unit="share",
            start=0.5,
            synonyms=("probability", "prob", "odds", "holds", "概率", "可能性"),
            example="0.6",
        ),
    ]
    milestones: Annotated[
        tuple[Id, ...],
        Field(min_length=1),
        Key(
            label=N_("milestones that share it"),
            help=N_("Their attempts pass less often where it does not hold."),
            synonyms=("milestone", "affects", "shared_by", "里程碑"),
            example="[launch, channel]",
        ),
    ]
    pass_rate_factor: Annotated[
        Share,
        Key(
            label=N_("factor of the pass rates otherwise"),
            help=N_("What their pass rates are multiplied by where it does not hold; 0 is never."),
            synonyms=("factor", "otherwise", "multiplier"),
            example="0.3",
        ),
    ] = 0.0
    note: Note = ""
