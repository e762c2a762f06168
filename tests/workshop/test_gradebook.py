"""Grades: chosen and said before, never luck, and as the importers of other systems read them.

The readers below follow the rules of the importers themselves (docs/room.md names them): they are
written from those, and know nothing of how the file was made.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from classroom import FORK, entry, hand_in
from workbook.cli import main
from workbook.errors import InputError
from workbook.words import Words
from workbook.workshop import grading
from workbook.workshop.class_list import Member, missing, read_class_list
from workbook.workshop.collect import DESK, GRADED, PRIVATE, WALL, collect
from workbook.workshop.course import Course
from workbook.workshop.gradebook import gradebook
from workbook.workshop.grading import announce, announced, points
from workbook.workshop.hand_in import Stake, best_option, leading_options
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.rehearsed import Rehearsed

W = Words("en")
ALL = ("completion", "calibration", "cost")


def answer(n, own_id, **changes):
    made = entry(n).model_copy(update={"own_id": own_id, "plan": "", **changes})
    return answers([ReceivedFile(f"{n}", "counted", made.sealed())])[0]


class Canvas:
    """A course in Canvas: who is in it by number, SIS number and login, and what an import does."""

    def __init__(self, *people: tuple[int, str, str]) -> None:
        self.people = people

    def imported(self, text: str) -> tuple[dict[str, dict[int, str]], list[str], dict[str, float]]:
        rows = [row for row in csv.reader(StringIO(text)) if any(cell.strip(", ;") for cell in row)]
        head, *rows = rows
        assert len(head) > 3
        assert "Student" in head[0]
        assert "ID" in head[1]
        assert head[2:4] == ["SIS User ID", "SIS Login ID"]
        assert "Section" in head[4]
        titles = head[5:]
        possible, unknown = {}, []
        grades = {title: {} for title in titles}
        for row in rows:
            scores = dict(zip(titles, row[5:], strict=True))
            if "Points Possible" in row[0]:
                possible = {title: float(score) for title, score in scores.items()}
                continue
            who = self.found(*row[1:4])
            if who is None:
                unknown.append(row[0])
            for title, score in scores.items():
                if who is not None and score.strip():
                    grades[title][who] = score.strip()
        return grades, unknown, possible

    def found(self, number: str, sis: str, login: str) -> int | None:
        for place, value in enumerate((number, sis, login)):
            for person in self.people:
                if value and str(person[place]) == value:
                    return person[0]
        return None


def moodle_import(text: str, key: str, known: set[str]) -> dict[str, dict[str, float | None]]:
    """One unknown person fails the import; `-` is no grade; none above 100."""
    head, *rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert head[0].strip() == key
    grades = {title: {} for title in head[1:]}
    for row in rows:
        if not row[0]:
            continue
        assert row[0] in known, f"user mapping error: {row[0]}"
        for title, score in zip(head[1:], row[1:], strict=True):
            value = None if score.strip() == "-" else float(score)
            assert value is None or value <= 100
            grades[title][row[0]] = value
    return grades


def test_canvas_finds_everybody_and_their_points():
    """By SIS number or login, whichever the class typed; an empty cell changes nothing there."""
    course = Canvas((101, "S-1", "ann"), (102, "S-2", "bo"), (103, "S-3", "cy"))
    given = [answer(1, "S-1"), answer(2, "bo"), answer(3, "S-3", bets={})]
    book = gradebook("canvas", given, ALL, W)
    grades, unknown, possible = course.imported(book.text)
    assert unknown == []
    assert set(possible.values()) == {100.0}
    assert set(grades["Workshop: completion"]) == {101, 102, 103}
    assert set(grades["Workshop: calibration"]) == {101, 102}
    assert grades["Workshop: decisions"] == {}
    assert float(grades["Workshop: completion"][101]) == points(given[0], "completion")


def test_canvas_takes_its_own_class_list_back(tmp_path):
    """The export of its gradebook is a class list; everybody in it has a row, by its own number."""
    exported = tmp_path / "grades.csv"
    exported.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Quiz (7)\n"
        "    Points Possible,,,,,10\n"
        '"Ann, A",101,S-1,ann,One,3\n"Bo, B",102,S-2,bo,One,\n',
        "utf-8",
    )
    members = read_class_list(exported)
    assert [member.ids.get("sis_id") for member in members] == ["S-1", "S-2"]
    book = gradebook("canvas", [answer(1, "ANN"), answer(2, "S-9")], ("completion",), W, members)
    grades, unknown, _ = Canvas((101, "S-1", "ann"), (102, "S-2", "bo")).imported(book.text)
    assert (unknown, list(grades["Workshop: completion"])) == ([], [101])
    assert book.people == 2
    assert [W.message(why) for why in book.left_out] == [
        "Participant 2 named S-9, which is not in the class list"
    ]


@pytest.mark.parametrize(
    ("ids", "key"), [(("0017", "0018"), "ID number"), (("a@x.org", "b@x.org"), "Email address")]
)
def test_moodle_takes_the_file_whole(ids, key):
    """By ID number or address; nobody unknown is in it, for one would fail all."""
    members = [Member({"own_id": one}, "A name") for one in ids]
    given = [answer(1, ids[0]), answer(2, "nobody"), answer(3, "")]
    book = gradebook("moodle", given, ALL, W, members)
    grades = moodle_import(book.text, key, set(ids))
    assert grades["Workshop: completion"] == {
        ids[0]: points(given[0], "completion"),
        ids[1]: None,
    }
    assert len(book.left_out) == 2
    assert "Participant" not in book.text


def test_two_people_with_one_number_are_not_graded():
    """Neither gets the other's points: both are reported."""
    book = gradebook("csv", [answer(1, "S-1"), answer(2, " s-1 ")], ("completion",), W)
    assert book.people == 0
    assert len(book.left_out) == 2


