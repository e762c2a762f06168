"""Checks of this machine: what would break a lesson, each with the one line that fixes it.

checks.py     the table of checks, and the run of all of them
computer.py   Python, folders, ports, disk
installed.py  packages, widgets, kernel, font, notebooks
conflicts.py  files and settings that conflict
finding.py    the result of a check; fixes.py: the command to type on this system
text.py       the report as text and JSON
"""

from workbook.doctor.checks import CHECKS, examine
from workbook.doctor.finding import Finding

__all__ = ["CHECKS", "Finding", "examine"]
