"""A table of milestones becomes a plan, or all of its faults by row and cell."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook.cases import Case, read_text
from workbook.cases.columns import COLUMNS
from workbook.cases.table import plan_of_cells, plan_of_table
from workbook.cases.writing import text_for
from workbook.errors import InputError
from workbook.plan import STATE, WHOLE
from workbook.tables.files import MOST_UNPACKED
from workbook.words import Words

ENGLISH = """\
name\tneeds\tweeks\tcost\tpass rate\tproof\tat least\tof\tif missed
People want it\t\t1/2/4\t3,000\t30%\tbuyers\t8\t20\tAsk others
It is good\tpeople want it\t4\t￥1.2万\t20% 35% 50%\treturns\t5\t10\t
Second shop\tIt is good, People want it\t6\t20k\t0.7
"""
CHINESE = """\
里程碑,阶段,前置,每次周数,花费,通过率,交付标准,至少,没达到,目标
有人要,需求,,2,3000,60%,买的人,5,换一群人,
口味好,内核,有人要,4周,"30,000",8% 15%,盲测,24,换方向,
开第二家店,渠道,口味好、有人要,6,5万,70%,,,,是
"""


def faults(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        plan_of_cells(text)
    return [(f.line, f.path, str(f.message)) for f in caught.value.faults]


def test_an_english_table():
    """Figures as people write them, names for ids, and the last row is the goal."""
    plan = plan_of_cells(ENGLISH, "bakery").plan
    assert plan.goal == "second-shop"
    want, good, shop = plan.milestones
    assert want.weeks == (1, 2, 4)
    assert want.proof is not None
    assert (want.proof.at_least, want.proof.of) == (8, 20)
    assert good.cost == 12_000
    assert good.rates == (0.2, 0.35, 0.5)
    assert shop.needs == ("it-is-good", "people-want-it")
    assert (shop.cost, shop.pass_rate) == (20_000, 0.7)


def test_a_chinese_table():
    """Chinese heads, stages, signs and amounts; the goal is the row that says so."""
    plan = plan_of_cells(CHINESE).plan
    assert [m.stage for m in plan.milestones] == ["demand", "kernel", "channel"]
    assert plan.milestones[1].weeks == 4
    assert plan.milestones[1].rates == (0.08, 0.15)
    assert plan.milestones[2].cost == 50_000
    assert plan.goal == plan.milestones[2].id


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_whatever_parts_the_columns(sign):
    """Tabs as pasted from a sheet, semicolons, commas: the same plan."""
    rows = [["name", "weeks"], ["a", "2"], ["b", "3"]]
    plan = plan_of_cells("\r\n".join(sign.join(row) for row in rows)).plan
    assert [m.weeks for m in plan.milestones] == [2, 3]


def test_without_needs_each_row_waits_for_the_one_above():
    """And the notes say so; a column that nobody knows is left aside, and named."""
    read = plan_of_cells("name,owner\na,me\nb,you\n")
    assert read.plan.milestones[1].needs == ("a",)
    reported = " ".join(map(str, read.notes))
    assert "the one above it" in reported
    assert "owner" in reported


def test_every_fault_at_once_by_row_and_cell():
    """Each cell that cannot be read is named as a spreadsheet names it, row by row."""
    reported = faults(
        "name;needs;weeks;pass rate;stage;necessary\n"
        "a;bb;2;30;demnd;maybe\n"
        ";;3;;;\n"
        "bbb;a;-1;0.3;kernel;yes\n"
        "c;c c c;soon;20%;team;no\n"
    )
    places = [(line, path) for line, path, _ in reported]
    assert places == [
        (2, "D2 (pass rate)"),
        (2, "E2 (stage)"),
        (2, "F2 (necessary)"),
        (2, "B2 (needs)"),
        (3, ""),
        (4, "D4 (pass rate)"),
        (4, "C4 (weeks)"),
        (5, "C5 (weeks)"),
        (5, "B5 (needs)"),
    ]
    assert "30%" in reported[0][2]
    assert "did you mean 'bbb'" in reported[3][2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("hello", "no row names the columns"),
        ("nmae,weeks\na,2\n", "did you mean 'name'"),
        ("weeks,cost\n2,3\n", "no column is called `name`"),
        ("name,weeks\n", "no rows below its header"),
        ("name,里程碑\na,b\n", "mean the same"),
        ("name,needs\na,b\nb,a\n", "wait for each other"),
        ("name,needs\na,\na,\nb,a\n", "two rows are called 'a'"),
        ("name,goal\na,x\nb,x\n", "more than one row"),
        ("name,pass rate,belief\na,0.5,0.5\n", "either `pass_rate` or `tests`"),
        ("name\n" + "a\n" * 2000, "more than 1,000 rows"),
    ],
)
def test_what_no_plan_can_be_made_of_is_reported(text, reason):
    """In one sentence, in both languages, without a traceback."""
    with pytest.raises(InputError) as caught:
        plan_of_cells(text)
    assert reason in Words("en").faults(caught.value)
    assert Words("zh").faults(caught.value)


def test_an_excel_sheet(tmp_path):
    """Numbers, blanks, a title above the header, and a sign that would be markup on a page."""
    book = openpyxl.Workbook()
    for row in [
        ["My plan"],
        [],
        ["Name", "Needs", "Weeks", "Pass rate", "Cost", "Goal"],
        ["需求", None, 2, 0.5, None, None],
        ["<b>店</b>", "需求", 3.0, 0.25, 1000, "x"],
    ]:
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    plan = plan_of_table(tmp_path / "plan.xlsx").plan
    assert [m.weeks for m in plan.milestones] == [2, 3]
    assert plan.milestones[0].cost == 0
    assert plan.milestones[1].name == "<b>店</b>"
    assert plan.goal == plan.milestones[1].id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_text_as_excel_writes_it(tmp_path, encoding):
    """UTF-8 with its mark, UTF-16, and the encoding of a Chinese Windows."""
    file = tmp_path / "plan.csv"
    file.write_bytes(CHINESE.encode(encoding))
    assert plan_of_table(file).plan.milestones[0].name == "有人要"


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_a_damaged_file_is_reported(tmp_path, name):
    """Random bytes under either name are no table."""
    (tmp_path / name).write_bytes(b"PK\x03\x04" + bytes(range(256)))
    with pytest.raises(InputError):
        plan_of_table(tmp_path / name)


NAMES = [name for column in COLUMNS for name in (*column.names, column.path)]
PIECES = st.lists(st.sampled_from([*NAMES, "\n", ",", "3", "a", '"', "-"])).map("".join)


def test_a_packed_bomb_is_not_unpacked(tmp_path):
    """A small file that would unfold into a huge one is refused by its own account."""
    with ZipFile(tmp_path / "plan.xlsx", "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b" " * (MOST_UNPACKED + 1))
    with pytest.raises(InputError) as caught:
        plan_of_table(tmp_path / "plan.xlsx")
    assert "larger than 20 MB" in str(caught.value)


@examples(80)
@given(st.text(max_size=200) | PIECES)
def test_any_text_is_a_plan_or_faults(text):
    """Whatever is pasted: a plan that can be written to a file, or faults in both languages."""
    reported: list[str] = []
    try:
        plan = plan_of_cells(text).plan
    except InputError as error:
        reported = [Words(lang).faults(error) for lang in ("en", "zh")]
    assert all(reported) if reported else read_text(text_for(Case(plan))).plan == plan


def test_an_id_with_a_space_names_its_row():
    """What cannot be an id is the row's code, next to ids and rows without one; one row each."""
    text = "id,name,weeks,needs\na b,Oven,2,\nshop,Shop,3,A b\n,Fair,1,shop; a b\n"
    needs = {m.name: m.needs for m in plan_of_cells(text).plan.milestones}
    assert needs == {"Oven": (), "Shop": ("oven",), "Fair": ("shop", "oven")}
    said = "the id 'A b' is taken since line 2; choose another"
    assert faults(text.replace("\n,Fair", "\nA b,Fair")) == [(4, "A4 (id)", said)]


