"""Play a startup's chain of milestones before paying for it.

`import workbook` is light on purpose: numpy, pandas and matplotlib load with the rooms that
use them. CONTRIBUTING.md has the map of the rooms.
"""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Look the version up only when somebody asks for it."""
    if name == "__version__":
        from importlib.metadata import version

        return version("workbook")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
