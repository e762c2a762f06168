"""A class file: everything in it is checked before a kernel starts."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from workbook.cases import read_text
from workbook.errors import InputError
from workbook.reports.class_list import tasks_of
from workbook.reports.command import gather
from workbook.reports.parameters import plan_text
from workbook.reports.task import Settings
from workbook.words import Words


@pytest.fixture
def class_rows(bakery, tmp_path):
    """The tasks of a class file with these lines; `bakery.yaml` lies beside it."""
    bakery()

    def class_rows(*lines, encoding="utf-8", **settings):
        path = tmp_path / "class.csv"
        path.write_text("\n".join(lines), encoding=encoding)
        return tasks_of(path, Settings(**settings))

    return class_rows


def faults_of(class_rows, *lines, **settings):
    """What is reported of a faulty class file: (row, column, sentence) each."""
    with pytest.raises(InputError) as caught:
        class_rows(*lines, **settings)
    return [(f.line, f.path, str(f.message)) for f in caught.value.faults]


def test_a_row_is_a_task_with_its_own_figures(class_rows):
    """Columns set parameters of the notebook and figures of the plan; an empty cell sets none."""
    first, second = class_rows(
        "participant,plan,cash,milestones.shop.cost,seed,#note",
        "Lin,bakery.yaml,50000,,7,anything, at all".replace(", at all", ""),
        "Wu,training-camp,,,,",
    )
    assert (first.name, first.stem, first.parameters) == ("Lin", "Lin", {"seed": 7})
    assert first.changes == {"cash": 50000}
    assert (second.id, second.changes, second.parameters) == ("training-camp", {}, {})


def test_all_faults_are_reported_at_once_by_row_and_column(class_rows):
    """Names, types, ranges and units; the nearest known name where there is one."""
    reported = faults_of(
        class_rows,
        "participant,plan,cash,sales.pric,seed,lang,x; import os,milestones.taste.cost",
        'Lin,bakery.yaml,"50,00,000.1x",1,seven,fr,,',
        "Wu,caffein,12,,,,,",
        "Li,bakery.yaml,$500,,2.5,,,7",
        "Xu,bakery.yaml,-5,,,,,",
    )
    assert [(line, path) for line, path, _ in reported] == [
        (1, "sales.pric"),
        (2, "seed"),
        (2, "lang"),
        (2, "cash"),
        (3, "plan"),
        (4, "seed"),
        (4, "cash"),
        (4, "milestones.taste.cost"),
        (5, "cash"),
    ]
    sentences = " ".join(sentence for _, _, sentence in reported)
    assert "did you mean 'sales.price'" in sentences
    assert "did you mean 'caffeine-lozenge'" in sentences
    assert "is in USD, and CNY is counted here" in sentences


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "the same in 20 lines, such as 3, 4 and 5"), ("zh", "20 行都是这样")],
)
def test_a_mistake_in_every_row_hides_no_other(class_rows, lang, said):
    """It is counted in every row and written once, in the order of the table."""
    rows = [f"Ann {n},bakry.yaml,1" for n in range(20)]
    with pytest.raises(InputError) as refused:
        class_rows("participant,plan,seed", *rows, "Zoe,bakery.yaml,-1")
    shown = Words(lang).faults(refused.value).splitlines()
    assert len(refused.value.faults) == 21
    assert len(shown) == 3
    assert "21" in shown[0]
    assert said in shown[1]
    assert "seed" in shown[2]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("cash", "10%", "is a share"),
        ("milestones.demand.pass_rate", "30", "did you mean 30%"),
        ("horizon_weeks", "2.5", "not a whole number"),
        ("cash", "nan", "not a number"),
        ("runs", "0", "from 1 to"),
        ("runs", "10.000", "10 or 10000"),
        ("goal", "nowhere", "nowhere"),
        ("milestones.demand.cots", "5", "did you mean 'cost'"),
        ("Milestones.demand.cost", "5", "did you mean 'milestones'"),
    ],
)
def test_a_figure_out_of_range_or_with_a_unit_is_refused(class_rows, column, cell, said):
    """The sentence says what was found and what to write."""
    [(line, path, sentence)] = faults_of(class_rows, f"plan,{column}", f"bakery.yaml,{cell}")
    assert (line, path) == (2, column)
    assert said in sentence


def test_the_first_day_is_read_as_people_write_it(class_rows):
    """A day that the calendar has not, or that is two days, is refused; it failed in the kernel."""
    [task] = class_rows("plan,starts", "bakery.yaml,2027年3月4日")
    assert task.changes == {"starts": "2027-03-04"}
    rows = ("bakery.yaml,2027-02-30", "bakery.yaml,soon", "bakery.yaml,3/4/2027")
    reported = faults_of(class_rows, "plan,starts", *rows)
    assert [(line, path) for line, path, _ in reported] == [(n, "starts") for n in (2, 3, 4)]
    assert all("is no date" in sentence for _, _, sentence in reported[:2])
    assert "can be 2027-03-04 or 2027-04-03" in reported[2][2]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".yaml"])
def test_a_name_too_long_for_a_file_hides_no_other_fault(class_rows, name):
    """It is a fault of its row, as every other name of a plan that is not there."""
    reported = faults_of(class_rows, "plan,seed", f"{name},1", "bakery.yaml,-1")
    assert [(line, path) for line, path, _ in reported] == [(2, "plan"), (3, "seed")]


def test_text_stays_text(class_rows):
    """`007`, `NO` and `12:30` are names as they stand; nothing becomes a number or a time."""
    tasks = class_rows("name,plan", "007,bakery.yaml", "NO,bakery.yaml", "12:30,bakery.yaml")
    assert [task.name for task in tasks] == ["007", "NO", "12:30"]


@pytest.mark.parametrize(
    "name", ["../x", "CON", "=cmd()", "<svg onload=1>", "x" * 300, "🍞", "李雷", "index", "a/b"]
)
def test_a_hostile_name_stays_inside_the_folder(class_rows, name):
    """Whatever somebody is called, their file lies in the folder under a name that is safe."""
    first, second = class_rows("name,plan", f"{name},bakery.yaml", f"{name},bakery.yaml")
    assert first.name == name
    assert first.stem.casefold() != second.stem.casefold()
    for task in (first, second):
        assert not set(task.stem) & set('/\\<>:"|?*.')
        assert len(f"{task.stem}.ipynb".encode()) <= 255


def test_two_rows_are_two_reports_even_in_one_plan(class_rows):
    """Nobody's page is written over another's; what differs has a fingerprint of its own."""
    tasks = class_rows("plan,cash", "bakery.yaml,9000", "bakery.yaml,8000", "bakery.yaml,")
    assert len({task.stem for task in tasks}) == len({task.mark for task in tasks}) == 3


def test_an_option_is_checked_against_the_forks_of_the_plan(class_rows):
    """FORK=OPTION as on the command line; a wrong one is reported with the nearest."""
    [task] = class_rows("plan,option", "caffeine-lozenge,cash-gap=borrow")
    assert task.parameters == {"options": "cash-gap=borrow"}
    reported = faults_of(
        class_rows, "plan,option", "caffeine-lozenge,cash-gap=borow", "bakery.yaml,x"
    )
    assert [(line, path) for line, path, _ in reported] == [(2, "option"), (3, "option")]
    assert "did you mean 'borrow'" in reported[0][2]


def test_a_class_file_of_excel_is_read_as_it_looks(bakery, tmp_path):
    """Numbers, text and times of a workbook; the rows are counted as Excel counts them."""
    bakery()
    book = Workbook()
    for row in (["name", "plan", "cash"], ["007", "bakery.yaml", 9000.0], [None, None, None]):
        book.active.append(row)
    book.active.append(["NO", "bakery.yaml", "many"])
    book.save(tmp_path / "class.xlsx")
    with pytest.raises(InputError) as caught:
        tasks_of(tmp_path / "class.xlsx", Settings())
    assert [(f.line, f.path) for f in caught.value.faults] == [(4, "cash")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_saved_by_excel_anywhere_is_read(class_rows, encoding, separator):
    """A byte order mark, the encoding of a Chinese Windows, semicolons and tabs."""
    lines = [separator.join(cells) for cells in (("name", "plan"), ("李雷", "bakery.yaml"))]
    assert class_rows(*lines, encoding=encoding)[0].name == "李雷"


def test_a_title_above_the_header_is_left_aside(class_rows):
    """The rows are counted as they are in the file."""
    lines = ("Spring class,,", ",,", "name,plan,cash", "Lin,bakery.yaml,1")
    [task] = class_rows(*lines)
    assert (task.name, task.source[-2:], task.changes) == ("Lin", ":4", {"cash": 1})


def test_without_the_column_of_plans_no_row_is_blamed(class_rows):
    """One missing column is one fault, however many rows there are."""
    assert len(faults_of(class_rows, "name", "a", "b", "c")) == 1


def test_the_line_that_tells_excel_the_separator_is_no_row(class_rows):
    """`sep=;` is Excel's own; the rows are counted as they are in the file."""
    [task] = class_rows("sep=;", "name;plan;seed", "Ana, María;bakery.yaml;7.0")
    assert (task.name, task.source[-2:], task.parameters) == ("Ana, María", ":3", {"seed": 7})


