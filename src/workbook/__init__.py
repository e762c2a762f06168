"""Play a startup's chain of milestones before paying for it.

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

What an answer holds, and in which units, is told in its docstring: `help(outcomes)`.

`import workbook` is light on purpose: numpy, pandas and matplotlib load with the rooms that
use them. CONTRIBUTING.md has the map of the rooms.
"""

ROOMS = (
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
"""The rooms that a notebook may ask; each loads when it is asked for."""

DISTRIBUTION = "milestone-workbook"
"""The name that it is installed under; `workbook` on the package index is another project."""

__version__: str
__all__ = ["DISTRIBUTION", "__version__", *ROOMS]


def __getattr__(name: str) -> object:
    """Look the version up, or open a room, only when somebody asks for it."""
    if name == "__version__":
        from importlib.metadata import version

        return version(DISTRIBUTION)
    if name in ROOMS:
        from importlib import import_module

        return import_module(f"workbook.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
