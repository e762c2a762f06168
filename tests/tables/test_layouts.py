"""Tables as people lay them out: what is read, what is left aside and said, what is refused."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from workbook.cases.table import PlanOfTable, plan_of_cells, plan_of_table
from workbook.errors import InputError
from workbook.reports.class_list import tasks_of
from workbook.reports.task import Settings
from workbook.words import Words

HEAD = ["name", "weeks", "cost", "pass rate"]
A, B = ["A", 2, 300, 0.5], ["B", 3, 400, 0.6]


@pytest.fixture
def excel(tmp_path):
    """The plan of an Excel file with these rows, number formats and edits."""

    def excel(*rows, formats=(), edit=lambda book, sheet: None):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for cell, code in dict(formats).items():
            book.active[cell].number_format = code
        edit(book, book.active)
        book.save(tmp_path / "plan.xlsx")
        return plan_of_table(tmp_path / "plan.xlsx")

    return excel


def names(found: PlanOfTable) -> list[str]:
    return [str(milestone.name) for milestone in found.plan.milestones]


def notes(found: PlanOfTable) -> str:
    """Everything that is reported, in English; the Chinese must be there, too."""
    assert all(Words("zh").message(note) for note in found.notes)
    return " ".join(map(Words("en").message, found.notes))


def reported(call, *arguments, **more) -> str:
    with pytest.raises(InputError) as caught:
        call(*arguments, **more)
    assert Words("zh").faults(caught.value)
    return Words("en").faults(caught.value)


TOTALS = [
    *("Total", "TOTAL:", "Summe", "Gesamtkosten", "合计", "合計", "小计", "Итого", "Razem"),
    *("Total cost", "Project total", "总成本（元）", "Gesamtaufwand", None),
]


@pytest.mark.parametrize("label", TOTALS)
def test_a_row_that_adds_up_the_others_is_no_milestone(excel, label):
    """Whatever it is called, and where it has no name: its figures are the sums."""
    found = excel(HEAD, A, B, [label, 5, 700, None])
    assert names(found) == ["A", "B"]
    assert found.plan.goal == "b"
    assert "Row 4" in notes(found)


def test_a_row_that_adds_up_its_own_part_is_no_milestone(excel):
    """Each total sums the rows since the last one; one that does not is read, and said."""
    found = excel(HEAD, A, B, ["Total phase 1", 5, 700], ["C", 1, 9, 0.5], ["D", 1, 1, 0.5],
                  ["Total phase 2", 2, 10], ["Total of one", 2, 77])  # fmt: skip
    assert names(found) == ["A", "B", "C", "D", "Total of one"]
    for piece in ("Row 4", "Row 7", "Row 8 (“Total of one”) is called a total"):
        assert piece in notes(found)


def test_rows_that_head_others_by_their_numbers_are_left_out(excel):
    """A phase of MS Project counts its tasks a second time; what waits for it waits for them."""
    found = excel(["WBS", "Task Name", "Duration", "After"], ["1", "Phase", "5w"],
                  ["1.1", "A", "2w"], ["1.2", "B", "3w", "1.1"], ["2", "C", "1w", "1"])  # fmt: skip
    assert names(found) == ["A", "B", "C"]
    assert [m.needs for m in found.plan.milestones] == [(), ("a",), ("b",)]
    assert "left out; what waited for one waits for the last of its rows: “Phase”" in notes(found)
    assert "head others" not in notes(excel(["No.", *HEAD], ["1", *A], ["2", *B]))


def test_figures_that_are_missing_are_said(excel):
    """One week, no cost and a sure pass are taken, and it is said of which rows."""
    said = notes(excel(HEAD, A, ["Then this"], B))
    assert "1 week: “Then this”" in said
    assert "as 0: “Then this”" in said
    assert "sure to pass: every milestone" in notes(plan_of_cells("name,weeks\nA,1\nB,2\n"))


@pytest.mark.parametrize("label", ["Total rebrand", "C", "Summarise"])
def test_a_milestone_is_no_total_for_its_name_or_its_figures_alone(excel, label):
    """1, 2 and 3 weeks are three milestones; where figures are sums, it is said."""
    found = excel(HEAD, A, B, [label, 1, 1000, None])
    assert names(found) == ["A", "B", label]
    sums = excel(HEAD[:3], A[:3], B[:3], ["C", 5, 700])
    assert names(sums) == ["A", "B", "C"]
    assert "holds the sums" in notes(sums)


def test_titles_headings_and_remarks_are_left_aside_and_said(excel):
    """Above the header, inside the table, and below it."""
    found = excel(["Our plan"], [], HEAD, ["Phase 1"], A, ["Subtotal", 2, 300], ["Phase 2"], B, [],
                  ["Source: our shop"])  # fmt: skip
    assert names(found) == ["A", "B"]
    for piece in ("“Our plan”", "“Phase 1” and “Phase 2”", "“Source: our shop”", "Row 6"):
        assert piece in notes(found)


def test_a_name_alone_in_its_row_is_a_milestone(excel):
    """Figures may come later; what only looks like a heading is no heading."""
    assert names(excel(HEAD, A, ["Then this"], B)) == ["A", "Then this", "B"]


def test_hidden_rows_columns_and_sheets_are_left_out_and_said(excel):
    """Each is named, so that nobody misses it."""

    def hide(book, sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book.create_sheet("Last year").sheet_state = "hidden"

    found = excel(HEAD, A, B, ["C", 1, 1, 0.5], edit=hide)
    assert names(found) == ["A", "C"]
    assert found.plan.milestones[0].cost == 0
    for piece in ("3 (B)", "C (cost)", "hidden: Last year"):
        assert piece in notes(found)


def test_the_open_sheet_is_read_unless_another_has_the_headers(excel):
    """Which one is said, with the others."""

    def more(book, sheet):
        other = book.create_sheet("Plan")
        for row in (HEAD, A, B):
            other.append(row)

    assert names(excel(["item", "paid"], ["rent", 5], edit=more)) == ["A", "B"]
    kept = excel(HEAD, A, edit=more)
    assert names(kept) == ["A"]
    assert "not Plan" in notes(kept)


def test_cells_merged_over_rows_count_for_each(excel):
    """Over columns, or in the column of names, they are refused with what to do."""
    found = excel(HEAD, A, ["B", 3, None, 0.6], edit=lambda _, sheet: sheet.merge_cells("C2:C3"))
    assert [milestone.cost for milestone in found.plan.milestones] == [300, 300]
    assert "merged over the rows 2 to 3" in notes(found)
    for cells in ("A2:A3", "B2:C2"):
        said = reported(
            excel, HEAD, A, B, edit=lambda _, sheet, cells=cells: sheet.merge_cells(cells)
        )
        assert "take the merge off" in said


def test_rows_without_height_are_hidden_and_those_struck_through_are_said(tmp_path, excel):
    """What a person does not see is left out; what is crossed out may be done or given up."""

    def strike(book, sheet):
        sheet["A3"].font = Font(strike=True)

    assert "struck through are read like the others: 3 (B)" in notes(excel(HEAD, A, B, edit=strike))
    with ZipFile(tmp_path / "plan.xlsx") as packed, ZipFile(tmp_path / "low.xlsx", "w") as low:
        for part in packed.namelist():
            low.writestr(part, packed.read(part).replace(b'<row r="3"', b'<row ht="0" r="3"'))
    found = plan_of_table(tmp_path / "low.xlsx")
    assert names(found) == ["A"]
    assert "left out: 3 (B)" in notes(found)


def test_a_header_may_take_two_rows_and_a_table_may_stand_beside(excel):
    """Names over the units count; a second table behind an empty column is left aside and said."""
    [one] = excel(["name", "Effort", None], [None, "weeks", "cost"], A[:3]).plan.milestones
    assert (one.name, one.weeks, one.cost) == ("A", 2, 300)
    found = excel([*HEAD, None, "item", "amount"], [*A, None, "rent", 5])
    assert names(found) == ["A"]
    assert "second table begins in column F" in notes(found)


def test_weeks_are_counted_from_days_where_no_lengths_are_given(excel):
    """As project tools export them, both days counted; beside lengths they are left aside."""
    days = date(2026, 2, 2), date(2026, 2, 15)
    found = excel(["Task", "Start", "Due Date"], ["A", *days], ["B", "2026-02-16", "2026-03-01"])
    assert [milestone.weeks for milestone in found.plan.milestones] == [2, 2]
    assert "C2 (Due Date): 2026-02-02 to 2026-02-15, both days counted = 2 weeks" in notes(found)
    assert "Days are left aside" in notes(excel(["Task", "Weeks", "Start"], ["A", 3, days[0]]))
    said = reported(
        plan_of_cells, "Task,Start,Finish\nA,02/03/2026,2026-03-09\nB,2026-03-05,2026-03-01\n"
    )
    assert "line 2  B2 (Start): '02/03/2026' can be" in said
    assert "line 3  C3 (Finish): 2026-03-01 is before 2026-03-05" in said


SHOWN = [
    (150_000, '0,"k"', 150_000, "150k"),
    (150, '0"k"', 150_000, "150k"),
    (12, '0"万"', 120_000, "12万"),
    (120_000, '0!.0,"万"', 120_000, "12.0万"),
    (1_200_000, '0.0,,"m"', 1_200_000, "1.2m"),
    (1234.5, '_-* #,##0.00 "€"_-', 1234.5, ""),
    (1200, '[$¥-804]#,##0.00', 1200, ""),
    (1200, '#,##0;[Red](#,##0)', 1200, ""),
    (1200, '[$€-407]#,##0.00', 1200, "in EUR"),
    (1200, '[$¥-411]#,##0', 1200, "in JPY"),
    (1200, '_("$"* #,##0_);_("$"* (#,##0)', 1200, "in USD"),
    (400, ';;;', 400, "shows “” holds 400"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "meant", "seen"), SHOWN)
def test_a_number_is_read_as_what_its_format_shows(excel, value, code, meant, seen):
    """And what a person saw is said where that is not the number in the cell."""
    found = excel(HEAD, ["A", 2, value, 0.5], formats={"C2": code})
    assert found.plan.milestones[0].cost == meant
    assert seen in notes(found)


def test_lengths_and_shares_in_formats_are_read(excel):
    """`3 months` by its format, and a percentage by its own."""
    formats = {"B2": '0" months"', "D2": "0%"}
    [milestone] = excel(HEAD, ["A", 3, 5, 0.125], formats=formats).plan.milestones
    assert (milestone.weeks, milestone.pass_rate) == (13, 0.125)


CELLS = [
    ("=1+1", "has no value yet"),
    ("#REF!", "holds the error #REF!"),
    ("#N/A", "holds the error #N/A"),
    (True, "no length of time"),
    (date(2026, 3, 4), "is a date or a time of day"),
    (datetime(2026, 3, 4, 12), "is a date or a time of day"),
    (time(1, 30), "no length of time"),
    (-2, "too little"),
    ("2-4-8-9", "no range"),
]


@pytest.mark.parametrize(("cell", "why"), CELLS)
def test_a_cell_that_is_no_figure_is_refused_at_its_place(excel, cell, why):
    """By row, cell and header."""
    said = reported(excel, HEAD, ["A", cell, 5, 0.5])
    assert "line 2  B2 (weeks)" in said
    assert why in said


def test_a_duration_of_days_is_a_length(excel):
    """What Excel holds as [h]:mm is hours; of a day and more, days."""
    found = excel(HEAD, ["A", timedelta(days=14), 5, 0.5])
    assert found.plan.milestones[0].weeks == 2


def test_amounts_in_a_currency_make_it_the_plans(excel):
    """By a cell or by a header; two currencies are refused, and none leaves the plan's own."""
    assert plan_of_cells("name;cost\nA;€ 1.200,50\nB;30\n").plan.currency == "EUR"
    by_head = excel(["name", "Cost (k$)"], ["A", 5])
    assert (by_head.plan.currency, by_head.plan.milestones[0].cost) == ("USD", 5000)
    assert "in USD" in notes(by_head)
    assert "convert it" in reported(plan_of_cells, "name;cost\nA;€5\nB;$5\n")
    assert "currency" not in excel(HEAD, A).plan.model_fields_set


