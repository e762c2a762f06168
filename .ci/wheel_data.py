"""Put the top-level `cases/` and `notebooks/` into the wheel, under `workbook/shipped/`.

An editable install gets no copies: it reads the two folders of the checkout itself, so that an
edited case or notebook is never shadowed by an old one.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("cases", "notebooks")


class ShipCasesAndNotebooks(BuildHookInterface):
    """Add the two folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        for name in SHIPPED:
            folder = Path(self.root, name)
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"workbook/shipped/{name}"
