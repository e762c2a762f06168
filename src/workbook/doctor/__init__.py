"""Checks of this machine: what would break a lesson, each with the one line that fixes it.

checks.py     the table of checks, their run, and the report
computer.py   Python, folders, ports, disk
installed.py  packages, widgets, kernel, font, notebooks
conflicts.py  files and settings that conflict
finding.py    the result of a check, and the command that fixes it on this system
"""

from workbook.doctor.checks import CHECKS, examine
from workbook.doctor.finding import Finding

__all__ = ["CHECKS", "Finding", "examine"]
