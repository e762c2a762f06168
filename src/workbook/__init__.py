"""Simulate a startup's chain of milestones before paying for it.

For a notebook of your own:

>>> from workbook import cases, solve, whatif
>>> from workbook.play import play
>>> plan = cases.load("training-camp").plan  # or cases.read("my-bakery.yaml").plan
>>> outcomes = play(plan)
>>> outcomes.milestones_frame().columns[0]
'reached'
>>> richer = whatif.cash(plan, +200_000)
>>> whatif.compare(plan, {"richer": richer}, runs=500).frame().loc["richer", "verdict"]
'better'
>>> solve.least_cash(plan, wanted=0.5).value > plan.cash
True

The contents and units of a result are in its docstring: `help(outcomes)`.

`import workbook` is light: numpy, pandas and matplotlib are imported by the subpackages that use
them, on first use. CONTRIBUTING.md has a map of the subpackages.
"""

SUBPACKAGES = (
    "cases",
    "charts",
    "edit",
    "exact",
    "importance",
    "life",
    "outcomes",
    "plan",
    "play",
    "retrospect",
    "review",
    "sequence",
    "simulate",
    "solve",
    "whatif",
    "words",
)
"""The subpackages for notebooks, imported on first use."""

DISTRIBUTION = "milestone-workbook"
"""The distribution name; `workbook` on the package index is another project."""

__version__: str
__all__ = ["DISTRIBUTION", "__version__", *SUBPACKAGES]


def __getattr__(name: str) -> object:
    """Look up the version or import a subpackage on first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version(DISTRIBUTION)
    if name in SUBPACKAGES:
        from importlib import import_module

        return import_module(f"workbook.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
