"""The doctor: what on this machine would spoil the day, each with the one line that mends it.

check.py   what a check is       machine.py  Python, folders, ports, room on the disk
parts.py   packages, widgets, kernel, font          mend.py     the line to type, on this system
"""

from workbook.doctor.check import Check, examine

__all__ = ["Check", "examine"]