@pytest.mark.parametrize("cell", ["9000.0", "9e3", "９０００"])
def test_a_whole_number_is_one_however_a_program_writes_it(class_rows, cell):
    """9000.0 comes out of pandas beside an empty cell, ９０００ of a Chinese keyboard."""
    [task] = class_rows("plan,cash", f"bakery.yaml,{cell}")
    assert task.changes == {"cash": 9000}


def test_a_quote_that_is_never_closed_is_reported_where_it_opens(class_rows):
    """The rows behind it are not swallowed into a name."""
    [(line, _, said)] = faults_of(class_rows, "name,plan", '"Lin,bakery.yaml', "Wu,bakery.yaml")
    assert (line, "quotation mark" in said) == (2, True)


def test_a_formula_that_nobody_has_worked_out_is_reported(bakery, tmp_path):
    """Its cell is empty, and an empty cell would quietly keep the plan's own figure."""
    bakery()
    book = Workbook()
    for row in (["name", "plan", "cash", "#sum"], ["Lin", "bakery.yaml", "=1+1", "=2+2"]):
        book.active.append(row)
    book.save(tmp_path / "class.xlsx")
    with pytest.raises(InputError) as caught:
        tasks_of(tmp_path / "class.xlsx", Settings())
    assert [(f.line, f.path) for f in caught.value.faults] == [(2, "cash")]
    assert "no value yet" in str(caught.value.faults[0].message)