HEADS = {
    "Duration (months)": 13,
    "Duration in days": 0.43,
    "工期（月）": 13,
    "Dauer (Monate)": 13,
    "Est. duration [weeks]": 3,
    "durée (jours)": 0.43,
    "期間（週）": 3,
    "工期月": 13,
}


@pytest.mark.parametrize(("head", "weeks"), HEADS.items())
def test_a_headers_unit_counts(head, weeks):
    """In brackets or behind the name, in several languages."""
    assert plan_of_cells(f"name;{head}\nA;3\n").plan.milestones[0].weeks == weeks


FOREIGN = [
    "Vorgang;Kosten;Erfolgsquote;Vorgänger\nA;5;60%;\nB;6;0,5;1\n",
    "Tâche;Coût;Taux de réussite;Prédécesseurs\nA;5;60 %;\nB;6;50 %;1\n",
    "Tarea;Coste;Probabilidad;Depende de\nA;5;60%;\nB;6;0,5;A\n",
    "任務名稱;費用;成功率;前置任務\nA;5;60%;\nB;6;50%;1\n",
    "タスク名;費用;成功率;先行タスク\nA;5;60%;\nB;6;50%;1\n",
    "Задача;Стоимость;Вероятность;Зависит от\nA;5;60%;\nB;6;0,5;A\n",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_headers_of_other_languages_are_known(text):
    """The same plan, whichever country the table is from."""
    first, second = plan_of_cells(text).plan.milestones
    assert (first.cost, first.pass_rate, second.pass_rate, second.needs) == (5, 0.6, 0.5, ("a",))


def test_rows_as_ms_project_counts_them():
    """`1FS+3 days;2`: the rows are waited for, the lag is left aside and said; SS is refused."""
    found = plan_of_cells(
        "Task Name,Duration,Predecessors\nA,1 wk?,\nB,10 days,1\nC,3 ed,1FS+3 d;2"
    )
    assert found.plan.milestones[2].needs == ("a", "b")
    assert [milestone.weeks for milestone in found.plan.milestones] == [1, 2, 0.43]
    assert "1FS+3 d" in notes(found)
    assert "waits until another is reached" in reported(
        plan_of_cells, "Task Name,Predecessors\nA,\nB,1SS\n"
    )


@pytest.mark.parametrize(
    ("header", "needed"),
    [("Caf\u0113", "cafe\u0304"), ("Find\u200b site", "find site"), ("Ａ１", "a1"),
     ("Find site", "Find site (https://notion.so/x?pvs=21)"), ("\u202bA\u202c", "A")],
)  # fmt: skip
def test_a_name_is_found_whatever_a_person_cannot_see(header, needed):
    """Composed letters, width, case, unseen signs, the address behind a name of Notion."""
    first, second = plan_of_cells(f"na\u200bme,needs\n{header},\nB,{needed}\n").plan.milestones
    assert second.needs == (first.id,)


EXPORTS = {
    "asana": """\
Task ID,Created At,Name,Assignee,Start Date,Due Date,Tags,Parent task,Blocked By (Dependencies)
1,2026-01-02,A,,2026-02-02,2026-02-15,,,
2,,B,,2026-02-16,2026-03-01,,,A
""",
    "trello": """\
Card ID,Card Name,Card URL,Labels,Due Date,List Name
x,A,u,,,To Do
y,B,u,,,To Do
""",
    "notion": """\
Name,Status,Date,Blocked by
A,Done,x,
B,Next,y,A (https://notion.so/x)
""",
    "ms project": """\
ID,Active,Task Mode,Name,Duration,Start,Finish,Predecessors,Successors
1,Yes,Auto,A,10 days,Mon 02/02/26,Fri 13/02/26,,2
2,Yes,Auto,B,3 days?,,,1FS+2d,
""",
    "aligned": """\
name    weeks   cost
A       2       300
B       3       400
""",
}


@pytest.mark.parametrize("tool", EXPORTS)
def test_an_export_is_read_although_it_has_columns_of_its_own(tool):
    """`Start Date` is no misspelt `start week`, and `Status` no `seats`."""
    found = plan_of_cells(EXPORTS[tool])
    assert names(found) == ["A", "B"]
    assert found.plan.milestones[1].needs == ("a",)


def test_names_with_signs_are_found_whole():
    """A comma, a plus or a stroke in a name parts nothing where the whole name is known."""
    text = 'name,needs\n"Tea, coffee",\nA+B,\nR/D,"Tea, coffee, A+B"\nGo,R/D and A+B\n'
    tea, plus, both, go = plan_of_cells(text).plan.milestones
    assert set(both.needs) == {tea.id, plus.id}
    assert set(go.needs) == {both.id, plus.id}


@pytest.mark.parametrize(
    "text",
    ["- A\n- B, or so\n", "1. A\n2. B, or so\n", "A\nB, or so\nC\n", "① A\n② B, or so\n",
     "一、A\n二、B, or so\n", "* [ ] A\n* [x] B, or so\n", "My plan:\n1) A\n2) B, or so\n"],
)  # fmt: skip
def test_a_plain_list_is_one_milestone_a_line(text):
    """With or without bullets and numbers; a comma parts nothing."""
    assert names(plan_of_cells(text))[:2] == ["A", "B, or so"]


BROKEN = [
    ("name,weeks,cost\nA,2,1,200\n", "more cells than there are columns"),
    ("name,weeks,cost\nA,1,000\n", "is one number in two cells"),
    ("name,A,B\nweeks,2,3\ncost,5,6\npass rate,0.5,0.6\n", "transpose the table"),
    ('name,cost\n"A,5\n', "quotation mark"),
    (f"name,cost\n{'A' * 200_000},5\n", "longer than"),
    (",".join(f"c{n}" for n in range(1_500)) + "\n", "more than 1,000 columns"),
    ("name,pass rate\nA,60\nB,0.5\n", "can be 50% or 0.5%"),
    ("name,cost (EUR)\nA,$5\n", "is in USD, and its column in EUR"),
    ("name,weeks\n<<<<<<< HEAD\nA,2\n=======\nA,3\n>>>>>>> x\n", "since a merge"),
]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_a_table_that_cannot_be_read_surely_is_refused(text, why):
    """In a sentence that says what to do."""
    assert why in reported(plan_of_cells, text)


def test_a_name_that_stands_twice_is_said():
    """Two rows of one name are two milestones, or a slip."""
    assert "“A” stands in rows 2 and 4" in notes(plan_of_cells("name\nA\nB\nA\n"))


FILES = [
    ("page.csv", b"<html><table></table></html>", "save it as .xlsx or as CSV"),
    ("page.csv", b"%PDF-1.4\n", "save it as .xlsx or as CSV"),
    ("data.csv", b'[{"name": "A"}]', "save it as .xlsx or as CSV"),
    ("old.csv", b"\xd0\xcf\x11\xe0" + bytes(99), "save it as .xlsx or as CSV"),
    ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(99), "protected by a password"),
    ("plan.ods", b"PK\x03\x04", "save it as .xlsx or as CSV"),
    ("plan.numbers", b"PK\x03\x04", "save it as .xlsx or as CSV"),
    ("plan.csv", b"name\nA\0B\n", "this is no text"),
    ("plan.csv", "name,note\nŁ,Żółć\nB,ü".encode() + b"\xff\n", "line 3"),
    ("plan.csv", b"", "the table is empty"),
]


