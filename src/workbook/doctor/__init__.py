"""Checks of this machine: what would break a lesson, each with the one line that fixes it.

machine.py       the result of a check; Python, folders, ports, disk
installation.py  packages, widgets, kernel, font, notebooks; files and settings that conflict
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.doctor import installation, machine
from workbook.doctor.machine import Check, Finding, fault, reinstall
from workbook.errors import Message
from workbook.words import N_, Words

__all__ = ["CHECKS", "Finding", "doctor_data", "doctor_text", "examine"]

CHECKS: Mapping[str, Check] = {
    "python": machine.python,
    "environment": machine.own_environment,
    "work": machine.work_folder,
    "room": machine.disk_space,
    "temporary": machine.temporary_files,
    "bytecode": machine.bytecode,
    "port": machine.port,
    "packages": installation.packages,
    "widgets": installation.widgets,
    "kernel": installation.kernel,
    "font": installation.font,
    "notebooks": installation.notebooks,
    "browser": installation.browser,
    "shadows": installation.shadowed_modules,
    "left-out": installation.disabled_widgets,
}


def examine(checks: Mapping[str, Check] = CHECKS) -> dict[str, Finding]:
    """Run every check; a check that fails itself is reported as a fault."""
    here = installation.current_folder()  # without it no check can run
    if here.state == "fault":
        return {"here": here}
    return {id: _run(check) for id, check in checks.items()}


def _run(check: Check) -> Finding:
    try:
        return check()
    except Exception as error:
        values = {"error": f"{type(error).__name__}: {error}"[:200]}
        return fault(Message("this could not be looked at: {error}", values), reinstall())


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
    summary = w.n("{n} fault to mend.", "{n} faults to mend.", faults)
    return "\n".join([*lines, summary if faults else w("All is well: workbook lab")])


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