def test_a_workbook_that_is_torn_or_swollen_is_reported(tmp_path):
    """Neither a traceback nor a machine out of memory."""
    Workbook().save(tmp_path / "whole.xlsx")
    torn, swollen = tmp_path / "torn.xlsx", tmp_path / "swollen.xlsx"
    torn.write_bytes((tmp_path / "whole.xlsx").read_bytes()[:-400])
    with ZipFile(swollen, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", bytes(300_000_000))
    for path, said in ((torn, "no Excel workbook"), (swollen, "larger than 20 MB")):
        with pytest.raises(InputError) as caught:
            tasks_of(path, Settings())
        assert said in str(caught.value.faults[0].message)


def test_a_folder_in_a_class_file_may_be_written_as_on_windows(class_rows, bakery, tmp_path):
    """A class file that was made on another system names the same plans."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "bakery.yaml").write_bytes(bakery().read_bytes())
    assert class_rows("plan", "plans\\bakery.yaml")[0].id == "bakery"


@pytest.mark.parametrize(
    ("name", "said"),
    [("class.xls", "save it as .xlsx"), ("night/class.csv", "a class file is named itself")],
)
def test_what_is_no_class_file_here_is_reported_with_what_to_do(tmp_path, name, said):
    """An old workbook of Excel; a folder that holds a class file and no plan."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"plan\n")
    tasks, [error] = gather([str(path if "/" not in name else path.parent)], Settings())
    assert (tasks, said in str(error.faults[0].message)) == ([], True)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["name,cash", "a,1"], "'plan' is missing"),
        (["plan,plan", "a,b"], "mean the same"),
        (["plan"], "no row"),
        ([""], "empty"),
        (["plan,cash", "bakery.yaml,1,000"], "more cells"),
        (["plan,,cash", "bakery.yaml,1,2"], "has no name"),
        (["plan,cash", ",1"], "names no plan"),
    ],
)
def test_a_broken_table_is_reported(class_rows, lines, said):
    """What is wrong with the table itself, in a sentence."""
    assert said in " ".join(sentence for _, _, sentence in faults_of(class_rows, *lines))


def test_a_figure_put_in_keeps_the_rest_of_the_plan():
    """Comments and references to facts stay; the figure is the row's own."""
    text = "plan: 1  # mine\nid: a\ncash: 5\ngoal: b\nmilestones:\n  - {id: b, cost: 3}\n"
    changed = plan_text(text, {"cash": 7, "milestones.b.cost": 4, "sales.price": 9})
    assert "# mine" in changed
    plan = read_text(changed).plan
    assert (plan.cash, plan.milestone("b").cost, plan.sales.price) == (7, 4, 9)


def test_a_class_file_stands_beside_plans_on_the_command_line(class_rows, bakery, tmp_path):
    """A faulty class file is reported; the plans named beside it are made all the same."""
    class_rows("plan", "bakery.yaml")
    (tmp_path / "bad.csv").write_text("plan\nnowhere.yaml")
    tasks, errors = gather([str(tmp_path / f) for f in ("class.csv", "bad.csv")], Settings())
    assert [task.source.rpartition("/")[2] for task in tasks] == ["class.csv:2"]
    assert [error.source.rpartition("/")[2] for error in errors] == ["bad.csv"]
