"""The rehearsal of a class: one luck for all, decisions on the wall, and nobody ranked."""

from __future__ import annotations

import json
from random import Random

import pytest

from classroom import entry, hand_in, wall_of
from workbook.coach import debrief
from workbook.errors import InputError
from workbook.lesson.programme import case_of
from workbook.lesson.progress import Progress
from workbook.rehearsal import replay
from workbook.words import Words
from workbook.workshop import facilitate, take_a_seat
from workbook.workshop import rehearsed as rehearsing
from workbook.workshop.collect import WALL, collect, wall_data
from workbook.workshop.debrief import questions
from workbook.workshop.hand_in import HandIn, read_hand_in
from workbook.workshop.inbox import ReceivedFile, answers
from workbook.workshop.kept import Kept
from workbook.workshop.page import wall_page, with_names
from workbook.workshop.panels import held_back
from workbook.workshop.place import comparison, read_wall
from workbook.workshop.rehearsed import cost, rehearsed
from workbook.workshop.wall import next_panels, wall

CASE, LUCK = "ai-companion", 7
PLAN = case_of(CASE).plan


def lived(ways):
    """The line of a rehearsal: each decision by one of these ways, the last one from then on."""
    position = replay(PLAN, f"{CASE} {LUCK}")
    while position.fate is None:
        way = ways[min(len(position.made), len(ways) - 1)]
        found = [move for move in position.moves if str(move).startswith(way)]
        position = position.after((found or position.moves)[0])
    return position.line


@pytest.fixture(scope="module")
def lines():
    """Three courses of one case on the same luck."""
    return [lived(["as-written"]), lived(["as-written", "stop"]), lived(["stop"])]


def class_of(lines, size):
    found = [
        entry(n).model_copy(update={"rehearsal": lines[n % len(lines)]}).sealed()
        for n in range(size)
    ]
    return answers(ReceivedFile(f"{n}.json", "counted", one) for n, one in enumerate(found))


@pytest.fixture(scope="module")
def twelve(lines):
    return class_of(lines, 12)


@pytest.fixture(scope="module")
def seen(twelve):
    return wall_of(twelve, Random(1))


@pytest.mark.thorough
def test_the_cost_is_the_debriefs(lines):
    """What the wall says a rehearsal's decisions cost is what its player was reported."""
    for line in lines[1:]:
        made, problem = rehearsed(line)
        assert problem is None
        assert cost(made) == pytest.approx(debrief(replay(PLAN, line), with_coach=False).cost)
    assert cost(rehearsed(lines[2])[0]) < -0.01


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_wall_shows_decisions_and_their_cost_and_no_ending(twelve, seen, lang):
    """Counts of moves, the spread of costs, the costliest decision: no name, line or fate."""
    rehearsal = seen.rehearsal
    assert rehearsal.people == 12 - held_back(12) == len(rehearsal.costs)
    assert set(rehearsal.moves) == {"stop"}
    assert (rehearsal.costliest.move, rehearsal.costliest.cost < 0) == ("stop", True)
    assert list(rehearsal.costs) == sorted(rehearsal.costs)
    w = Words(lang)
    page, data = wall_page(seen, w), json.dumps(wall_data(seen))
    assert w("The rehearsal: what you decided on the same luck") in page
    for answer in twelve:
        assert answer.person not in page + data
        assert answer.name not in page + data
    assert "fate" not in data


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_class_is_asked_about_its_costliest_decision(seen, lang):
    """In words, with the names of both moves."""
    asked = [with_names(question.ask, Words(lang)) for question in questions(seen)]
    assert any(Words(lang)("Stop here") in said for said in asked)
    assert not any("{" in said for said in asked)


def test_the_rehearsals_panel_obeys_the_rule_of_the_wall(lines):
    """Six show nothing; seven show five; two more change nothing."""
    assert wall_of(class_of(lines, 6), Random(1)).rehearsal is None
    panels = next_panels({}, class_of(lines, 7), Random(1))
    assert wall(panels).rehearsal.people == 5
    later = next_panels(panels, class_of(lines, 9), Random(1))
    assert later["rehearsal"] is panels["rehearsal"]


def test_what_everybody_decided_is_not_shown(lines):
    """A class that all stopped at once sees nothing of it: it would be everybody's answer."""
    shown = wall_of(class_of(lines[2:], 12), Random(1))
    assert shown.rehearsal is None
    assert "rehearsal" in shown.hidden


def test_other_luck_is_not_mixed_with_the_classs(lines, twelve, seen):
    """One who played on other luck is left out of the panel, and reported so in their own place."""
    other = lines[0].replace(f" {LUCK} ", f" {LUCK + 1} ", 1).split("#")[0].split()[:2]
    (alone,) = class_of([" ".join([*other, "stop"])], 1)
    assert alone.rehearsal.seed == LUCK + 1
    panels = next_panels({}, [*twelve[1:], alone], Random(1))
    assert alone.person not in panels["rehearsal"].said
    reported = [Words("en").message(message) for message in comparison(alone, seen)]
    assert any("other luck than the class" in said for said in reported)


def test_own_place_is_reported_by_the_cost_of_decisions(twelve, seen):
    """From the wall's data alone: how many decided at a higher cost, and who did likewise."""
    data = read_wall(json.dumps(wall_data(seen)).encode())
    best, worst = (
        [with_names(message, Words("en")) for message in comparison(twelve[n], data)]
        for n in (0, 1)
    )
    costs = data.rehearsal.costs
    above = sum(value > costs[0] for value in costs)
    assert any(f"the decisions of {above} cost more than yours" in said for said in best)
    assert any("the decisions of 0 cost more than yours" in said for said in worst)
    assert any("did this: “Stop here”" in said for said in worst)


