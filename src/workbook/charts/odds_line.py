"""The odds line of a rehearsal: the chance of the goal from week to week, and what moved it.

The line falls straight down where a decision cost something; all else that it does is luck. The
decisions that mattered carry a sign, a disc for a good one and a triangle for a bad one, a number
on the picture and their words below it; the events that moved it most an open square and a letter.
A second line, dashed, is the same luck played otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import (
    NORMAL,
    SMALL,
    WIDE,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
    Sign,
    week_scale,
)
from workbook.charts.text_layout import shorten, widest
from workbook.coach import Debrief
from workbook.wording.debriefs import chance_text
from workbook.wording.decisions import move_title
from workbook.words import Words

HIGH = 0.36
"""Height of the panel as a share of the width."""
HEAD, FOOT, ROW = 18.0, 30.0, 13.0
"""Padding above and below the panel; height of a row of the key."""
LETTERS = "abc"
AWAY = 9.0
"""Distance of a number from its sign."""


@dataclass(frozen=True)
class Moment:
    """A decision: its week, the chance under the best move and after the move taken.

    `name` is the move in the reader's language, for a decision that mattered; else empty. `then`
    has weeks and chances after each result until the next decision.
    """

    week: int
    before: float
    after: float
    name: str = ""
    then: tuple[tuple[int, float], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it cost less than a point."""
        return self.before - self.after < 0.01


@dataclass(frozen=True)
class Stroke:
    """An event that moved the chance: the week after it, the chance then, the step, its name."""

    week: int
    chance: float
    step: float
    name: str


@dataclass(frozen=True)
class OddsLine:
    """The decisions of a rehearsal, its last week, and its ending: 1 for the goal, else 0.

    `strokes` are the events that moved it most.
    `other` is the line of the same luck played otherwise, with its name in the reader's language.
    """

    moments: tuple[Moment, ...]
    week: int
    end: float
    other: OddsLine | None = None
    other_name: str = ""
    strokes: tuple[Stroke, ...] = ()

    @property
    def start(self) -> float:
        """The chance at the start."""
        return self.moments[0].before if self.moments else self.end

    @property
    def cost(self) -> int:
        """What the decisions cost, in whole points."""
        return round(100 * sum(moment.before - moment.after for moment in self.moments))

    @property
    def luck(self) -> int:
        """What luck gave, in whole points: the rest of the way from the start to the ending."""
        return round(100 * self.end) - round(100 * self.start) + self.cost

    @property
    def named(self) -> tuple[Moment, ...]:
        """The decisions that mattered."""
        return tuple(moment for moment in self.moments if moment.name)

    @property
    def points(self) -> tuple[list[float], list[float]]:
        """Weeks and chances, before and after each decision, after each result, and the ending."""
        found = [
            point
            for m in self.moments
            for point in ((m.week, m.before), (m.week, m.after), *m.then)
        ]
        found.append((max(self.week, found[-1][0] if found else 0), self.end))
        return [float(week) for week, _ in found], [chance for _, chance in found]

    @property
    def last(self) -> int:
        """The last week of the line: of a life that is stopped, that of its last decision."""
        return int(self.points[0][-1])


def odds_line(
    debrief: Debrief, words: Words, other: Debrief | None = None, other_name: str = ""
) -> OddsLine:
    """Return the odds line of a debrief; with `other`, the one that it was played on from."""
    decisive = debrief.decisive
    moments = tuple(
        Moment(
            turn.week,
            turn.before,
            turn.after,
            move_title(turn.position, turn.move, words) if turn in decisive else "",
            turn.between,
        )
        for turn in debrief.turns
    )
    beside = None if other is None else odds_line(other, words)
    name = other_name or words("before you went back")
    strokes = tuple(
        Stroke(one.week, one.after, one.step, chance_text(one, words)) for one in debrief.lucky
    )
    return OddsLine(moments, debrief.ending.week, debrief.end, beside, name, strokes)


def describe(line: OddsLine, words: Words, *, width: float = WIDE) -> Figure:
    """Describe the line, its decisions with numbers, and the key to them."""
    ticks = tuple((y, words.percent(y)) for y in (0.0, 0.25, 0.5, 0.75, 1.0))
    left = widest([text for _, text in ticks]) * SMALL + 12
    plot, height = width - left - 14, HIGH * width
    last = max(line.last, line.other.last if line.other else 0)
    key = _key(line, words, width - left)
    marks = [*_other(line), *_line(line, height), *_axis_names(words, last)]
    scales = week_scale(last, plot, words), Scale(0, 1, ticks, grid=True)
    panel = Panel((left, HEAD, plot, height), *scales, tuple(marks), foot=True)
    rows = len(key)
    below = (left, HEAD + height + FOOT, plot, ROW * rows)
    under = [Panel(below, Scale(0, 1), Scale(rows, 0), tuple(key))] if rows else []
    return Figure(width, HEAD + height + FOOT + ROW * rows + 4, (panel, *under))


draw = drawing(describe)


def _axis_names(words: Words, last: int) -> list[Mark]:
    chance = words("chance of the goal, if you go on well")
    return [
        Label(chance, 0, 1, down=-6, colour="muted", up="bottom"),
        Label(words("week"), last / 2, 0, down=16, colour="muted", across="middle", up="top"),
    ]


