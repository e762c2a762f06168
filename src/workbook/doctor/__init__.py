"""The doctor: what on this machine would spoil the day, each with the one line that mends it.

check.py   what a check is                      machine.py      Python, folders, ports, disk
parts.py   packages, widgets, kernel, font      examination.py  every look, one after the other
mend.py    the line to type, on this system     in_the_way.py   files and settings that spoil it
"""

from workbook.doctor.check import Check
from workbook.doctor.examination import examine

__all__ = ["Check", "examine"]