def test_no_name_stands_for_two_columns():
    """Each English and Chinese name of a column is its own."""
    found = {name.casefold() for name in NAMES}
    assert len(found) == sum(len({n.casefold() for n in (*c.names, c.path)}) for c in COLUMNS)


def test_a_cell_with_a_plus_adds_to_what_stands_there():
    """`+1700` in a column of what a milestone gives is more of it; 1700 is the new value."""
    read = plan_of_cells("name;cost;burn per week\nCook;+500;+1700\nHall;0;1700\n").plan
    cook, hall = read.milestones
    assert (cook.cost, cook.gives.burn_per_week, hall.gives.burn_per_week) == (500, "+1700", 1700)


def test_every_figure_that_a_milestone_gives_has_a_column():
    """By its key and by a header of people's own, in both languages; a sign adds to it."""
    named = {column.path.removeprefix("gives."): column.names for column in COLUMNS}
    assert set(STATE) <= set(named)
    for key in STATE:
        value = 2 if key in WHOLE else 0.25
        for name in (key, *named[key]):
            text = f"name,hours,{name}\nOpen,9,\nMore,9,+{value}\nGoal,9,{value}\n"
            more, goal = plan_of_cells(text).plan.milestones[1:]
            assert (getattr(more.gives, key), getattr(goal.gives, key)) == (f"+{value}", value)
    less = plan_of_cells("name,price\nLess,-5\n").plan.milestones[0]
    assert less.gives is not None
    assert less.gives.price == "-5"


def test_a_table_in_hours_takes_a_working_week_and_says_so():
    """No cell can say how many hours there are: the plan plays, and asks for the founder's own."""
    read = plan_of_cells("name,hours\nOpen,90\n")
    assert (read.plan.hours_per_week, read.plan.milestones[0].hours) == (40, 90)
    assert any("40 are taken" in str(note) for note in read.notes)


def test_a_rent_is_no_churn_and_a_date_no_week():
    """What is alike in “per month” alone is left aside; a date asks for the number of the week."""
    text = "name,max attempts,rent per month\nOpen,3,1900\n"
    assert plan_of_cells(text).plan.milestones[0].attempts == 3
    (fault,) = faults("name,deadline\nOpen,30 June 2028\n")
    assert "write the number of the week" in fault[2]