@pytest.mark.parametrize(
    "line",
    [
        "<script>alert(1)</script>",
        "my-own-plan 7 stop",
        "../../etc/passwd 7 stop",
        "stop",
        f"{CASE} 7 as-written",
        f"{CASE} 7 stop stop",
        f"{CASE} 7 take:nothing=here",
        f"{CASE} 7 stop #ffffff",
        f"{CASE} {'9' * 4000} stop",
        f"{CASE} 7 " + "wait " * 61,
        f"{CASE} 7 " + "wait " * 20_000,
    ],
)
def test_a_hostile_or_foreign_line_is_reported_and_the_rest_counts(tmp_path, lines, line):
    """A sentence on the facilitator's desk; bets and chain of the same hand-in count."""
    hand_in(tmp_path / "in", entry(1).model_copy(update={"rehearsal": line}).sealed())
    hand_in(tmp_path / "in", entry(2).model_copy(update={"rehearsal": lines[2]}).sealed())
    found = collect(tmp_path / "in", tmp_path / "out", Words("zh"))
    reported, good = found.answers
    assert reported.rehearsal is None
    assert reported.chain is not None
    assert reported.bets
    assert "{" not in Words("zh").message(reported.rehearsal_problem)
    assert good.rehearsal is not None
    assert "<script>alert" not in (tmp_path / "out" / WALL).read_text("utf-8")


def test_an_old_hand_in_still_counts():
    """A file of a version without rehearsals keeps its receipt, and is whole."""
    old = {key: value for key, value in json.loads(entry(1).text()).items() if key != "rehearsal"}
    back = read_hand_in(json.dumps(old).encode(), "old.json")
    assert back.whole
    assert back.rehearsal == ""
    changed = HandIn.model_validate(old | {"rehearsal": "x"})
    assert not changed.whole


def test_everybody_has_the_luck_that_the_facilitator_names(tmp_path, monkeypatch):
    """Every seat begins at the same position, also when somebody begins again."""
    shown = facilitate("en", 60, alive=False).rehearsal(CASE, LUCK).render()
    assert f"{CASE} {LUCK}" in shown
    for name in ("one", "two"):
        monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / name))
        sitting = take_a_seat("en").rehearse(f"{CASE} {LUCK}").sitting
        sitting.carry_out({"do": "begin"})
        sitting.carry_out({"do": "again"})
        assert sitting.position.line == replay(PLAN, f"{CASE} {LUCK}").line
    with pytest.raises(InputError, match="tea-stall"):
        take_a_seat("en").rehearse("no-such-case 7")
    with pytest.raises(InputError, match="names no case and no luck"):
        take_a_seat("en").rehearse(CASE)
    with pytest.raises(InputError, match="not a seed"):
        facilitate("en", 60, alive=False).rehearsal(CASE, -1)


def test_the_first_finished_rehearsal_is_handed_in(tmp_path, monkeypatch):
    """Not a later one, which knew the cards; a team's names stay at its seat; two at one computer
    are two.
    """
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    seat = take_a_seat("en")
    sitting = seat.rehearse(f"{CASE} {LUCK}", team=True).sitting
    assert sitting.team
    sitting.carry_out({"do": "begin"})
    assert seat.entry.rehearsal == ""
    sitting.carry_out({"do": "who", "name": "Wang"})
    sitting.carry_out({"do": "move", "id": "stop"})
    first = sitting.position.line
    sitting.carry_out({"do": "again"})
    sitting.carry_out({"do": "move", "id": "as-written"})
    sitting.carry_out({"do": "move", "id": "stop"})
    assert take_a_seat("zh").entry.rehearsal == first
    assert "Wang" not in take_a_seat("zh").entry.text()
    second = take_a_seat("en", "li")
    assert second.rehearse(f"{CASE} {LUCK}").sitting.position is None
    assert second.entry.rehearsal == ""
    assert len(Progress(tmp_path).keys("rehearsals")) == 1


def test_a_batch_run_of_the_seat_shows_what_was_recorded(tmp_path, monkeypatch, lines):
    """And writes nothing."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    seat = take_a_seat("en", alive=False)
    assert "recorded" in seat.rehearse(f"{CASE} {LUCK}").render()
    assert seat.rehearse(lines[2]).render()
    assert not (tmp_path / "home").exists()


def test_a_restart_of_the_wall_values_no_decision_again(tmp_path, lines, monkeypatch):
    """What a decision cost is read from the file, unless another version wrote it."""
    made, _ = rehearsed(lines[1])
    monkeypatch.setattr(rehearsing, "kept", lambda: Kept(tmp_path))
    before = rehearsing.decisions(made)
    assert any(one.cost < 0 for one in before)
    monkeypatch.setattr(rehearsing, "_advice", lambda *_: pytest.fail("valued again"))
    assert rehearsing.decisions(made) == before
    file = tmp_path / "decision-costs.json"
    text = file.read_text("utf-8")
    line = next(iter(json.loads(text)["costs"]))
    assert Kept(tmp_path).get(line) is not None
    for broken in ("", "[]", "{}", text[:40], text.replace('"version": "', '"version": "x')):
        file.write_text(broken, "utf-8")
        assert Kept(tmp_path).get(line) is None
