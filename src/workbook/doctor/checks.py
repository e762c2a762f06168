"""The table of all checks of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.doctor import computer, conflicts, installed
from workbook.doctor.finding import Check, Finding, fault, reinstall
from workbook.errors import Message
from workbook.words import N_, Words

CHECKS: Mapping[str, Check] = {
    "python": computer.python,
    "environment": computer.own_environment,
    "work": computer.work_folder,
    "room": computer.disk_space,
    "temporary": computer.temporary_files,
    "bytecode": computer.bytecode,
    "port": computer.port,
    "packages": installed.packages,
    "widgets": installed.widgets,
    "kernel": installed.kernel,
    "font": installed.font,
    "notebooks": installed.notebooks,
    "browser": installed.browser,
    "shadows": conflicts.shadowed_modules,
    "left-out": conflicts.disabled_widgets,
}


def examine(checks: Mapping[str, Check] = CHECKS) -> dict[str, Finding]:
    """Run every check; a check that fails itself is reported as a fault."""
    here = conflicts.current_folder()  # without it no check can run
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
