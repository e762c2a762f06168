"""What a key of the plan file is, is said once: whatever shows, reads or edits keys follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML

from workbook.builder.paths import label_of
from workbook.builder.view.form import MILESTONE, RESOURCES, Field, Group
from workbook.cases.columns import COLUMNS
from workbook.cases.schema import schema
from workbook.consistency import Shape, shape_of
from workbook.consistency.shape import described, shape_on
from workbook.edit import edit
from workbook.law import Economy
from workbook.plan import (
    KEPT,
    SOLD,
    STATE,
    WHOLE,
    Bilingual,
    Edit,
    Gives,
    Key,
    Milestone,
    Plan,
    SalesEdit,
)
from workbook.reports.key_reference import reference
from workbook.reports.parameters import FIGURES
from workbook.words import Words

ONE = {"id": "p", "goal": "a", "milestones": [{"id": "a"}]}


def places(model: type[BaseModel], under: str = "", met: tuple[type, ...] = ()) -> Iterator[str]:
    """Every place of a plan file, lists and edits entered, by a path as a fault would name it."""
    for name in shape_of(model).keys:
        shape = shape_of(model).child(name)
        yield f"{under}{name}"
        for inner, step in _inside(shape):
            if inner.model not in (None, Bilingual, *met):
                yield from places(inner.model, f"{under}{name}.{step}", (*met, model))


def _inside(shape: Shape) -> Iterator[tuple[Shape, str]]:
    if shape.item is not None and not shape.number:
        yield shape.child(0), "x."
    elif shape.entry is not None:
        yield shape.child("x"), "x."
    else:
        yield shape, ""


PLACES = sorted(set(places(Plan)))


def key_at(path: str) -> Key | None:
    """The description of a place itself."""
    return shape_on(path)[-1].key


def test_every_key_at_every_depth_is_described():
    """No place of a plan file is without its description, however deep it lies."""
    assert len(PLACES) > 150
    assert [path for path in PLACES if key_at(path) is None] == []


def test_every_description_stands_in_the_schema():
    """An editor shows the line that explains a key wherever that key may be written."""
    parts = schema()["$defs"]
    for name in ("Milestone", "MilestoneEdit", "Gives", "Tests", "Option", "SalesEdit", "Due"):
        bare = [key for key, one in parts[name]["properties"].items() if "description" not in one]
        assert bare == [], name


def test_every_figure_of_the_state_can_be_given_and_edited():
    """A figure that a milestone can give, an option can change, and the economy holds."""
    named = {"funding", "bills", "roles", "jobs"}
    assert set(STATE) == {*SOLD, *KEPT} == set(Gives.model_fields) - named
    assert set(SOLD) == set(SalesEdit.model_fields)
    assert set(KEPT) < set(Edit.model_fields)
    economy = Economy.of(Plan.model_validate(ONE))
    apart = {"measures", "bills", "roles", "founders", "season", "factors"}
    assert set(vars(economy)) - apart == set(STATE)


@pytest.mark.parametrize("name", STATE)
def test_a_gift_and_an_edit_reach_the_economy(name):
    """Whatever figure is given or edited, the economy after it has the new value."""
    plan = Plan.model_validate(ONE)
    given, other = (3, 2) if name in WHOLE else (0.5, 0.25)
    gives = Gives.model_validate({name: given})
    assert getattr(Economy.of(plan).after(gives), name) == given
    change = {"sales": {name: other}} if name in SOLD else {name: other}
    changed = Edit.model_validate(change)
    assert getattr(Economy.of(plan).edited(changed), name) == other
    assert getattr(Economy.of(edit(plan, changed)), name) == other


ON_THE_CANVAS = {"plan", "id", "goal", "skips", "log", "milestones.x.id", "milestones.x.name"}
AT_THE_FIGURE = {"ranges", "weekly_ranges"}
AT_THE_FORK = {"forks.x.chosen"}


def test_every_key_at_every_depth_is_entered_in_the_builder_and_only_once():
    """Whatever a plan file can say a founder can type, in the form or on the canvas."""
    typed = [f"milestones.x.{path}" for path in _typed(_of(MILESTONE))] + [*_typed(_of(RESOURCES))]
    assert len(typed) == len(set(typed))
    missing = [
        path
        for path in PLACES
        if path.split(".")[0] not in ON_THE_CANVAS | AT_THE_FIGURE
        and path not in ON_THE_CANVAS | AT_THE_FORK
        and not path.endswith(".id")
        and not any(f"{one}.".startswith(f"{path}.") for one in typed)
    ]
    assert missing == []


def _of(groups: Iterable[Group]) -> list[Field]:
    return [field for group in groups for field in group.fields]


def _typed(fields: Iterable[Field]) -> Iterator[str]:
    """The places of the form's boxes; an item of a list or a mapping is `x`."""
    for field in fields:
        inner = (*field.columns, *field.fields)
        step = "x." if field.kind in ("rows", "cards") else ""
        if field.kind != "entries" or field.path != "gives":  # the measures, by their ids
            yield field.path
        yield from (f"{field.path}.{step}{path}" for path in _typed(inner))


@pytest.mark.parametrize("path", [p for p in PLACES if (key := key_at(p)) and key.example])
def test_every_example_fits_its_place(path):
    """The example that the reference shows is taken by the type that the key stands in."""
    *around, name = path.split(".")
    model = shape_on(".".join(around))[-1].model if around else Plan
    value = YAML(typ="safe").load(key_at(path).example)
    with pytest.raises(ValidationError) as caught:
        model.model_validate({name: value, "no-such-key": None}, strict=False)
    assert name not in {one["loc"][0] for one in caught.value.errors()}


def test_no_synonym_is_a_key_beside_it():
    """Another word for a key is never itself a key of the same part."""
    for path in PLACES:
        around = path.rpartition(".")[0]
        beside = shape_on(around)[-1].keys if around else shape_of(Plan).keys
        key = key_at(path)
        assert key is None or not set(key.synonyms) & set(beside), path


def test_columns_and_class_file_follow_the_keys():
    """The columns of a table are keys of a milestone; those of a class file are figures."""
    known = {one.path for one in described(Milestone)} | {"goal"}
    assert {column.path for column in COLUMNS} <= known
    assert set(FIGURES) <= {one.path for one in described(Plan)}
    assert {"cash", "sales.price", "running_hours_per_week", "title"} <= set(FIGURES)


def test_a_label_says_whether_a_milestone_gives_it():
    """A changed gift is reported as what holds from then on, not as the plan's own figure."""
    assert str(label_of("burn_per_week")) == "burn a week"
    assert str(label_of("milestones.a.gives.burn_per_week")) == "burn from then on"
    assert str(label_of("milestones.a.proof.of")) == "proof"


def test_the_reference_has_every_key():
    """Each key of each part is in its table, whatever part is added to the types."""
    text = reference(Words("en"))
    missing = {
        path.rpartition(".")[2] for path in PLACES if f"`{path.rpartition('.')[2]}`" not in text
    }
    assert missing == set()