def test_no_cell_is_a_formula():
    """A number or name that a spreadsheet would run is text in every gradebook."""
    for system in ("canvas", "moodle", "csv"):
        given = [answer(1, "=1+1", name="@SUM(A1)")]
        text = gradebook(system, given, ("completion",), W).text.removeprefix("\ufeff")
        cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
        assert "'=1+1" in cells


def test_grades_are_those_of_their_definitions(monkeypatch):
    """Steps done of six; one minus the squared miss; a hundred minus what the decisions cost."""
    assert points(answer(1, "x", bets={}, kill_line="", next_test=""), "completion") == 0
    assert points(answer(1, "x"), "completion") == round(100 * 4 / 6, 1)
    device = "ai-companion/sell-or-polish"
    assert best_option(device) == "device-alone"
    assert leading_options(FORK)[1:] != ()
    for fork, choice, sure, wanted in (
        (device, "device-alone", 1.0, 100.0),
        (device, "sell-at-once", 1.0, 0.0),
        (device, "sell-at-once", 0.5, 75.0),
        (FORK, leading_options(FORK)[1], 0.5, 100.0),
    ):
        one = answer(1, "x", bets={fork: Stake(choice=choice, confidence=sure)})
        assert points(one, "calibration") == wanted
    lived = Rehearsed("tea-stall", 3, (), "goal")
    for lost, wanted in ((0.0, 100.0), (-0.125, 87.5)):
        monkeypatch.setattr(grading, "cost", lambda one, lost=lost: lost)
        for fate in ("goal", "ruin"):
            one = replace(answer(1, "x"), rehearsal=replace(lived, fate=fate))
            assert points(one, "cost") == wanted
    assert points(answer(1, "x"), "cost") is None


def test_what_is_graded_is_announced_before_the_first_hand_in(tmp_path):
    """Nothing can be added once somebody has handed in; it can only become less. The wall and
    every gradebook say the same.
    """
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    with pytest.raises(InputError, match="nothing was announced"):
        collect(folder, out, W, course=Course(system="csv"))
    collect(folder, out, W, course=Course(graded=("calibration", "completion")))
    assert announced(out / GRADED) == ("completion", "calibration")
    assert "how much of the workshop is done" in (out / WALL).read_text("utf-8")
    hand_in(folder, entry(1).model_copy(update={"own_id": "S-1", "plan": ""}).sealed())
    with pytest.raises(InputError, match="cost cannot be graded any more"):
        collect(folder, out, W, course=Course(graded=ALL))
    assert announced(out / GRADED) == ("completion", "calibration")
    collect(folder, out, W, course=Course(graded=("completion",), system="csv"))
    text = (out / PRIVATE / "gradebook-csv.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "own number,name,Workshop: completion"
    other = tmp_path / "late"
    with pytest.raises(InputError):
        announce(other / "graded.json", ("completion",), True)


def test_who_has_not_handed_in_is_on_the_desk_and_nowhere_else(tmp_path, capsys):
    """From a plain list of numbers; the command says it, the wall does not."""
    folder, out, listed = tmp_path / "in", tmp_path / "out", tmp_path / "class.txt"
    listed.write_text("S-1\nS-2\nS-3\n", "utf-8")
    hand_in(folder, entry(1).model_copy(update={"own_id": "s-2", "plan": ""}).sealed())
    command = ["collect", str(folder), "--out", str(out), "--class-list", str(listed), "--json"]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == ["S-1", "S-3"]
    assert "S-3" in (out / DESK).read_text("utf-8")
    assert "S-3" not in (out / WALL).read_text("utf-8")


def test_a_class_list_in_chinese_from_a_spreadsheet(tmp_path):
    """学号 and 姓名 are columns as others are; zeros in front stay."""
    listed = tmp_path / "名单.csv"
    listed.write_text("学号,姓名\n007,王小明\n008,李雷\n", "gb18030")
    members = read_class_list(listed)
    assert [(m.ids["own_id"], m.name) for m in members] == [("007", "王小明"), ("008", "李雷")]
    assert missing(members, [answer(1, "007")]) == ["李雷"]


@pytest.mark.parametrize("text", ["", "colour,size\nred,4\n", "ID,name\nS-1,Ann\ns-1,Bo\n"])
def test_a_class_list_that_names_nobody_surely_is_refused(tmp_path, text):
    """Empty, without a number, or with one number twice: a sentence, no guess."""
    listed = tmp_path / "list.csv"
    listed.write_text(text, "utf-8")
    with pytest.raises(InputError):
        read_class_list(listed)


@pytest.mark.parametrize("graded", ["luck", "completion,fate", ""])
def test_luck_cannot_be_graded(tmp_path, capsys, graded):
    """There is no word for it; the command names the three that there are."""
    assert main(["collect", str(tmp_path), "--graded", graded]) == 2
    assert "calibration" in capsys.readouterr().err
