"""What the wall shows of a class: each panel a sample of the answers, changed by at least five.

The wall has one panel for each fork that was bet on, one for the chains, one for the next tests
and one for the steps. Three rules keep a panel, and the difference between two views of it, from
giving a person away:

- it changes only when at least LEAST people have changed what they say on that very panel;
- it shows a sample: about one answer in five, and at least two, is held back. A person who is
  shown stays until their answer changes; who joins is drawn by chance. Somebody who hands in four
  invented answers just before a real one therefore cannot tell whose answer has appeared;
- its figures are those of the moment at which it changed.

What was shown is kept in the private folder, so collecting again or a restart continues from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.errors import InputError, fault

LEAST = 5
"""The smallest number of answers that is shown, and the smallest change."""
SHARE_HELD_BACK, FEWEST_HELD_BACK = 0.2, 2
VERSION = 1


@dataclass(frozen=True)
class PanelState:
    """One panel as it was last changed.

    Attributes
    ----------
    said
        By person, a digest of what they said on this panel, whether it is shown or held back.
    sample
        The people whose answers are shown.
    data
        The figures shown, as plain data; None if nothing is shown.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    sample: tuple[str, ...] = ()
    data: Any = None


def held_back(answers: int) -> int:
    """Return how many of so many answers are held back.

    >>> [held_back(n) for n in (5, 7, 12, 30)]
    [2, 2, 3, 6]
    """
    return max(FEWEST_HELD_BACK, -(-answers // round(1 / SHARE_HELD_BACK)))


def enough(answers: int) -> bool:
    """Whether LEAST of so many answers are left to be shown."""
    return answers - held_back(answers) >= LEAST


def digest(said: object) -> str:
    """Return a short digest of what a person says on a panel."""
    return sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:20]


def changes(before: PanelState, said: Mapping[str, str]) -> int:
    """Count the people whose answer is new, changed or gone since the panel last changed."""
    return sum(before.said.get(person) != said.get(person) for person in {*before.said, *said})


def next_state(
    before: PanelState, said: Mapping[str, str], chance: Random | None = None
) -> PanelState:
    """Return the panel with a new sample and no data yet; `before` itself if it may not change.

    Parameters
    ----------
    said
        By person, a digest of what they say on this panel now.
    chance
        Draws who is shown; by default the system's own random numbers, which no one can repeat.
    """
    if changes(before, said) < LEAST:
        return before
    if not enough(len(said)):
        return PanelState()
    chance = chance or SystemRandom()
    size = len(said) - held_back(len(said))
    kept = [person for person in before.sample if said.get(person) == before.said[person]]
    kept = kept if len(kept) <= size else chance.sample(kept, size)
    others = sorted(set(said) - set(kept))
    sample = sorted([*kept, *chance.sample(others, size - len(kept))])
    return PanelState(dict(said), tuple(sample))


def read_panels(file: Path) -> dict[str, PanelState]:
    """Return the panels that were last shown; none if the file does not exist.

    Raises
    ------
    InputError
        If the file is damaged: without it, the next wall could be compared with the last one.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
        if found["workbook_panels"] != VERSION:
            raise ValueError
        return TypeAdapter(dict[str, PanelState]).validate_python(found["panels"])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        template = (
            "what the wall last showed cannot be read, and a new wall beside the old one could "
            "give somebody away; put the file back, or name an empty folder with --out"
        )
        raise InputError(str(file), [fault("", template)]) from None


def panels_text(panels: Mapping[str, PanelState]) -> str:
    """Return the content of the file that keeps what the wall shows."""
    kept = {
        name: {"said": dict(state.said), "sample": list(state.sample), "data": state.data}
        for name, state in panels.items()
    }
    return json.dumps({"workbook_panels": VERSION, "panels": kept}, ensure_ascii=False, indent=1)
