"""A rehearsal at a terminal: numbered choices, plain lines, one decision at a time.

Nothing moves the cursor, so it works over ssh, in a log and with a screen reader. Whatever ends
the input (Ctrl-C, Ctrl-D, a closed pipe), the line that goes on from there is printed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.errors import InputError, fault
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.rehearsal import Move, Position, has_decisions, rehearse, replay
from workbook.rehearsal.moves import AS_WRITTEN
from workbook.wording import decisions
from workbook.wording.standing import ending_text, standing
from workbook.words import N_, Words

CHOICE = re.compile(r"\s*(\d{1,3})(?:[\s?]+(\d{1,3})\s*%?)?\s*")
HELP = N_(
    "Type the number of a move. With a chance behind it you say how likely you are to reach the "
    "goal, or, where a test starts, how likely that is to pass: 1 40. ? tells what cannot be done "
    "and why, c asks the coach, q leaves for now."
)
SILENT = frozenset({"started", "goal", "ruin", "stuck", "open", "stopped"})
"""Events that the next decision, or the end, tells by itself."""
Ask = Callable[[str], "str | None"]
Tell = Callable[[str], None]


def start(plan: Plan, moves: str, seed: int | None) -> Position:
    """Return the position that a rehearsal begins with: at the start, or after recorded moves.

    Raises InputError if the line names another seed than the command does.
    """
    if not moves.strip():
        return rehearse(plan, 1 if seed is None else seed)
    position = replay(plan, moves, 1 if seed is None else seed)
    if seed is not None and position.seed != seed:
        template = (
            "the moves were made with seed {found}, and --seed is {seed}; leave one of them out"
        )
        values = {"found": str(position.seed), "seed": str(seed)}
        raise InputError(plan.id, [fault("moves", template, **values)])
    return position


def by_itself(position: Position, who: str, on_progress: OnProgress = no_progress) -> Position:
    """Play to the end by itself, as the plan is written or by the coach; its events are all new.

    `on_progress` is called with the share (0..1) of the weeks that have passed.
    """
    from workbook.coach.debrief import coach_move

    seen = position.seen
    while position.fate is None:
        move = AS_WRITTEN if who == "as-written" else coach_move(position)
        position = position.after(move)
        on_progress(position.week / position.plan.horizon_weeks)
    return replace(position, seen=seen)


def as_json(position: Position) -> dict[str, Any]:
    """Return plain data for `--json`: start + Σ cost + luck = ending, once it has ended.

    Before its end `fate`, `ending` and `luck` are null, and `possible` has the moves.
    """
    from workbook.coach import debrief

    if position.fate is not None:
        data = debrief(position, with_coach=False).as_json()
    else:
        made = [str(move) for move in position.made]
        data = {"plan": position.plan.id, "seed": position.seed, "moves": made, "fate": None}
        data |= {"weeks": position.week - 1, "cash": position.cash, "start": None, "ending": None}
        data |= {"decisions": [], "luck": None, "possible": [str(move) for move in position.moves]}
    said = [one._asdict() | {"brier": one.brier} for one in position.forecasts]
    return {**data, "line": position.line, "forecasts": said}


@dataclass(frozen=True)
class Terminal:
    """A rehearsal with somebody at a terminal.

    Attributes
    ----------
    source
        The plan as it was named on the command line, for the line that goes on.
    coach
        Whether the coach's chances are shown at every move.
    ask, tell
        `ask` prints a prompt and returns what is typed, None at the end of the input.
    """

    source: str
    words: Words
    coach: bool
    ask: Ask
    tell: Tell

    def play(self, position: Position) -> Position:
        """Play until the end, or until the input ends; print the line that goes on."""
        self.tell(self.head(position))
        while position.fate is None:
            if not has_decisions(position.plan):
                self.tell(self.words(NOTHING))
                position = by_itself(position, "as-written")
                break
            self.tell(self.screen(position))
            if (move := self.chosen(position)) is None:
                break
            position = position.after(move)
        self.tell(self.last(position))
        return position

    def head(self, position: Position) -> str:
        """Return the title and what can be typed."""
        w, plan = self.words, position.plan
        title = w.text(plan.title) or plan.id
        head = f"{title} · {w('seed {seed}', seed=str(position.seed))}"
        asked = position.fate is None and has_decisions(plan)
        return f"{head}\n{w(HELP)}" if asked else head

    def screen(self, position: Position) -> str:
        """Return a decision: what happened, the state, the numbered moves."""
        w = self.words
        week = w.week(position.week, position.plan.starts)
        lines = [
            "",
            *self.happened(position),
            "",
            f"== {week} ==",
            *standing(position, w),
        ]
        for number, move in enumerate(position.moves, 1):
            lines.append(f"{number:>3}  {decisions.move_title(position, move, w)}")
            lines += [f"       {term}" for term in decisions.move_terms(position, move, w)]
        return "\n".join([*lines, *(self.advice(position) if self.coach else [])])

    def happened(self, position: Position) -> list[str]:
        """Return the events since the last decision, a line each."""
        w, starts = self.words, position.plan.starts
        return [
            f"  {w.week(event.week, starts)}  {decisions.event_text(position, event, w)}"
            for event in position.events
            if event.happening not in SILENT
        ]

    def chosen(self, position: Position) -> Move | None:
        """Return the move that is typed; None if the input ends, or the player leaves."""
        w = self.words
        prompt = w("Your move (1–{n}, ? c q): ", n=len(position.moves))
        while (typed := self.ask(prompt)) is not None:
            text = typed.strip()
            if text in ("q", "quit", "exit"):
                return None
            if text in ("?", "？", "c"):
                self.tell("\n".join(self.advice(position) if text == "c" else self.why(position)))
            elif text and (move := self.read(position, text)) is not None:
                return move
        return None

    def read(self, position: Position, text: str) -> Move | None:
        """Return the move that a number or a move's own text names; say what is wrong with it."""
        w = self.words
        found = CHOICE.fullmatch(text)
        move = None if found else Move.read(text)
        if found and 1 <= int(found[1]) <= len(position.moves) and int(found[2] or 0) <= 100:
            said = None if found[2] is None else int(found[2])
            move = position.with_chance(position.moves[int(found[1]) - 1], said)
        if move is None:
            self.tell(w("Type a number from 1 to {n}.", n=len(position.moves)))
            return None
        try:
            position.after(move)
        except InputError as error:
            self.tell(w.faults(error))
            return None
        return move

    def why(self, position: Position) -> list[str]:
        """Return what cannot be done now, and why not."""
        w = self.words
        lines = []
        for heading, rows in decisions.reasons(position, w).items():
            lines.append(f"  {heading}")
            lines += [
                "    " + w("{name}: {sentence}", name=what, sentence=why)
                for what, why in rows.items()
            ]
        return lines or [w("Nothing is out of reach here.")]

    def advice(self, position: Position) -> list[str]:
        """Return the coach's chance of the goal after each move."""
        from workbook.coach import advise
        from workbook.reports.command import progress

        w = self.words
        with progress(w("Rules")) as bar:
            advice = advise(position, on_progress=bar)
        chances = {str(value.move): value for value in advice.values}
        lines = [w("The coach: the goal is reached, if one goes on well from there,")]
        for number, move in enumerate(position.moves, 1):
            if (value := chances.get(str(move))) is not None:
                said = w(
                    "{n} in 100 (± {error})",
                    n=round(100 * value.chance),
                    error=max(1, round(100 * value.error)),
                )
                lines.append(f"{number:>3}  {said}  {decisions.move_title(position, move, w)}")
        return lines

    def last(self, position: Position) -> str:
        """Return the end, or the command that goes on from here."""
        w = self.words
        lines = [""]
        if position.fate is not None:
            lines += [*self.happened(position), ending_text(position, w)]
            if position.forecasts:
                score = sum(one.brier for one in position.forecasts) / len(position.forecasts)
                template = N_(
                    "Your chances: a Brier score of {score:.2f} over {n} (0 is best; always saying "
                    "50% gives 0.25)."
                )
                lines.append(w(template, score=score, n=len(position.forecasts)))
            lines += self.debrief(position) if self.coach and position.made else []
            lines.append(w("To look at it again, or from any move of it:"))
        else:
            lines.append(w("To go on from here:"))
        command = ["workbook", "rehearse", self.source, "--moves", position.line]
        return "\n".join([*lines, "  " + shlex.join(command)])

    def debrief(self, position: Position) -> Sequence[str]:
        """Return what was luck and what was choice."""
        from workbook.coach.debrief import debrief
        from workbook.reports.command import progress
        from workbook.wording.debriefs import lines

        with progress(self.words("Weeks")) as bar:
            found = debrief(position, with_coach=False, on_turn=bar)
        return lines(found, self.words)


NOTHING = N_(
    "There is nothing to decide in this plan: no fork, nothing that may be left out, one order. It "
    "takes its course:"
)