def _other(line: OddsLine) -> list[Mark]:
    if line.other is None:
        return []
    weeks, chances = line.other.points
    return [Line(weeks, chances, "muted", 1.4, (4.0, 3.0))]


def _number(number: int, moment: Moment) -> Label:
    """Describe the number of a moment, above its sign or, where that has no room, below."""
    up = moment.after < 0.85 if moment.is_good else moment.after < 0.1
    return _placed(str(number), moment.week, moment.after, up)


def _placed(text: str, week: int, chance: float, up: bool) -> Label:
    return Label(
        text,
        week,
        chance,
        down=-AWAY if up else AWAY,
        size=NORMAL,
        across="middle",
        up="bottom" if up else "top",
    )


def _line(line: OddsLine, height: float) -> list[Mark]:
    weeks, chances = line.points
    marks: list[Mark] = [Line(weeks, chances, "ink", 2.0)]
    for moment in line.moments:
        if not moment.is_good:
            drop = [moment.before, moment.after]
            marks.append(Line([moment.week, moment.week], drop, "ruin", 3.2))
    for number, moment in enumerate(line.named, start=1):
        sign: Sign = "disc" if moment.is_good else "down"
        tint = "goal" if moment.is_good else "ruin"
        marks.append(Dots([moment.week], [moment.after], sign, 8, tint, "ink"))
        marks.append(_number(number, moment))
    for letter, stroke in zip(LETTERS, line.strokes, strict=False):
        marks.append(Dots([stroke.week], [stroke.chance], "square", 7, None, "ink"))
        marks.append(_placed(letter, stroke.week, stroke.chance, stroke.chance < 0.85))
    sign, tint = ("diamond", "goal") if line.end else ("cross", "ruin")
    marks.append(Dots([line.last], [line.end], sign, 9, tint))
    return marks


def _key(line: OddsLine, words: Words, room: float) -> list[Mark]:
    """Return a row for each decision that mattered, and for the other line."""
    texts = [_sentence(number, m, words) for number, m in enumerate(line.named, start=1)]
    texts += [_stroke(a, one, words) for a, one in zip(LETTERS, line.strokes, strict=False)]
    if line.other is not None:
        texts.append(words("dashed: {name}", name=line.other_name))
    return [
        Label(shorten(text, room / SMALL), 0, row + 0.5, size=SMALL)
        for row, text in enumerate(texts)
    ]


def _sentence(number: int, moment: Moment, words: Words) -> str:
    values = {"n": number, "week": words.week(moment.week), "move": moment.name}
    if moment.is_good:
        return words("{n}  {week}: {move} (a good decision)", **values)
    points = words.apart(round(moment.before - moment.after, 2))
    return words("{n}  {week}: {move} (cost {points})", **values, points=points)


def _stroke(letter: str, stroke: Stroke, words: Words) -> str:
    values = {"letter": letter, "week": words.week(stroke.week), "event": stroke.name}
    points = words.apart(round(abs(stroke.step), 2))
    if stroke.step > 0:
        return words("{letter}  {week}: {event} (luck gave {points})", **values, points=points)
    return words("{letter}  {week}: {event} (luck took {points})", **values, points=points)


def title(line: OddsLine, words: Words) -> str:
    """State what was choice and what was luck."""
    values = {"start": round(100 * line.start), "cost": line.cost, "luck": abs(line.luck)}
    if line.cost < 1 and line.luck >= 0:
        return words("From {start} in 100: decisions cost nothing, luck gave {luck}", **values)
    if line.cost < 1:
        return words("From {start} in 100: decisions cost nothing, luck took {luck}", **values)
    if line.luck >= 0:
        return words("From {start} in 100: decisions cost {cost}, luck gave {luck}", **values)
    return words("From {start} in 100: decisions cost {cost}, luck took {luck}", **values)


def alt(line: OddsLine, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    ending = words("the goal") if line.end else words("an end without the goal")
    sentences: list[str] = [_sentence(n, m, words) for n, m in enumerate(line.named, start=1)]
    strokes = [_stroke(a, one, words) for a, one in zip(LETTERS, line.strokes, strict=False)]
    return words(
        "{finding}. A line of the chance of the goal from week to week, to {ending} in {week}."
        " Decisions that mattered: {decisions}. Events that moved it most: {events}.",
        finding=title(line, words),
        ending=ending,
        week=words.week(line.week),
        decisions="; ".join(sentences) or words("none"),
        events="; ".join(strokes) or words("none"),
    )


def table(line: OddsLine, words: Words) -> list[tuple[str, ...]]:
    """Return a row for each decision, and for each event that moved it most: the week, the chance
    before and after it, header first.
    """
    header = (words("week"), words("before it"), words("after it"), words("decision or event"))
    found = [(m.week, m.before, m.after, m.name) for m in line.moments]
    found += [(one.week, one.chance - one.step, one.chance, one.name) for one in line.strokes]
    rows: list[tuple[str, ...]] = [header]
    for week, before, after, name in sorted(found, key=lambda row: row[0]):
        chances = (words.percent(round(chance, 3)) for chance in (before, after))
        rows.append((words.number(week), *chances, name))
    ends = words.percent(line.end)
    return [*rows, (words.number(line.week), ends, ends, words("the end"))]
