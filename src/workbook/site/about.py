"""What a built site holds, and what it takes from the browser's own Python."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook import DISTRIBUTION
from workbook.errors import InputError, fault
from workbook.site import LABS, LOCK
from workbook.words import Words

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def plain_name(name: str) -> str:
    """Return the name of a package as indexes compare it.

    >>> plain_name("ruamel.yaml")
    'ruamel-yaml'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def floors() -> dict[str, Requirement]:
    """Return what the workbook asks of each of its base requirements, by plain name."""
    from packaging.requirements import Requirement

    asked = [Requirement(line) for line in requires(DISTRIBUTION) or []]
    return {plain_name(one.name): one for one in asked if "extra" not in str(one.marker)}


def below_the_floors(versions: Mapping[str, str]) -> list[str]:
    """Return each package that is older than the workbook asks for, with both versions."""
    asked = floors()
    return [
        f"{name} {version} ({asked[name].specifier})"
        for name, version in versions.items()
        if name in asked and version not in asked[name].specifier
    ]


@dataclass(frozen=True)
class Site:
    """A built site.

    Attributes
    ----------
    folder
        Where it is.
    size_bytes
        The size of all its files.
    notebooks
        How many notebooks it has, in both languages together.
    wheels
        The versions of the packages in it, by name.
    runtime
        The versions of the packages that the runtime's distribution brings, by name.
    address
        Where the runtime's packages are loaded from; empty if the site has them.
    """

    folder: Path
    size_bytes: int
    notebooks: int
    wheels: Mapping[str, str]
    runtime: Mapping[str, str]
    address: str

    def as_json(self) -> dict[str, Any]:
        """Return the site as one JSON object."""
        return {
            "folder": str(self.folder),
            "size_bytes": self.size_bytes,
            "notebooks": self.notebooks,
            "wheels": dict(self.wheels),
            "runtime": dict(self.runtime),
            "address": self.address,
            "below_the_floors": below_the_floors(self.runtime),
        }


def read_site(folder: Path) -> Site:
    """Read a built site.

    Raises
    ------
    InputError
        If the folder holds none.
    """
    packages = _packages(folder)
    if not packages or not all((folder / lab / "index.html").is_file() for lab in LABS.values()):
        no_site = fault("", "This folder holds no site: make one with `make site`.")
        raise InputError(str(folder), [no_site])
    files = [file for file in folder.rglob("*") if file.is_file()]
    outside = [one for one in packages.values() if "://" in one["file_name"]]
    inside = [one for one in packages.values() if "static/" in one["file_name"]]
    runtime = outside or [one for one in inside if "extensions/" not in one["file_name"]]
    brought = {one["name"] for one in runtime}
    return Site(
        folder=folder,
        size_bytes=sum(file.stat().st_size for file in files),
        notebooks=len([*(folder / "files" / "notebooks").rglob("*.ipynb")]),
        wheels=_versions(one for one in packages.values() if one["name"] not in brought),
        runtime=_versions(runtime),
        address=outside[0]["file_name"].rpartition("/")[0] if outside else "",
    )


def _packages(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the entries of the site's list of packages; empty if it cannot be read."""
    try:
        packages: dict[str, dict[str, str]] = json.loads((folder / LOCK).read_text("utf-8"))[
            "packages"
        ]
        wanted = {"name", "version", "file_name"}
        return packages if all(wanted <= entry.keys() for entry in packages.values()) else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _versions(packages: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return dict(sorted((plain_name(one["name"]), one["version"]) for one in packages))


def site_text(site: Site, w: Words) -> str:
    """Return what the command line says of a site."""
    runtime = [f"{name} {version}" for name, version in site.runtime.items()]
    lines = [
        w(
            "{folder}: {notebooks} notebooks, {wheels} wheels, {size} MB",
            folder=str(site.folder),
            notebooks=site.notebooks,
            wheels=len(site.wheels),
            size=round(site.size_bytes / 1e6),
        ),
        w("With the browser's Python come: {packages}", packages=", ".join(runtime)),
    ]
    if site.address:
        lines.append(w("The browser loads it from {address}", address=site.address))
    else:
        lines.append(w("It is part of the site: the pages load nothing from elsewhere."))
    if old := below_the_floors(site.runtime):
        lines.append(w("Older than the workbook asks for: {packages}", packages=", ".join(old)))
    return "\n".join(lines)
