"""The doctor: what on this machine would spoil the day, each with the one line that fixes it.

checks.py     the table of checks, and a run of them all
computer.py   Python, folders, ports, disk
installed.py  packages, widgets, kernel, font, notebooks
conflicts.py  files and settings that get in the way
finding.py    what a check finds        fixes.py   the line to type, on this system
text.py       what is told of them
"""

from workbook.doctor.checks import CHECKS, examine
from workbook.doctor.finding import Finding

__all__ = ["CHECKS", "Finding", "examine"]
