"""Tables as project tools export them, with the headers and the cells that those tools write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.cases.table import PlanOfTable, plan_of_cells
from workbook.errors import InputError
from workbook.words import Words

MS_PROJECT = """\
ID,Task Mode,Task Name,Duration,Start,Finish,Predecessors,Resource Names,Outline Level
1,Auto Scheduled,Kickoff,0 days,Mon 1/5/26,Mon 1/5/26,,,1
2,Auto Scheduled,First part,1 mon,Mon 1/5/26,Fri 1/30/26,1,,1
3,Auto Scheduled,A,10 days,Mon 1/5/26,Fri 1/16/26,,Ann,2
4,Auto Scheduled,B,3 edays,Mon 1/19/26,Fri 1/23/26,3FS+2 days,Bob,2
5,Auto Scheduled,Second part,5 days,Mon 2/2/26,Fri 2/6/26,2,,1
6,Auto Scheduled,C,5 days?,Mon 2/2/26,Fri 2/6/26,,,2
7,Auto Scheduled,Done,0 days,Fri 2/6/26,Fri 2/6/26,6,,2
"""
EXPORTS = {
    "trello": """\
Card ID,Card Name,Card Description,Labels,Members,Due Date,Comment Count,List Name,Start Date
65a,A,"Ask, then",red,Ann (ann),2026-02-15T17:00:00.000Z,2,To Do,2026-02-02T17:00:00.000Z
65b,B,,,"Bob (bob), Ann (ann)",2026-03-01T17:00:00.000Z,0,To Do,2026-02-16T17:00:00.000Z
""",
    "jira": """\
Summary,Issue key,Issue id,Status,Due date,Time Spent,Inward issue link (Blocks),\
Outward issue link (Blocks),Custom field (Start date),Comment,Comment
A,CAF-1,10001,To Do,15/Feb/26 12:00 AM,,,CAF-2,02/Feb/26 12:00 AM,c1,c2
B,CAF-2,10002,To Do,01/Mar/26 12:00 AM,,CAF-1,,16/Feb/26 12:00 AM,c1,
""",
    "github": """\
Title\tURL\tAssignees\tMilestone\tEstimate\tStart date\tTarget date
A\thttps://github.com/o/r/issues/1\tann\tv1\t3\tFeb 2, 2026\tFeb 15, 2026
B\thttps://github.com/o/r/issues/2\tbob\tv1\t5\tFeb 16, 2026\tMar 1, 2026
""",
    "monday": """\
Launch,,,,,,
Group one,,,,,,
Name,Person,Timeline - Start,Timeline - End,Dependency,Duration,Budget
A,Ann,2026-02-02,2026-02-15,,14,1000
B,Bob,2026-02-16,2026-03-01,A,14,2500
,,2026-02-02,2026-03-01,,28,3500
""",
    "notion": """\
