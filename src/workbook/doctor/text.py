"""The output of `workbook doctor`: one line per check, faults first, each with its fix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.doctor.finding import Finding
from workbook.words import N_, Words

SIGNS = {"fault": N_("fault"), "note": N_("note"), "good": N_("good")}
ORDER = list(SIGNS)


def doctor_text(findings: Mapping[str, Finding], w: Words) -> str:
    """Return the report for a terminal."""
    lines = []
    for finding in sorted(findings.values(), key=lambda finding: ORDER.index(finding.state)):
        lines.append(f"{w(SIGNS[finding.state]):<6} {w.message(finding.found)}")
        if finding.fix is not None:
            lines.append(f"       → {w.message(finding.fix)}")
    faults = sum(finding.state == "fault" for finding in findings.values())
    told = w.n("{n} fault to mend.", "{n} faults to mend.", faults)
    return "\n".join([*lines, told if faults else w("All is well: workbook lab")])


def doctor_data(findings: Mapping[str, Finding], w: Words) -> dict[str, Any]:
    """Return plain data for `--json`."""
    return {
        "checks": [
            {
                "id": id,
                "state": finding.state,
                "found": w.message(finding.found),
                "mend": w.message(finding.fix) if finding.fix else "",
            }
            for id, finding in findings.items()
        ]
    }
