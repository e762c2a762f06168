"""Read a folder of hand-ins, and the content of each that counts.

There are copies, older versions, damaged files and other files; nothing in the folder is executed,
changed or removed, and every file gets a state and a reason. What counts has its bets, and its
chain simulated like any other plan; if that fails, the answer keeps the bets and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from workbook import cases
from workbook.consistency import shown
from workbook.errors import InputError, Message, fault
from workbook.law import pass_chance
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import play
from workbook.review import Finding, review
from workbook.workshop.folder import files, read_bytes, reason_of
from workbook.workshop.hand_in import STEPS, HandIn, Stake, known_bets, read_hand_in
from workbook.workshop.rehearsed import Rehearsed, rehearsed

State = Literal["counted", "older", "copy", "altered", "damaged"]


@dataclass(frozen=True)
class ReceivedFile:
    """A file found in the folder.

    Attributes
    ----------
    file
        Its path below the folder, safe to print: control and bidirectional characters are
        escaped.
    state
        `counted`; `older` (the same person handed in again later); `copy` (the same hand-in
        twice); `altered` (counted too, but the receipt does not fit the content); `damaged`.
    entry
        Its content; None if it is damaged.
    why
        The reason for any state other than `counted`.
    """

    file: str
    state: State
    entry: HandIn | None = None
    why: Message | None = None

    @property
    def counts(self) -> bool:
        """Whether it is part of the table and the wall."""
        return self.state in ("counted", "altered")


def received_files(folder: Path, ours: Path | None = None) -> tuple[ReceivedFile, ...]:
    """Return every hand-in in a folder and its subfolders, sorted by name.

    Parameters
    ----------
    ours
        The output folder, which is skipped if it is inside.

    Raises
    ------
    InputError
        If it is not a folder, or holds far more files than a class.
    WorkError
        If it cannot be read.
    """
    if not folder.is_dir():
        template = "this is not a folder; name the folder that holds the hand-ins"
        raise InputError(str(folder), [fault("", template)])
    found, closed = files(folder, ours)
    read = [*_latest([_received(folder, path) for path in found])]
    return (*read, *(_closed(folder, error) for error in closed))


def _closed(folder: Path, error: OSError) -> ReceivedFile:
    """Report a subfolder that cannot be opened."""
    name = _shown(folder, Path(error.filename or folder))
    return ReceivedFile(
        name, "damaged", why=Message("it cannot be read: {reason}", {"reason": reason_of(error)})
    )


def _shown(folder: Path, path: Path) -> str:
    name = path.relative_to(folder).as_posix()
    if name.isprintable() and "\\" not in name:
        return name
    escaped = name.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode("utf-8")
    return re.sub(r"[^ -~]", lambda found: _printable(found.group()), escaped)


def _printable(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def _received(folder: Path, path: Path) -> ReceivedFile:
    name = _shown(folder, path)
    try:
        entry = read_hand_in(read_bytes(path), name)
    except InputError as error:
        return ReceivedFile(name, "damaged", why=error.faults[0].message)
    except OSError as error:
        why = Message("it cannot be read: {reason}", {"reason": reason_of(error)})
        return ReceivedFile(name, "damaged", why=why)
    if entry.whole:
        return ReceivedFile(name, "counted", entry)
    template = "its receipt does not fit its content: it was changed after it was handed in"
    return ReceivedFile(name, "altered", entry, Message(template))


def _latest(found: list[ReceivedFile]) -> Iterator[ReceivedFile]:
    """Count only the last intact hand-in of each person, not older ones or copies."""
    order = sorted(
        (n for n, received in enumerate(found) if received.entry is not None),
        key=lambda n: (found[n].state == "counted", *_when(found[n]), -n),
    )
    last = {_person(found[n]): n for n in order}
    for received in found:
        latest = found[last[_person(received)]] if received.entry else received
        if latest is received:
            yield received
        elif received.entry == latest.entry:
            why = Message("it is a copy of {file}", {"file": latest.file})
            yield replace(received, state="copy", why=why)
        else:
            yield replace(received, state="older", why=_older(received, latest))


def _older(received: ReceivedFile, later: ReceivedFile) -> Message:
    """Say why it does not count; report a changed name, because it may mean two people."""
    then, now = (shown(a.entry.name) if a.entry else "" for a in (received, later))
    values: dict[str, object] = {"file": later.file, "then": then, "now": now}
    if then and now and then != now:
        template = (
            "{file} is a later one from the same computer, where “{then}” is called “{now}”. If "
            "these are two people, let one of them hand in under another plan name"
        )
        return Message(template, values)
    return Message("{file} is a later one by the same person", values)


def _person(received: ReceivedFile) -> str:
    return received.entry.person if received.entry else ""


def _when(received: ReceivedFile) -> tuple[int, str]:
    """Return the sort key of one person's hand-ins; the clock only breaks ties."""
    return (received.entry.edition, received.entry.made) if received.entry else (0, "")


MOST_CHARACTERS, MOST_MILESTONES = 60_000, 60
"""Limits for a chain that is simulated with a class, so that one chain cannot delay the others."""
RUNS = 1_000
"""Runs per chain: chances to within 3 in 100, and a class of sixty in seconds."""


