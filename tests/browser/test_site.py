"""The site of `make site`: it is whole, and a real browser runs the workbook on it."""

from __future__ import annotations

import importlib.util
import io
import json
import shutil
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from browser.lab import READY, SESSION
from light import brought
from workbook.site.about import below_the_floors, floors, read_site
from workbook.site.editions import stamp
from workbook.site.server import bind

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
NPM = ROOT / "node_modules" / "pyodide"
COMPILED = {"contourpy", "kiwisolver", "matplotlib", "numpy", "pandas", "pillow"}
OPEN = {"access-control-allow-origin": "*"}
STAND_IN = '''
"""Stands for a compiled package: whatever is asked of it is there, and nothing works."""
import sys
import types
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from unittest.mock import MagicMock

def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return MagicMock(name=name)

class Parts(MetaPathFinder, Loader):
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self, is_package=True) if name.startswith(TOP) else None
    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__, module.__getattr__ = [], __getattr__
        return module
    def exec_module(self, module):
        pass

TOP = __name__ + "."
sys.meta_path.append(Parts())
'''


def maker():
    """The module that makes the site; it is in no package."""
    sys.path.insert(0, str(ROOT / ".ci"))
    spec = importlib.util.spec_from_file_location("make_site", ROOT / ".ci" / "make_site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make(out, *more):
    command = [sys.executable, ROOT / ".ci" / "make_site.py", out, *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as `make site` makes it."""
    out = tmp_path_factory.mktemp("made") / "site"
    done = make(out)
    assert done.returncode == 0, done.stderr
    assert "With the browser's Python come: " in done.stdout
    return out


def lock_of(site):
    return json.loads((site / "wheels" / "pyodide-lock.json").read_text("utf-8"))["packages"]


def test_every_requirement_is_on_the_site_or_of_the_runtime(site):
    """Each wheel is there with its hash; what is compiled comes from the runtime, new enough."""
    packages = lock_of(site)
    needed = brought("milestone-workbook") - {"jupyterlab-widgets", "widgetsnbextension"}
    others = {"pexpect", "ptyprocess", "psutil", "colorama"}  # for terminals
    assert needed - others <= set(packages)
    for package in packages.values():
        assert {name.lower() for name in package["depends"]} <= set(packages)
        if "://" not in package["file_name"]:
            wheel = (site / "wheels" / package["file_name"]).resolve()
            assert sha256(wheel.read_bytes()).hexdigest() == package["sha256"]
    about = read_site(site)
    assert set(about.runtime) >= COMPILED
    assert not COMPILED & set(about.wheels)
    assert below_the_floors(about.runtime) == []
    own = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))["packages"]
    for name, version in about.runtime.items():
        assert own[name]["version"] == version
        assert own[name]["sha256"] == packages[name]["sha256"]
    assert set(floors()) <= set(packages)


def test_an_older_package_of_the_runtime_is_no_site(site):
    """A runtime below a floor of `pyproject.toml` is found, with both versions."""
    [found] = below_the_floors({"numpy": "1.26.4", "pandas": "3.0.2"})
    assert "numpy 1.26.4" in found
    assert str(floors()["numpy"].specifier) in found
    runtime = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))
    runtime["packages"]["numpy"]["version"] = "1.26.4"
    module = maker()
    with pytest.raises(module.Unfit, match=r"numpy 1\.26\.4"):
        module.site_lock(site, runtime, "./")


def test_the_sites_notebooks_name_its_kernel_and_their_edition(site):
    """Twelve notebooks, none with a link to one that is not there."""
    found = sorted((site / "files" / "notebooks").rglob("*.ipynb"))
    assert [file.name[:2] for file in found] == 2 * ["00", "01", "02", "03", "04", "05"]
    for file in found:
        text = file.read_text("utf-8")
        assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python"
        assert stamp(text)
        assert "](06-" not in text
        assert "](07-" not in text
        assert "](08-" not in text


def full_pyodide(folder):
    """A folder like the archive of a full Pyodide: its core, and stand-ins for its packages."""
    lock = json.loads((NPM / "pyodide-lock.json").read_text("utf-8"))
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        (folder / name).symlink_to(NPM / name)
    for package in lock["packages"].values():
        if package["name"].lower() in COMPILED | {"pytz", "six"}:
            data = stand_in(package)
            package["sha256"] = sha256(data).hexdigest()
            (folder / package["file_name"]).write_bytes(data)
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    return folder


def stand_in(package):
    """A wheel that stands for a compiled package."""
    out = io.BytesIO()
    with ZipFile(out, "w") as wheel:
        for name in package["imports"]:
            wheel.writestr(f"{name.replace('.', '/')}/__init__.py", STAND_IN)
        about = f"{package['name'].replace('-', '_')}-{package['version']}.dist-info"
        lines = ["Metadata-Version: 2.1", f"Name: {package['name']}"]
        wheel.writestr(f"{about}/METADATA", "\n".join([*lines, f"Version: {package['version']}"]))
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\n")
        wheel.writestr(f"{about}/RECORD", "")
    return out.getvalue()


@pytest.fixture(scope="module")
def served(tmp_path_factory, chromium, site):
    """The site with its own runtime, served: the real core, and stand-ins for what is compiled."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "full").mkdir()
    full_pyodide(folder / "full")
    shutil.copytree(site, folder / "site")
    module = maker()
    module.furnish(folder / "site", module.unpacked(folder / "full", folder), local=True)
    assert read_site(folder / "site").address == ""
    yield from serving(folder / "site")


def serving(folder):
    """Serve a site whose Lab the tests may ask; yield its address."""
    file = folder / "jupyter-lite.json"
    config = json.loads(file.read_text("utf-8"))
    config["jupyter-config-data"]["exposeAppInBrowser"] = True
    file.write_text(json.dumps(config), "utf-8")
    with bind(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_an_archive_without_packages_is_refused(tmp_path):
    """The core alone, or a folder of something else: a sentence, and no site."""
    done = make(tmp_path / "site", "--pyodide", NPM)
    assert done.returncode == 1
    assert "a full Pyodide is needed" in done.stderr
    (tmp_path / "other").mkdir()
    done = make(tmp_path / "site", "--pyodide", tmp_path / "other")
    assert done.returncode == 1
    assert "no pyodide-lock.json" in done.stderr
    assert not (tmp_path / "site").exists()


CELL = """
from workbook import cases
from workbook.files import home
from workbook.lesson.progress import Bet, Progress
from workbook.site.panel import show_on_site
from workbook.words import Words
show_on_site(Words("en"))
before = Progress(home()).bet("case", "fork")
Progress(home()).place("case", "fork", Bet("wait", 0.7))
print(cases.load("caffeine-lozenge").plan.id, home(), before and before.choice, "done")
"""
NAME = "notebooks/en/00-start-here.ipynb"


def older_edition(site_text):
    """What a site had before: other cells, and the stamp of that edition."""
    notebook = json.loads(site_text)
    notebook["metadata"]["workbook"]["edition"]["Be the founder"] = "of an older edition"
    code = {"cell_type": "code", "execution_count": None, "id": "ours", "metadata": {}}
    notebook["cells"] = [{**code, "outputs": [], "source": CELL}]
    return json.dumps(notebook)


def run_all(page):
    """Run every cell and wait until the first has printed."""
    page.wait_for_function(READY)
    page.wait_for_function(SESSION, timeout=120_000)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
    expect(page.locator(".jp-OutputArea")).to_contain_text("done", timeout=120_000)


def test_a_browser_runs_the_workbook_and_keeps_the_work(context, page, journal, served):
    """Nothing comes from elsewhere; a newer site leaves a learner's copy and says so; work is kept,
    downloaded and brought back."""
    where = f"{served}files/{NAME}"
    new = page.request.get(where).text()
    old = older_edition(new)
    context.route(where, lambda route: route.fulfill(body=old, content_type="application/json"))
    page.goto(f"{served}lab/index.html?path={NAME}")
    run_all(page)
    expect(page.locator(".jp-OutputArea")).to_contain_text("caffeine-lozenge /drive None done")
    expect(page.locator(".wb-newer")).to_have_count(1)  # the wheel's edition is the new one
    page.evaluate("async () => window.jupyterapp.shell.currentWidget.context.save()")

    context.unroute(where)  # the newer site
    page.goto(f"{served}lab/index.html?path={NAME}")
    run_all(page)
    expect(page.locator(".jp-OutputArea")).to_contain_text("/drive wait done")
    notice = page.locator(".wb-newer")
    expect(notice).to_contain_text("changed in: Be the founder. Yours is kept as it is")

    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download your work").click()
    data = Path(downloading.value.path()).read_bytes()
    with ZipFile(io.BytesIO(data)) as archive:
        kept = json.loads(archive.read("progress.json"))
        assert kept["bets"]["case/fork"]["choice"] == "wait"
        assert "show_on_site" in archive.read(NAME).decode()
    chosen = {"name": "work.zip", "mimeType": "application/zip", "buffer": data}
    page.locator("input[type=file]").last.set_input_files(chosen)
    expect(page.get_by_text("files were brought back")).to_be_visible()

    notice.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Start here: a tea stall")).to_be_visible()
    outside = [url for url in journal.loads if not url.startswith(served)]
    assert outside == []


def test_the_first_page_and_lab_are_in_both_languages(page, served, axe_faults):
    """Six notebooks in each; the Chinese ones open under Chinese menus."""
    page.goto(served)
    for lang in ("en", "zh"):
        expect(page.locator(f"section[lang={lang}] li a")).to_have_count(6)
    assert axe_faults(page) == []
    page.locator("section[lang=zh] li a").first.click()
    expect(page.get_by_role("menuitem", name="文件")).to_be_visible()
    expect(page.get_by_role("heading", name="从这里开始")).to_be_visible()
    expect(page.locator(".jp-DirListing-item")).to_have_count(6)


def test_by_default_only_the_runtime_is_asked_of_its_address(context, page, journal, site):
    """Lab starts from the site alone; the kernel asks the address that JupyterLite names."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

    missing = {"status": 404, "headers": OPEN}
    context.route(f"{PYODIDE_CDN_URL}/**", lambda route: route.fulfill(**missing))
    for served in serving(site):
        with page.expect_request(f"{PYODIDE_CDN_URL}/pyodide.mjs"):
            page.goto(f"{served}lab/index.html?path={NAME}")
        expect(page.locator(".jp-DirListing-item")).to_have_count(6)
        outside = [url for url in journal.loads if not url.startswith(served)]
        assert outside
        assert all(url.startswith(PYODIDE_CDN_URL) for url in outside)
