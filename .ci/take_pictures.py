"""Take the READMEs' pictures of the notebooks, from the real browser.

    .venv/bin/python .ci/take_pictures.py [FOLDER]

`workbook lab` is started in each language on a home of its own, each notebook is run, its bet or
its guess is placed as a learner would, and the window is photographed with the answer in view.
FOLDER is `docs/pictures`. Run it again when what a page shows has changed; look at what it made.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from browser.lab import TOKEN, Lab, Notebook, free_port, wait_until_it_answers  # noqa: E402

WINDOW = {"width": 1100, "height": 760}
COLOURS = 96
"""Enough for the text's edges and the charts; a third of the bytes."""


@dataclass(frozen=True)
class Picture:
    """A notebook, the section at the top of the window, what is placed before it."""

    name: str
    notebook: str
    section: str
    guess: tuple[str, str]
    bets: bool = False


@dataclass
class Copies(Lab):
    """A Lab on a learner's own copies: its notebooks are in folders by language."""

    lang: str

    def url(self, name: str) -> str:
        """The address of a notebook, on its own, in a fresh workspace."""
        return super().url(f"notebooks/{self.lang}/{name}")


BET = ".wb-live:has(select[size])"
PICTURES = (
    Picture("lozenge", "01-caffeine-lozenge", "options", ("20", "40"), bets=True),
    Picture("companion", "03-ai-companion", "merge", ("3", "8")),
)


@contextmanager
def lab_in(lang: str, folder: Path) -> Iterator[Lab]:
    """`workbook lab` in a language, without a browser of its own."""
    port, home, log = free_port(), folder / "home", folder / "lab.log"
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("SETTINGS", "WORKSPACES")}
    command = [sys.executable, "-m", "workbook", "lab", "--lang", lang, "--", "--no-browser"]
    command += [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}"]
    command += ["--LabApp.expose_app_in_browser=True"]
    with log.open("w") as out:
        server = subprocess.Popen(
            command,
            env={**os.environ, **own, "WORKBOOK_HOME": str(home)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            wait_until_it_answers(server, port, log)
            yield Copies(port, home, home, lang)
        finally:
            os.killpg(server.pid, signal.SIGTERM)  # the command, and the Lab that it started
            server.wait(20)


def photographed(page: Any, lab: Lab, picture: Picture) -> bytes:
    """Run the notebook, place what it asks for, and photograph the window."""
    Notebook(page, lab, Path(f"{picture.notebook}.ipynb")).open().run_all()
    if picture.bets:
        place_bet(page)
    place_guess(page, picture)
    cell = page.locator(".jp-CodeCell", has_text=f"lesson.{picture.section}(").first
    cell.locator(".wb-live figure svg").first.wait_for(timeout=60_000)
    cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
    page.mouse.move(0, 0)
    page.wait_for_function("() => !document.querySelector('.jp-Dialog, .Toastify__toast')")
    return small(page.screenshot())


def place_bet(page: Any) -> None:
    """The second way, as sure as the form says."""
    page.locator(f"{BET} select[size]").select_option(index=1)
    page.locator(f"{BET} button.mod-primary").click()
    page.locator(".wb-still:has(.wb-options) .wb-good").wait_for(state="attached", timeout=60_000)


def place_guess(page: Any, picture: Picture) -> None:
    """Both ends of the interval, then the button."""
    call = f'lesson.guess("{picture.section}")'
    panel = page.locator(".jp-CodeCell", has_text=call).locator(".wb-live").first
    for box, end in zip(panel.locator("input").all(), picture.guess, strict=True):
        box.fill(end)
        box.press("Tab")
    panel.locator("button").click()


def small(png: bytes) -> bytes:
    """The picture with few colours."""
    found = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = BytesIO()
    found.save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Take every picture in both languages."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for lang in ("en", "zh"):
            with TemporaryDirectory() as own, lab_in(lang, Path(own)) as lab:
                for picture in PICTURES:
                    page = browser.new_page(viewport=WINDOW)
                    png = photographed(page, lab, picture)
                    (folder / f"{picture.name}-{lang}.png").write_bytes(png)
                    print(f"{picture.name}-{lang}.png {len(png) / 1000:.0f} KB")
                    page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
