"""Open JupyterLab on the learner's own copies of the notebooks.

Lab saves notebooks in place, so learners work on copies: the shipped notebooks stay unchanged, and
an update of the workbook never overwrites a learner's work. If the shipped notebook has changed
since the copy was made, one line says so, and where.
"""

from __future__ import annotations

import os
import shutil
import signal as signals
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from signal import SIG_IGN, SIGINT, SIGTERM, getsignal, signal
from threading import Timer

from workbook.errors import WorkError
from workbook.files import HOME, home
from workbook.files import shipped as shipped_folder
from workbook.site.editions import changed, read_sections
from workbook.words import Words

STARTS = ("00-start-here.ipynb", "01-caffeine-lozenge.ipynb")
APP = "05-your-chain.ipynb"
ENDINGS = (SIGTERM, *filter(None, [getattr(signals, "SIGHUP", None)]))
SECONDS_TO_END = 8
"""Seconds that a server may take to stop its kernels; a container is killed after ten."""
SAFE_PYTHON = (sys.executable, "-P")
"""Imports nothing from the current folder; kernels import from their notebook's folder."""
QUIET = (
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def shipped(lang: str) -> Path:
    """Return the folder of notebooks in a language: the checkout's, else the package's."""
    folder = shipped_folder("notebooks") / lang
    if folder.is_dir():
        return folder
    raise WorkError("The notebooks are missing. Install the workbook again.")


def own_copies(lang: str, words: Words, tell: Callable[[str], None]) -> Path:
    """Return the learner's folder of notebooks, with copies of missing files and `cases`."""
    folder = home() / "notebooks" / lang
    try:
        for notebook in sorted(shipped(lang).glob("*.ipynb")):
            _own_copy(notebook, folder / notebook.name, words, tell)
        for file in sorted(shipped_folder("cases").glob("[!.]*.*")):
            _own_copy(file, home() / "cases" / file.name, words, tell)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "Your copies of the notebooks cannot be written to {folder} ({reason})."
        raise WorkError(template, folder=str(folder), reason=reason) from None
    return folder


def _own_copy(file: Path, own: Path, words: Words, tell: Callable[[str], None]) -> None:
    """Copy a shipped file if there is no copy yet; otherwise report whether it has changed."""
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, own)
        shutil.copyfile(file, _origin(own))
    elif file.suffix != ".ipynb":
        origin = _origin(own)
        if origin.is_file() and file.read_bytes() != origin.read_bytes():
            template = (
                "{name} has a newer version. Yours is kept. To have the new one, rename {file}."
            )
            tell(words(template, name=file.name, file=str(own)))
    elif parts := changed(_sections(file), _sections(_origin(own))):
        template = (
            "{name} has a newer version, changed in: {changed}. Yours is kept. To have the "
            "new one, rename {file}."
        )
        tell(words(template, name=file.name, changed=parts, file=str(own)))


def _origin(own: Path) -> Path:
    """Return the folder with the original of each copy."""
    return own.with_name(f".{own.name}.origin")


def _sections(notebook: Path) -> dict[str, list[str]]:
    """Return the sources of a notebook's cells by heading; empty if it cannot be read."""
    return read_sections(notebook, notebook.name.removeprefix(".").removesuffix(".origin"))


def command(folder: Path, passed_on: Sequence[str]) -> list[str]:
    """Return the command that starts JupyterLab on the first notebook of the folder."""
    start = next((folder / name for name in STARTS if (folder / name).is_file()), folder)
    place = start.relative_to(home()).as_posix()
    own = [f"--ServerApp.root_dir={home()}", f"--LabApp.default_url=/lab/tree/{place}"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        own.append("--allow-root")  # in a container; the server listens to this machine only
    return [*SAFE_PYTHON, "-m", "jupyterlab", *own, *QUIET, *passed_on]


def environment(lang: str = "en") -> dict[str, str]:
    """Return the environment variables for Lab: our settings, and menus in the language.

    Our settings are defaults next to the user's own settings, which take precedence: a language
    chosen in Lab stays.
    """
    ours = Path(__file__).parent / "lab_settings"
    paths = [str(folder) for folder in (ours / lang, ours) if (folder / "labconfig").is_dir()]
    paths.append(os.environ.get("JUPYTER_CONFIG_PATH", ""))
    own = {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)), HOME: str(home())}
    return {**os.environ, **own}


def app_command(folder: Path, passed_on: Sequence[str]) -> list[str]:
    """Return the command that shows the builder's notebook as a page, protected by a token.

    Raises
    ------
    WorkError
        If Voila is not installed.
    """
    if find_spec("voila") is None:
        raise WorkError("This needs Voila, which is not installed: pip install voila")
    own = ["--Voila.auto_token=True", "--VoilaConfiguration.show_tracebacks=False"]
    own.append("--TagRemovePreprocessor.remove_cell_tags=in-lab")  # what speaks of cells
    return [*SAFE_PYTHON, "-m", "voila", str(folder / APP), *own, *passed_on]


def open_lab(
    words: Words,
    passed_on: Sequence[str],
    tell: Callable[[str], None],
    *,
    app: bool = False,
    start: bool = True,
) -> int:
    """Start JupyterLab, or the builder as an app, wait for it, and return its exit code.

    With `start` false only the copies are made: a hub starts Lab by itself.
    """
    folder = own_copies(words.lang, words, tell)
    template = "Your work is kept in {home}; another folder: --home DIR."
    tell(words(template, home=str(home())))
    tell(words("Your notebooks: {folder}", folder=str(folder)))
    if not start:
        return 0
    started = app_command(folder, passed_on) if app else command(folder, passed_on)
    return _run(started, environment(words.lang))


def _run(started: Sequence[str], environment: dict[str, str]) -> int:
    """Run a server until it ends; ending this process ends the server and its kernels.

    Ctrl-C on a terminal is left to the server, which receives it too and asks for confirmation.
    """
    server: subprocess.Popen[bytes] | None = None
    ended = False

    def end(*_: object) -> None:
        nonlocal ended
        ended = True
        if server is not None:
            server.terminate()
            late = Timer(SECONDS_TO_END, server.kill)  # its kernels then stop by themselves
            late.daemon = True
            late.start()

    asks = sys.stdin is not None and sys.stdin.isatty()
    with _answering({SIGINT: ignored if asks else end, **dict.fromkeys(ENDINGS, end)}):
        server = subprocess.Popen(started, env=environment)
        if ended:
            server.terminate()
        code = server.wait()
    return code if code >= 0 else 128 - code


def ignored(*_: object) -> None:
    """Do nothing on a signal; unlike SIG_IGN, a started process does not inherit it."""


@contextmanager
def _answering(answers: dict[int, Callable[..., None]]) -> Iterator[None]:
    """Install signal handlers; a signal ignored by our parent, as with nohup, stays ignored."""
    heard = {number: answer for number, answer in answers.items() if getsignal(number) != SIG_IGN}
    kept = {number: signal(number, answer) for number, answer in heard.items()}
    try:
        yield
    finally:
        for number, answer in kept.items():
            signal(number, answer)
