"""The table of all checks of this machine."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.doctor import computer, conflicts, fixes, installed
from workbook.doctor.finding import Check, Finding, fault
from workbook.errors import Message

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
        return fault(Message("this could not be looked at: {error}", values), fixes.reinstall())