@pytest.mark.parametrize(("name", "data", "why"), FILES)
def test_a_file_of_another_kind_is_refused_with_what_to_do(tmp_path, name, data, why):
    """By what it holds, whatever its name says."""
    (tmp_path / name).write_bytes(data)
    for read in (plan_of_table, lambda path: tasks_of(path, Settings())):
        assert why in reported(read, tmp_path / name)


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "nowhere"])
def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path, kind):
    """A pipe that nobody writes to, a folder, a link to itself, nothing at all."""
    path = tmp_path / "plan.csv"
    make = {"pipe": os.mkfifo, "folder": os.mkdir, "loop": lambda p: p.symlink_to(p)}
    make.get(kind, lambda p: None)(path)
    for read in (plan_of_table, lambda path: tasks_of(path, Settings())):
        assert "Traceback" not in reported(read, path)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8-sig", "utf-16-be", "utf-16-le", "utf-32", "cp932", "iso2022_jp", "euc_jp"],
)
def test_a_table_in_any_encoding_is_read(tmp_path, encoding):
    """What the file does not say is guessed from its letters."""
    (tmp_path / "plan.csv").write_bytes("name,weeks\n開店,2\n田中太郎,3\n".encode(encoding))
    assert names(plan_of_table(tmp_path / "plan.csv")) == ["開店", "田中太郎"]


def test_a_header_is_mapped_to_a_column_that_there_is(tmp_path):
    """`--map HEADER=COLUMN`; a column that nobody knows is refused, `-` leaves it aside."""
    path = tmp_path / "plan.csv"
    path.write_text("name,Time needed\nA,3\n", "utf-8")
    mapped = plan_of_table(path, given={"Time needed": "weeks"})
    assert mapped.plan.milestones[0].weeks == 3
    assert plan_of_table(path, given={"Time needed": "-"}).plan.milestones[0].weeks == 1
    assert "no column is called 'wks needed'" in reported(
        plan_of_table, path, given={"Time needed": "wks needed"}
    )
