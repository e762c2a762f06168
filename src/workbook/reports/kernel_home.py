"""A temporary home for the kernels of a batch, free of the user's own settings.

The kernel is the interpreter that runs this, whatever kernels are installed; IPython's profile,
history and start-up files, Jupyter's settings and run files are all in a temporary folder. So the
home may be read-only, and two machines make the same page.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

KERNEL = "python3"
LOG = "kernels.log"
"""Holds what kernels and workers print; results come back as rows."""
SAFE_PATH = {"PYTHONSAFEPATH": "1"}
"""Python then imports nothing from the current folder; a kernel adds its notebook's folder."""


@contextmanager
def kernel_home() -> Iterator[Path]:
    """A temporary folder with a kernel's description, removed at the end."""
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        spec = folder / "jupyter" / "kernels" / KERNEL
        spec.mkdir(parents=True)
        argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        kernel = {
            "argv": argv,
            "display_name": "Python 3",
            "language": "python",
            "metadata": {"supported_encryption": "curve"},
        }
        (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
        for part in ("runtime", "config", "ipython", "matplotlib"):
            (folder / part).mkdir(mode=0o700)
        yield folder


def variables(folder: Path) -> Mapping[str, str]:
    """Environment variables that keep Jupyter, IPython and matplotlib inside this folder."""
    inside = {
        "JUPYTER_PATH": folder / "jupyter",
        "JUPYTER_RUNTIME_DIR": folder / "runtime",
        "JUPYTER_CONFIG_DIR": folder / "config",
        "IPYTHONDIR": folder / "ipython",
    }
    if not os.access(Path.home(), os.W_OK):
        inside["MPLCONFIGDIR"] = folder / "matplotlib"  # otherwise its font list is cached at home
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1"}
    return {name: str(value) for name, value in inside.items()} | quiet | SAFE_PATH


@contextmanager
def safe_path() -> Iterator[None]:
    """Keep processes that are started meanwhile from importing from the current folder."""
    kept = {name: os.environ.get(name) for name in SAFE_PATH}
    os.environ.update(SAFE_PATH)
    try:
        yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