@dataclass(frozen=True)
class SimulatedChain:
    """A participant's chain with its simulated results.

    Attributes
    ----------
    goal, goal_error
        Chance of the goal, 0..1, and its standard error.
    runway_weeks
        Cash at the start divided by burn; None if the plan has no cash or no burn.
    dies_at
        The stage of the milestone at which ruin is most frequent; empty if the milestone has no
        stage, or if ruin is rare.
    passes
        Pass rate of the first attempt, per milestone; for a hypothesis its belief.
    """

    plan: Plan
    goal: float
    goal_error: float
    runway_weeks: float | None
    dies_at: str
    passes: tuple[float, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Answer:
    """The content of one participant's hand-in.

    Attributes
    ----------
    receipt
        The receipt of the present content, even if the file was altered.
    done
        The completed steps of the workshop, in order.
    problem
        What is wrong with the chain, if anything.
    rehearsal, rehearsal_problem
        The rehearsal, if one was handed in; what is wrong with it, if anything.
    """

    file: str
    person: str
    name: str
    receipt: str
    done: tuple[str, ...]
    own_id: str = ""
    kill_line: str = ""
    next_test: str = ""
    bets: Mapping[str, Stake] = field(default_factory=dict)
    chain: SimulatedChain | None = None
    problem: Message | None = None
    rehearsal: Rehearsed | None = None
    rehearsal_problem: Message | None = None

    @property
    def problems(self) -> tuple[Message, ...]:
        """What is wrong with the chain and with the rehearsal."""
        return tuple(filter(None, (self.problem, self.rehearsal_problem)))

    @property
    def step(self) -> str:
        """The first step that is not done; empty when all are done."""
        return next((step for step in STEPS if step not in self.done), "")


def answers(found: Iterable[ReceivedFile], seed: int = 1) -> tuple[Answer, ...]:
    """Return the answers of the hand-ins that count, all chains simulated with the same seed."""
    return tuple(_answer(a.file, a.entry, seed) for a in found if a.counts and a.entry)


def _answer(file: str, entry: HandIn, seed: int) -> Answer:
    chain, problem = None, None
    if entry.plan.strip():
        chain, problem = _chain(entry.plan, seed)
    lived, why_not = rehearsed(entry.rehearsal)
    return Answer(
        file=file,
        person=entry.person,
        name=entry.name,
        receipt=entry.sealed().receipt,
        done=steps_done(entry, chain.plan if chain else None),
        own_id=entry.own_id.strip(),
        kill_line=entry.kill_line.strip(),
        next_test=entry.next_test.strip(),
        bets=known_bets(entry.bets),
        chain=chain,
        problem=problem,
        rehearsal=lived,
        rehearsal_problem=why_not,
    )


@lru_cache(maxsize=500)
def _chain(text: str, seed: int) -> tuple[SimulatedChain | None, Message | None]:
    """Return the simulated chain, or what is wrong with it; cached for a class that is watched."""
    too_large = Message("this chain is too large to be played here")
    if len(text) > MOST_CHARACTERS or text.count("id:") > 3 * MOST_MILESTONES:
        return None, too_large
    try:
        plan = cases.read_text(text, "plan").plan
        if len(plan.milestones) > MOST_MILESTONES:
            return None, too_large
        return simulated_chain(plan, seed), None
    except InputError as error:
        return None, error.faults[0].message
    except (MemoryError, RecursionError):
        return None, too_large
    except Exception as error:  # no chain may keep the rest of the class from being collected
        values = {"problem": f"{type(error).__name__}: {error}"[:200]}
        return None, Message("this chain cannot be played ({problem})", values)


@lru_cache(maxsize=20)
def plan_of(text: str) -> Plan | None:
    """Return the plan of a chain's text without playing it; None if it cannot be read."""
    if not text.strip() or len(text) > MOST_CHARACTERS:
        return None
    try:
        return cases.read_text(text, "plan").plan
    except (InputError, MemoryError, RecursionError):
        return None


def simulated_chain(plan: Plan, seed: int = 1) -> SimulatedChain:
    """Simulate a participant's plan and collect the figures that the wall shows."""
    played = play(plan, runs=RUNS, seed=seed, how="simulated")
    burns = plan.cash is not None and plan.burn_per_week > 0
    return SimulatedChain(
        plan=plan,
        goal=played.fates["goal"],
        goal_error=played.fates_error["goal"],
        runway_weeks=(plan.cash or 0.0) / plan.burn_per_week if burns else None,
        dies_at=_dies_at(plan, played),
        passes=tuple(m.tests.belief if m.tests else pass_chance(m) for m in plan.milestones),
        findings=review(plan),
    )


def _dies_at(plan: Plan, played: Outcomes) -> str:
    if played.fates["ruin"] < 0.05 or not plan.milestones:
        return ""
    worst = max(plan.milestones, key=lambda m: played.milestones[m.id].died_here)
    return worst.stage or ""


def steps_done(entry: HandIn, plan: Plan | None) -> tuple[str, ...]:
    """Return the steps of the workshop that a hand-in has completed."""
    milestones = plan.milestones if plan else ()
    done = {
        "bet": bool(known_bets(entry.bets)),
        "reveal": any(stake.now for stake in known_bets(entry.bets).values()),
        "chain": len(milestones) >= 3,
        "proof": bool(milestones) and all(m.proof and m.if_missed for m in milestones),
        "kill-line": bool(entry.kill_line.strip()),
        "next-test": bool(entry.next_test.strip()),
    }
    return tuple(step for step in STEPS if done[step])