Name,Assign,Date,Blocked by
A,Ann,"February 2, 2026 → February 15, 2026",
B,Bob,"February 16, 2026 → March 1, 2026",A (https://www.notion.so/A-1a?pvs=21)
""",
    "gantt project": """\
ID,Name,Begin date,End date,Duration,Completion,Predecessors,Outline number
0,A,2/2/26,2/13/26,10,0,,1
2,B,2/16/26,2/27/26,10,0,0-FS=P2D,2
""",
    "smartsheet": """\
Task Name,Duration,Start,Finish,Predecessors,% Complete,Assigned To
A,10d,02/02/26,02/13/26,,0%,Ann
B,~2w,02/16/26,02/27/26,1FS +2d,0%,Ann
""",
    "airtable": """\
Name,Assignee,Start date,Deadline
A,Ann,13/2/2026,26/2/2026
B,Ann,2/3/2026,15/3/2026
""",
    "飞书": """\
任务描述,负责人,开始日期,截止日期,工期,前置任务,完成百分比
A,张三,2026/02/02,2026/02/15,10个工作日,,30%
B,李四,2026/02/16,2026/03/01,2周,A,0%
""",
    "钉钉": """\
任务ID,标题,任务类型,执行者,开始时间,截止时间,完成时间,创建时间,前置任务
TB-1,A,任务,张三,2026-02-02 09:00,2026-02-15 18:00,,2026-01-02 09:00,
TB-2,B,任务,李四,2026-02-16 09:00,2026-03-01 18:00,,2026-01-02 09:00,TB-1
""",
}


def weeks(found: PlanOfTable) -> list[object]:
    return [milestone.weeks for milestone in found.plan.milestones]


def notes(found: PlanOfTable) -> str:
    assert all(Words("zh").message(note) for note in found.notes)
    return " ".join(map(Words("en").message, found.notes))


def reported(text: str) -> str:
    with pytest.raises(InputError) as caught:
        plan_of_cells(text)
    return Words("en").faults(caught.value)


@pytest.mark.parametrize("tool", EXPORTS)
def test_an_export_gives_names_lengths_and_what_waits_for_what(tool):
    """Two weeks each, the second after the first, whatever other columns the tool writes."""
    found = plan_of_cells(EXPORTS[tool])
    first, second = found.plan.milestones
    assert (first.name, second.name, second.needs) == ("A", "B", (first.id,))
    assert weeks(found) == [2, 2]


def test_a_file_of_ms_project_keeps_its_chain_without_marks_and_heads():
    """Part 2 waits for part 1, so its first row waits for the last of part 1; marks vanish."""
    found = plan_of_cells(MS_PROJECT)
    a, b, c = found.plan.milestones
    assert (a.needs, b.needs, c.needs, found.plan.goal) == ((), ("a",), ("b",), "c")
    assert weeks(found) == [2, 0.43, 1]
    for piece in ("“First part” and “Second part”", "“Kickoff” and “Done”", "Shorter than a week"):
        assert piece in notes(found)


def test_without_a_column_of_needs_the_rows_that_head_others_are_no_link_of_the_chain():
    """Each milestone waits for the one above it, through the heads."""
    found = plan_of_cells("Task,Level\nP,1\nA,2\nQ,1\nB,2\nC,2\n")
    assert [m.needs for m in found.plan.milestones] == [(), ("a",), ("b",)]


def test_a_length_of_0_stays_a_fault_where_something_is_tried():
    """A mark costs nothing and is sure to pass; what many wait for at once is no mark either."""
    for row in ("B,0,5,,A", "B,0,,50%,A"):
        said = reported(f"name,weeks,cost,pass rate,needs\nA,1,,,\n{row}\nC,1,,,B\n")
        assert "line 3  B3 (weeks): 0 is too little" in said
    assert "too little" in reported("name,weeks,needs\nA,0,\n")
    assert "wait for each other" in reported("name,weeks,needs\nA,0,B\nB,0,A\nC,1,A\n")


@pytest.mark.parametrize(
    ("text", "lengths", "said"),
    [
        ("Task,Duration\nA,10\nB,5\n", [10, 5], "no unit is written"),
        ("任务,工期\nA,10\nB,5\n", [10, 5], "no unit is written"),
        ("Task,Weeks\nA,10\nB,5\n", [10, 5], ""),
        ("任务,工期（天）\nA,14\nB,7\n", [2, 1], ""),
        ("Task,Duration,Start,End\nA,10,2026-02-02,2026-02-13\nB,5,2026-02-16,2026-02-20\n",
         [2, 1], "read as working days"),
        ("Task,Duration,Start,End\nA,14,2026-02-02,2026-02-15\nB,7,2026-02-16,2026-02-22\n",
         [2, 1], "read as days"),
        ("Task,Duration,Start,End\nA,2,2026-02-02,2026-02-15\nB,1,2026-02-16,2026-02-22\n",
         [2, 1], "read as weeks, as"),
        ("Task,Duration,Start,End\nA,2,2026-02-02,2026-02-15\nB,9,2026-02-16,2026-02-22\n",
         [2, 9], "no unit is written"),
    ],
)  # fmt: skip
def test_numbers_without_a_unit_are_read_as_the_days_beside_them_show(text, lengths, said):
    """10 under `Duration` is 10 weeks only if nothing shows days, and then it is said."""
    found = plan_of_cells(text)
    assert weeks(found) == lengths
    assert said in notes(found)
    assert said or "unit" not in notes(found)


def test_what_is_still_open_is_empty_and_said():
    """`TBD` is no figure and no fault; each such cell is named."""
    found = plan_of_cells("Milestone,Duration,Cost,Chance\nA,TBD,?,n/a\nB,2 weeks,待定,50%\n")
    assert [(m.weeks, m.cost, m.pass_rate) for m in found.plan.milestones] == [
        (1, 0, None), (2, 0, 0.5)
    ]  # fmt: skip
    assert "still open: B2 (Duration), C2 (Cost), D2 (Chance) and C3 (Cost)" in notes(found)
    assert "soon" in reported("name,weeks\nA,soon\n")


def test_links_other_than_finish_to_start_are_refused_in_several_languages():
    """A milestone waits until another is reached; the sentence says which number to keep."""
    for link in ("1SS+50%", "1FF-1 day", "1AA", "1DD", "1НН", "1-SS"):
        said = reported(f"Task,Predecessors\nA,\nB,{link}\n")
        assert f"B3 (Predecessors): '{link}'" in said
        assert "write 1 alone" in said


@pytest.mark.parametrize(
    ("link", "said"), [("1-2", "write each: 1, 2"), ("1 to 2", "write each: 1, 2"), ("1+2", "")]
)
def test_numbers_of_rows_with_a_sign_between_are_no_waiting_time(link, said):
    """`1-2` was row 1 with 2 of nothing taken off; `1+2` names both rows."""
    text = f"Task,Predecessors\nA,\nB,\nC,{link}\n"
    if said:
        assert said in reported(text)
    else:
        assert plan_of_cells(text).plan.milestones[2].needs == ("a", "b")
    assert plan_of_cells("Task,Predecessors\nA,\nB,1+2d\n").plan.milestones[1].needs == ("a",)


@pytest.mark.parametrize(
    ("head", "weeks_of_14"),
    [("Days", 2), ("Months", 60.67), ("天数", 2), ("月数", 60.67),
     ("Estimated days", 2), ("Weeks", 14), ("周数", 14), ("每次周数", 14)],
)  # fmt: skip
def test_a_header_that_is_a_unit_is_the_unit_of_its_numbers(head, weeks_of_14):
    """14 under `Days` is two weeks, not fourteen; and nothing is left to ask."""
    found = plan_of_cells(f"Task,{head}\nA,14\n")
    assert weeks(found) == [weeks_of_14]
    assert "no unit" not in notes(found)


def test_a_header_mapped_to_days_counts_days(tmp_path):
    """`--map Estimate=days` names the unit as well."""
    from workbook.cases.table import plan_of_table

    path = tmp_path / "estimates.csv"
    path.write_text("Title,How long\nA,14\n", "utf-8")
    assert weeks(plan_of_table(path, given={"How long": "days"})) == [2]
    assert weeks(plan_of_table(path, given={"How long": "weeks"})) == [14]
    path.write_text("Title,Working days\nA,10\n", "utf-8")
    assert weeks(plan_of_table(path, given={"Working days": "days"})) == [2]
    assert "no unit is written" in notes(plan_of_cells("任务,周期\n甲,10\n"))


def test_every_column_of_links_counts():
    """Jira writes one column for each link of an issue, all with one header."""
    text = "Summary,Issue key,{0},{0}\nA,K-1,K-2,K-3\nB,K-2,K-3,\nC,K-3,,\n"
    found = plan_of_cells(text.format("Outward issue link (Blocks)"))
    assert [m.needs for m in found.plan.milestones] == [(), ("K-1",), ("K-1", "K-2")]


def test_links_in_brackets_are_the_names_in_them():
    """As ClickUp exports them: `[]` is nothing, `[a1, a2]` two."""
    text = 'Task ID,Task Name,waiting on\na1,A,[]\na2,B,[]\na3,C,"[a1, a2]"\n'
    assert plan_of_cells(text).plan.milestones[2].needs == ("a1", "a2")


@pytest.mark.parametrize(("head", "kept", "out"), [("Archived", "false", "true"),
                                                   ("Active", "Yes", "No")])  # fmt: skip
def test_rows_that_their_tool_leaves_out_are_left_out_and_said(head, kept, out):
    """An archived card of Trello, a task of MS Project that is not active."""
    found = plan_of_cells(f"Name,{head},Weeks\nA,{kept},1\nOld,{out},5\nB,{kept},2\n")
    assert weeks(found) == [1, 2]
    assert f"“{head}” says so: “Old”" in notes(found)
    assert weeks(plan_of_cells(f"Name,{head},Weeks\nA,maybe,1\n")) == [1]


def test_a_column_that_resembles_a_code_or_a_note_is_left_aside():
    """`Numbers`, as Monday has it, is no misspelt `number` of the rows."""
    assert weeks(plan_of_cells("Name,Weeks,Numbers\nA,1,5\n")) == [1]


def test_yen_and_yuan_are_distinguished_or_asked():
    """In a Japanese table ¥ is asked, in an English one said; a header or 円 decides."""
    for amount in ("¥120000", "￥3万"):
        assert "can be CNY or JPY" in reported(f"タスク名,期間,コスト\n聞く,2週,{amount}\n")
    for head, amount in (("コスト (JPY)", "¥9"), ("コスト（円）", "9"), ("コスト", "9円")):
        assert plan_of_cells(f"タスク名,{head}\n聞く,{amount}\n").plan.currency == "JPY"
    assert "if it is yen" in notes(plan_of_cells("Task,Cost\nA,¥1200\n"))
    for text in ("任务,费用\n甲,¥1200\n", "Task,Cost\nA,1200元\n", "Task,Cost (CNY)\nA,¥1200\n"):
        found = plan_of_cells(text)
        assert (found.plan.currency, "yen" in notes(found)) == ("CNY", False)


@pytest.mark.parametrize(
    "heads",
    [
        ("Optimistic (weeks)", "Most likely (weeks)", "Pessimistic (weeks)"),
        ("Min weeks", "Likely weeks", "Max weeks"),
        ("Weeks - low", "Weeks - likely", "Weeks - high"),
        ("乐观工期（周）", "最可能工期（周）", "悲观工期（周）"),
        ("Best case (weeks)", "Duration (weeks)", "Worst case (weeks)"),
    ],
)
@given(st.lists(st.decimals(1, 99, places=1), min_size=3, max_size=3).map(sorted))
def test_three_columns_are_the_range_that_one_cell_would_be(heads, figures):
    """What stands in three columns reads as the same figures with bars between do."""
    low, likely, high = figures
    three = plan_of_cells(f"Task,{','.join(heads)}\nA,{low},{likely},{high}\n")
    one = plan_of_cells(f"Task,weeks\nA,{low} / {likely} / {high}\n")
    assert weeks(three) == weeks(one)
    assert "low, likely and high" in notes(three)


def test_a_range_in_columns_may_be_money_and_may_have_gaps():
    """Min and max alone have their middle; a likely figure alone is one; half a range is asked."""
    text = "Task,Cost min,Cost max,Optimistic (days),Most likely (days),Pessimistic (days)\n"
    a, b = plan_of_cells(f"{text}A,100,200,7,14,28\nB,,,,14,\n").plan.milestones
    assert (a.cost, a.weeks, b.cost, b.weeks) == ((100, 150, 200), (1, 2, 4), 0, 2)
    assert "D2 (Optimistic (days)): a range takes both" in reported(f"{text}A,,,7,14,\n")
    assert "'5 / 3 / 8' is no range" in reported(f"{text}A,,,5,3,8\n")
    mixed = "Task,Optimistic (days),Most likely (weeks),Pessimistic (weeks)\nA,7,2,4\n"
    assert "B (Optimistic (days)): the columns of one range count in" in reported(mixed)
    alone = plan_of_cells("Task,Weeks,Max weeks\nA,2,5\n")
    assert weeks(alone) == [2]
    assert "takes both a low and a high figure: “Max weeks”" in notes(alone)


@pytest.mark.parametrize("head", ["Estimate", "Estimated time", "Original Estimate", "人天",
                                  "Estimate (days)", "工作量（人天）"])  # fmt: skip
def test_an_estimate_is_asked_where_nothing_else_says_how_long(head):
    """16 may be hours, days or points, so no milestone takes 16 weeks, or one, unasked."""
    assert "an estimate may count hours" in reported(f"Task,{head}\nA,16\n")
    days = f"Task,{head},Start,Due Date\nA,16,2026-02-02,2026-02-15\n"
    for text in (days, f"Task,{head},Weeks\nA,16,2\n"):
        found = plan_of_cells(text)
        assert (weeks(found), f"other columns say it: “{head}”" in notes(found)) == ([2], True)
    assert weeks(plan_of_cells(f"Task,#{head}\nA,16\n")) == [1]


def test_a_single_day_among_periods_is_asked():
    """Notion writes one day where no end was set; how long it takes nobody knows."""
    text = "Name,Date\nA,2026-02-02 → 2026-02-15\nB,2026-02-20\n"
    assert "B3 (Date): '2026-02-20' is no first and last day; write both" in reported(text)


def test_every_column_that_is_left_aside_is_named():
    """The ninth as well as the first."""
    aside = [f"Own {n}" for n in range(9)]
    said = notes(plan_of_cells(f"Task,Weeks,{','.join(aside)}\nA,1{',x' * 9}\n"))
    assert all(f"“{name}”" in said for name in aside)


def test_codes_of_rows_add_up_to_no_total():
    """K-3 is not the sum of K-1 and K-2."""
    found = plan_of_cells("Summary,Issue key,Weeks\nA,K-1,\nB,K-2,\nC,K-3,\n")
    assert "sums" not in notes(found)


@pytest.mark.parametrize("head", ["Successors", "Blocking", "后续任务"])
def test_what_a_milestone_enables_is_read_from_the_other_end(head):
    """In a table that says only what comes after each."""
    a, b, c = plan_of_cells(f'Task,{head}\nA,"B,C"\nB,C\nC,\n').plan.milestones
    assert (a.needs, b.needs, c.needs) == ((), ("a",), ("a", "b"))


def test_words_where_figures_would_be_are_left_aside_and_said():
    """`Members` may be people, `阶段` the user's own; a cost in words stays a fault."""
    found = plan_of_cells("name,members,阶段\nA,Ann (ann),一期\nB,Bob,二期\n")
    assert "words where figures would be: “members” and “阶段”" in notes(found)
    assert plan_of_cells("name,members\nA,20\n").plan.milestones[0].gives is not None
    assert "not a number" in reported("name,cost\nA,high\n")


@pytest.mark.parametrize("length", ["3 days 2 weeks", "2天1个月"])
def test_a_rising_length_is_asked_about(length):
    """A sum, or from three days to two weeks; `2 weeks 3 days` is a sum."""
    assert "can be" in reported(f"name,weeks\nA,{length}\n")
    assert weeks(plan_of_cells("name,weeks\nA,2 weeks 3 days\n")) == [2.43]


def test_the_order_of_day_and_month_is_that_of_the_whole_table():
    """13/02/2026 shows how 02/03/2026 is meant; where nothing shows it, each is asked about."""
    text = "Task,Start,End\nA,{},{}\nB,02/03/2026,08/03/2026\n"
    assert weeks(plan_of_cells(text.format("16/02/2026", "01/03/2026"))) == [2, 1]
    assert "can be 2026-02-03 or 2026-03-02" in reported(text.format("2026-02-16", "2026-03-01"))


def test_two_columns_of_one_meaning_are_mapped_one_by_one(tmp_path):
    """`Duration` stays when `Duration (Hours)` is left aside by --map, as the fault proposes."""
    from workbook.cases.table import plan_of_table

    path = tmp_path / "wrike.csv"
    path.write_text("Title,Duration,Duration (Hours)\nA,2w,80\n", "utf-8")
    with pytest.raises(InputError, match="mean the same"):
        plan_of_table(path)
    assert weeks(plan_of_table(path, given={"Duration (Hours)": "-"})) == [2]


def test_a_header_goes_on_in_the_row_below_a_merged_cell():
    """`Estimates` over weeks and cost; the names of the first row count for the other columns."""
    text = "Milestone,Estimates,,After\n,Weeks,Cost,\nA,2,100,\nB,3,5,A\n"
    first, second = plan_of_cells(text).plan.milestones
    assert (first.weeks, first.cost, second.needs) == (2, 100, ("a",))


def test_only_an_outline_heads_rows_by_its_numbers():
    """1, then 1.1; shares and weeks such as 1 and 1.1 are no outline."""
    assert "head others" in notes(plan_of_cells("WBS,Task\n1,P\n1.1,A\n1.2,B\n"))
    assert "head others" not in notes(plan_of_cells("Task,Weeks,Done\nP,1,0.3\nA,1.1,0\n"))


@pytest.mark.parametrize("length", ["2 sem", "2 sem.", "14 j", "2 sm"])
def test_lengths_in_the_short_words_of_other_editions_are_read(length):
    """As the French and the Spanish edition of MS Project write them."""
    assert weeks(plan_of_cells(f"Nom,Durée\nA,{length}\n")) == [2]
