"""A rehearsal at one place: its position, what the player may ask for, what is kept of it.

The state without widgets. The odds stay hidden while it is played, unless the coach is asked, and
that is counted. Where a bet to come asks for them (`guarded`), they are shown only to those who ask
twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook.errors import InputError, Message
from workbook.lesson.comparisons import Choices
from workbook.lesson.rehearsal.saved import LONGEST_NAME, Saved, Score, Store, now
from workbook.plan import Plan
from workbook.rehearsal import Position, rehearse, replay
from workbook.rehearsal.position import played

if TYPE_CHECKING:
    from workbook.coach import Advice, Debrief

MOST_SEED = 2**63 - 1
OnTurn = Callable[[float], None]


def ignored(share: float) -> None:
    """Ignore the progress."""


@dataclass
class Sitting:
    """A rehearsal of a plan, kept in a store.

    Parameters
    ----------
    plan
        The plan to rehearse.
    store
        Where it is kept; None keeps nothing (a batch run).
    seed
        The luck of the first rehearsal here; each new one has the next.
    story
        What the founder of the case chose, by fork; empty for a plan of one's own.
    guarded
        Whether the odds would give away what a bet asks for.
    fixed_luck
        Whether the luck is the class's: a new rehearsal has the same.
    earlier
        Returns the score to compare with, if there is one: that of the top of the notebook.
    team
        Whether several people play one seat and may note who decides.
    """

    plan: Plan
    store: Store | None
    seed: int = 1
    story: Choices = field(default_factory=dict)
    guarded: Callable[[], bool] = lambda: False
    fixed_luck: bool = False
    earlier: Callable[[], Score | None] = lambda: None
    team: bool = False
    saved: Saved | None = None
    position: Position | None = None
    advice: Advice | None = None
    warned: bool = False
    said: Message | None = None
    notes: list[Message] = field(default_factory=list)
    debrief_failed: bool = False
    _debriefs: dict[str, Debrief] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._take_up()

    def move_to(self, plan: Plan, store: Store) -> None:
        """Rehearse another plan from now on, kept in another store."""
        self.plan, self.store = plan, store
        self.saved = self.position = self.advice = self.said = None
        self.notes, self.warned, self.debrief_failed = [], False, False
        self._take_up()

    def _take_up(self) -> None:
        last = next(iter(reversed(self.store.all())), None) if self.store else None
        if last is not None:
            self._go_on(last)

    def _go_on(self, saved: Saved) -> None:
        """Take up a saved rehearsal; say why if it no longer fits the plan."""
        try:
            self.position, self.saved = replay(self.plan, saved.line), saved
        except InputError as error:
            note = Message(
                "Your last rehearsal is kept, but it no longer fits this plan ({reason}). A new "
                "one begins.",
                {"reason": error.faults[0].message},
            )
            self.notes = [note]

    # What is shown

    @property
    def number(self) -> int:
        """The number of decisions taken so far."""
        return len(self.position.made) if self.position else 0

    @property
    def ended(self) -> bool:
        """Whether it has come to its end."""
        return self.position is not None and self.position.fate is not None

    @property
    def odds_open(self) -> bool:
        """Whether the odds may be shown: no bet asks for them, or the player wants to know."""
        return not self.guarded() or (self.saved is not None and self.saved.opened)

    @property
    def debrief(self) -> Debrief | None:
        """The debrief of a finished rehearsal, once it is worked out and may be shown."""
        if not self.ended or not self.odds_open or self.saved is None:
            return None
        return self._debriefs.get(self.saved.line)

    @property
    def before(self) -> Debrief | None:
        """The debrief of the rehearsal from which this one was rewound."""
        origin = self._origin()
        return self._debriefs.get(origin.line) if origin else None

    @property
    def owes_debrief(self) -> bool:
        """Whether the debrief may be shown and is not worked out yet."""
        open_now = self.ended and self.odds_open and not self.debrief_failed
        return open_now and self.debrief is None

    def work_out(self, on_turn: OnTurn = ignored) -> None:
        """Work the debrief out, which may take seconds; `on_turn` hears the share that is done."""
        from workbook.coach import debrief  # simulates: only when it is asked for

        if self.saved is None:
            return
        origin = self._origin()
        try:
            for line in [self.saved.line, *([origin.line] if origin else [])]:
                if line not in self._debriefs:
                    last = replay(self.plan, line)
                    made = debrief(last, founder=self.story or None, between=True, on_turn=on_turn)
                    self._debriefs[line] = made
        except Exception:
            self.debrief_failed = True
            raise
        if self.saved.score is None:
            made = self._debriefs[self.saved.line]
            self._keep(self.saved.but(score=Score(made.start, made.cost, made.luck, made.end)))

    def _origin(self) -> Saved | None:
        saved = self.saved
        if saved is None or saved.rewound is None or self.store is None:
            return None
        head = _head(saved.line, saved.rewound)
        others = [one for one in self.store.all() if one.fate and one.begun < saved.begun]
        same = [one for one in others if _head(one.line, saved.rewound) == head]
        return same[-1] if same else None

    # What the player may ask for

    def carry_out(self, asked: Mapping[str, Any]) -> None:
        """Carry out a command of the page; commands of other names are ignored."""
        self.said, self.notes, self.debrief_failed = None, [], False
        commands: dict[str, Callable[[], None]] = {
            "begin": lambda: self.begin(self.seed),
            "again": self.again,
            "same": lambda: self.begin(self.position.seed if self.position else self.seed),
            "move": lambda: self.move(str(asked.get("id")), asked.get("chance")),
            "who": lambda: self.say_who(str(asked.get("name") or "")),
            "coach": self.ask_coach,
            "open": self.open_odds,
            "rewind": lambda: self.rewind(asked.get("to")),
        }
        if command := commands.get(str(asked.get("do"))):
            command()

    def begin(self, seed: int) -> None:
        """Begin a rehearsal with this luck."""
        self.position = rehearse(self.plan, seed)
        self.advice, self.warned = None, False
        self._keep(Saved(self.position.line, now()))
        self._if_ended()

    def again(self) -> None:
        """Begin once more: with the next luck, or in a class with the same."""
        last = self.position.seed if self.position else self.seed - 1
        self.begin(last if self.fixed_luck else min(last + 1, MOST_SEED))

    def move(self, written: str, chance: Any = None) -> None:
        """Take a decision, if it is one of those that are offered now."""
        if self.position is None or self.saved is None:
            return
        move = next((one for one in self.position.moves if str(one) == written), None)
        if move is None:
            return
        self.position = self.position.after(self.position.with_chance(move, _percent(chance)))
        self.advice, self.warned = None, False
        self._keep(self.saved.but(line=self.position.line))
        self._if_ended()

    def _if_ended(self) -> None:
        if self.saved is not None and self.position is not None and self.position.fate:
            made = tuple((one.said, one.passed) for one in self.position.forecasts)
            self._keep(self.saved.but(fate=self.position.fate, ended=now(), forecasts=made))

    def say_who(self, name: str) -> None:
        """Note who decides from now on, where a team plays one seat."""
        if self.saved is not None:
            who = {**self.saved.who, self.number: " ".join(name.split())[:LONGEST_NAME]}
            self._keep(self.saved.but(who=who))

    def ask_coach(self) -> None:
        """Ask what each move is worth; where a bet asks for the odds, only when asked twice."""
        if self.position is None or self.saved is None or self.ended:
            return
        if not self.odds_open and not self.warned:
            self.warned = True
            return
        from workbook.coach import advise  # simulates: only when it is asked for

        self.advice = advise(self.position)
        self._keep(self.saved.but(asked=tuple(sorted({*self.saved.asked, self.number}))))

    def open_odds(self) -> None:
        """Open the debrief although a bet to come asks for the odds."""
        if self.saved is not None and self.ended:
            self._keep(self.saved.but(opened=True))

    def rewind(self, to: Any) -> None:
        """Go back to a decision and play on with the same luck; what was played is kept."""
        if self.position is None or self.saved is None or not isinstance(to, int):
            return
        if not 0 <= to < self.number:
            return
        old = self.saved
        self.position = played(rehearse(self.plan, self.position.seed), self.position.made[:to])
        self.advice, self.warned = None, False
        self._keep(
            Saved(
                self.position.line,
                now(),
                asked=tuple(n for n in old.asked if n < to),
                who={n: name for n, name in old.who.items() if n <= to},
                rewound=to,
                opened=old.opened,
            )
        )

    def _keep(self, saved: Saved) -> None:
        self.saved = saved
        if self.store is not None:
            self.store.keep(saved)


def _percent(chance: Any) -> int | None:
    """Return a chance in whole percent; None if it is not one."""
    number = isinstance(chance, (int, float)) and not isinstance(chance, bool)
    return round(chance) if number and 0 <= chance <= 100 else None


def _head(line: str, moves: int) -> list[str]:
    """Return plan, seed and so many moves of a line."""
    return line.split()[: 2 + moves]


def recorded(plan: Plan, line: str, story: Choices) -> Sitting:
    """Return a rehearsal that a batch run was given; InputError if it does not fit the plan."""
    sitting = Sitting(plan, None, story=story)
    sitting.position = replay(plan, line)
    sitting.saved = Saved(sitting.position.line, "", fate=sitting.position.fate or "")
    return sitting
