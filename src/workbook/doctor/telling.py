"""What the doctor says: a line a check, faults first, each with what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.doctor.check import Check
from workbook.words import N_, Words

SIGNS = {"fault": N_("fault"), "note": N_("note"), "good": N_("good")}
ORDER = ("fault", "note", "good")


def doctor_text(checks: Sequence[Check], w: Words) -> str:
    """The whole report for a terminal."""
    lines = []
    for check in sorted(checks, key=lambda check: ORDER.index(check.state)):
        lines.append(f"{w(SIGNS[check.state]):<6} {w.message(check.found)}")
        if check.mend is not None:
            lines.append(f"       → {w.message(check.mend)}")
    faults = sum(check.state == "fault" for check in checks)
    told = w.n("{n} fault to mend.", "{n} faults to mend.", faults)
    return "\n".join([*lines, told if faults else w("All is well: workbook lab")])


def doctor_data(checks: Sequence[Check], w: Words) -> dict[str, Any]:
    """Plain data for `--json`."""
    return {
        "checks": [
            {
                "id": check.id,
                "state": check.state,
                "found": w.message(check.found),
                "mend": w.message(check.mend) if check.mend else "",
            }
            for check in checks
        ]
    }
