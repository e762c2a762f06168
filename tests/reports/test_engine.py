"""`papermill --engine workbook`: what the stock engine gives, from a kernel forked warm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest

from cells import notebook_of

pytestmark = pytest.mark.slow

RAISES = "raises-exception"
CELLS = [
    "sorted(k for k in globals() if k != '__builtin__'), In, Out, _i",
    "7",
    "get_ipython().execution_count, _, Out",
    "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
    "1 + 1",
    """from IPython.display import display, HTML, Markdown, clear_output, update_display
display(HTML('<b>x</b>'), display_id='d'); print('between')
display(Markdown('m'), metadata={'text/markdown': {'k': 1}})""",
    "update_display(HTML('<i>later</i>'), display_id='d')",
    "print('gone'); clear_output(); print('stays')",
    "print('gone'); clear_output(wait=True); print('stays')",
    """class Rich:
    __repr__ = lambda self: 'Rich'
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {'text/html': '<p>', 'application/vnd.x+json': {'a': [1.5]}}, {'k': 1}
Rich()""",
    "import matplotlib\n%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 3, 2])",
    "figure, axes = plt.subplots(); axes.plot([3, 1]); None",
    "matplotlib.get_backend()",
    "!echo shell; echo to-stderr >&2",
    "found = !echo captured\nfound",
    "%%bash\necho bash",
    "%who_ls",
    "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')\n42",
    "async def later():\n    print('a task')\ntask = asyncio.ensure_future(later())\nawait task",
    "%%capture kept\nprint('hidden')",
    "kept.stdout",
    "import os\nos.write(1, b'past Python\\n'); None",
    "import subprocess\nsubprocess.run(['echo', 'a child']); None",
    "import pandas as pd\npd.DataFrame({f'c{i}': range(70) for i in range(30)})",
    "pd.options.display.max_columns, pd.options.display.width",
    "import logging; logging.warning('warned')",
    "get_ipython().__class__.__name__, In[3], Out[3], _, __name__, sys.path[0]",
    "sys.argv[0], [argument for argument in sys.argv[1:] if argument.startswith('-')]",
    "%precision 2\n3.14159",
    "def divide(x):\n    return 1 / x\nprint('before')",
    ("divide(0)", RAISES),
    ("input('?')", RAISES),
    ("import getpass; getpass.getpass()", RAISES),
    ("x = = 1", RAISES),
    (
        """class Own(Exception):
    def _render_traceback_(self):
        return ['own lines']
raise Own('z')""",
        RAISES,
    ),
    ("%nomagic", RAISES),
    ("sys.exit(3)", RAISES),
    "import time\nprint(1); time.sleep(.4); print(2, file=sys.stderr); time.sleep(.4); print(3)",
    "for i in range(3):\n    print(i, end=' ')\n    display(i)",
    "import threading\nt = threading.Thread(target=lambda: print('thread')); t.start(); t.join()",
    "len?",
    "sys.stdout.isatty(), sys.stdout.encoding",
    "import tqdm.auto\ntqdm.auto.tqdm.__mro__",
    "print('x' * 100_000)",
    "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3, description='s')\nslider",
    "out = widgets.Output()\nwith out:\n    print('inside'); display(HTML('<u>o</u>'))\nout",
    "slider.value = 5; slider.value, len(out.outputs)",
    "1 / 0",
    "print('never')",
]


def run(*arguments, cwd, code=None, seconds=140):
    """Run papermill, or a script, and give what it said on stderr."""
    command = ["-c", code] if code else ["-m", "papermill", *arguments]
    # ipykernel leaves descriptors alone where it thinks that pytest watches them
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,  # who hangs is named by the command, before the suite's own limit
    )
    return done.stderr


def run_by_stock(source, cwd):
    """The stock engine's run. Its client may wait for ever at the Output widget, and on a busy
    machine it may leave out what was written past Python: then once more.
    """
    for _ in range(3):
        with suppress(subprocess.TimeoutExpired):
            run(source, "stock.ipynb", cwd=cwd, seconds=60)
            cells = nbformat.read(cwd / "stock.ipynb", 4).cells
            if any(cell.get("outputs") for cell in cells if "past Python" in cell.source):
                return
    pytest.fail("papermill's own engine failed three times: there is nothing to compare with")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The cells executed by our engine, what papermill said of it, and by the stock engine."""
    folder = tmp_path_factory.mktemp("engines")
    source = notebook_of(folder / "in.ipynb", *CELLS)
    said = run(source, "ours.ipynb", "--engine", "workbook", cwd=folder)
    run_by_stock(source, folder)
    ours, stock = (nbformat.read(folder / f"{n}.ipynb", 4) for n in ("ours", "stock"))
    return ours, said, stock


def plain(cell):
    """A cell's outputs: streams in one piece, as chance may cut them; no random id, no address."""
    shown = []
    for output in json.loads(re.sub("0x[0-9a-f]+", "0x", json.dumps(cell.get("outputs", [])))):
        for view in output.get("data", {}).values():
            if isinstance(view, dict):
                view.pop("model_id", None)
        last = shown[-1] if shown else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            shown.append(output)
    return shown


def test_every_cell_has_the_outputs_of_the_stock_engine(executed):
    """Streams, displays, updates, figures, magics, errors and widgets: cell by cell the same."""
    ours, _, stock = executed
    assert [cell.source for cell in ours.cells] == [cell.source for cell in stock.cells]
    assert sum("error" in {o.output_type for o in c.get("outputs", ())} for c in stock.cells) == 7
    for one, other in zip(ours.cells, stock.cells, strict=True):
        assert plain(one) == plain(other), one.source
        assert one.get("execution_count") == other.get("execution_count"), one.source
        assert one.metadata.keys() == other.metadata.keys(), one.source


WARMED_UP = """\
import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import papermill
from workbook.reports.warm.execute import make_kernel_ready
from workbook.reports.warm.fork_server import make_a_report
make_kernel_ready()
make_a_report("en")
papermill.execute_notebook("in.ipynb", "out.ipynb", engine_name="workbook")
"""


def test_a_kernel_that_has_run_trial_cells_gives_the_same(executed, tmp_path):
    """Cells run before the fork leave nothing: no number, no `_`, no `Out`, no name."""
    _, _, stock = executed
    notebook_of(tmp_path / "in.ipynb", *CELLS)
    run(cwd=tmp_path, code=WARMED_UP)
    ours = nbformat.read(tmp_path / "out.ipynb", 4)
    for one, other in zip(ours.cells, stock.cells, strict=True):
        assert plain(one) == plain(other), one.source
        assert one.get("execution_count") == other.get("execution_count"), one.source


def test_the_notebook_itself_says_the_same(executed):
    """Language and kernel, the state of the widgets, and that papermill met an error."""
    ours, _, stock = executed
    assert ours.metadata.language_info == stock.metadata.language_info
    assert ours.metadata.papermill.exception is stock.metadata.papermill.exception is True
    kinds = [
        sorted(w["model_name"] for w in n.metadata.widgets[key]["state"].values())
        for n in (ours, stock)
        for key in n.metadata.widgets
    ]
    assert kinds[0] == kinds[1]


def test_papermill_finds_the_engine_and_it_forks(executed):
    """Any papermill on this machine may ask for it by name; its kernel is a fork."""
    assert "kernel forked as process" in executed[1]


TWICE = """\
import papermill, nbformat, sys
{before}
for name in ("first", "second"):
    papermill.execute_notebook(
        f"{{name}}.ipynb", f"{{name}}-out.ipynb", engine_name="workbook")
print("threads" if "threading" in sys.modules else "", file=sys.stderr)
"""


def test_nothing_of_a_notebook_is_left_for_the_next(tmp_path):
    """Names, modules' attributes, options, environment and chance: each notebook has its own."""
    spoil = "import os, math, random\nmath.pi = 3\nos.environ['LEFT'] = 'x'\nmine = 1"
    drawn = "random.random()"
    look = "import os, math, random\nassert math.pi > 3.1 and 'LEFT' not in os.environ\n"
    notebook_of(tmp_path / "first.ipynb", spoil, drawn)
    notebook_of(tmp_path / "second.ipynb", look + "assert 'mine' not in globals()", drawn)
    assert "Traceback" not in run(cwd=tmp_path, code=TWICE.format(before=""))
    first, second = (nbformat.read(tmp_path / f"{n}-out.ipynb", 4) for n in ("first", "second"))
    assert first.cells[-1].outputs != second.cells[-1].outputs


CALL = """\
import papermill
def call(name, **options):
    papermill.execute_notebook("in.ipynb", f"{name}.ipynb", engine_name="workbook", **options)
"""
CALLERS = {
    "thread": """\
from threading import Thread
for name in ("first", "second"):
    (thread := Thread(target=call, args=(name,))).start()
    thread.join()
""",
    "bar": """\
from tqdm import tqdm
for name in tqdm(["first", "second"]):
    call(name)
""",
    "loop": """\
import asyncio
async def both():
    for name in ("first", "second"):
        await asyncio.to_thread(call, name)
asyncio.run(both())
""",
    "dask": """\
from distributed import Client
if __name__ == "__main__":
    with Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as to:
        to.gather([to.submit(call, name) for name in ("first", "second")])
""",
}


@pytest.mark.parametrize("caller", CALLERS)
def test_where_threads_are_at_work_the_stock_engine_serves(tmp_path, caller):
    """A thread, the caller's own bar, a loop, Dask: the notebook runs; why is said once."""
    notebook_of(tmp_path / "in.ipynb", "1 + 1")
    said = run(cwd=tmp_path, code=CALL + CALLERS[caller])
    assert said.count("papermill's own engine runs this notebook: other threads") == 1, said
    for name in ("first", "second"):
        executed = nbformat.read(tmp_path / f"{name}.ipynb", 4)
        assert executed.cells[-1].outputs[0].data["text/plain"] == "2"


def test_a_notebook_may_call_papermill_with_our_engine(tmp_path):
    """A kernel has threads and sockets of its own: what is called from there runs all the same."""
    notebook_of(tmp_path / "in.ipynb", "1 + 1")
    notebook_of(tmp_path / "outer.ipynb", CALL + "call('inner')")
    run("outer.ipynb", "outer-out.ipynb", cwd=tmp_path)
    assert nbformat.read(tmp_path / "inner.ipynb", 4).cells[-1].outputs


def test_the_progress_bar_is_no_hindrance(tmp_path):
    """papermill's own default shows a bar, time after time: every kernel is a fork all the same."""
    notebook_of(tmp_path / "in.ipynb", "1 + 1")
    log = "import logging; logging.basicConfig(level=logging.INFO)\n"
    said = run(cwd=tmp_path, code=log + CALL + "call('first'); call('second')")
    assert said.count("kernel forked as process") == 2, said
    assert said.count("Executing: ") >= 2


@pytest.mark.parametrize("kernel", [[], ["-k", "python3"]])
@pytest.mark.parametrize("engine", [[], ["--engine", "workbook"]])
def test_a_notebook_has_its_own_folder_and_not_the_callers(tmp_path, engine, kernel):
    """With a kernel named or not: what is next to the notebook is found, beside papermill not.

    A module of the same name that the caller has loaded is not what the notebook gets.
    """
    (there := tmp_path / "there").mkdir()
    (tmp_path / "neighbour.py").write_text("whose = 'the caller'")
    (there / "neighbour.py").write_text("whose = 'the notebook'")
    (tmp_path / "stranger.py").write_text("")
    cells = ("import neighbour; neighbour.whose", "from importlib.util import find_spec")
    notebook_of(tmp_path / "in.ipynb", *cells, "find_spec('stranger')", "import os; os.getcwd()")
    said = run("in.ipynb", "out.ipynb", "--cwd", "there", *engine, *kernel, cwd=tmp_path)
    shown = [c.get("outputs", []) for c in nbformat.read(tmp_path / "out.ipynb", 4).cells[1:]]
    assert shown[0][0].data["text/plain"] == "'the notebook'", said
    assert shown[2] == []
    assert str(there) in shown[3][0].data["text/plain"]
    if engine:
        assert "kernel forked as process" in said
        caller = "import neighbour\n" + CALL + "call('out', cwd='there')"
        run(cwd=tmp_path, code=caller)
        again = nbformat.read(tmp_path / "out.ipynb", 4).cells[1].outputs
        assert again[0].data["text/plain"] == "'the notebook'"


def test_the_engine_costs_papermill_nothing_to_know():
    """papermill imports every registered engine: ours brings nothing heavy along."""
    heavy = "{'IPython', 'ipykernel', 'matplotlib', 'nbconvert', 'numpy', 'papermill', 'pydantic'}"
    code = f"import sys, workbook.reports.engine; assert not {heavy} & set(sys.modules)"
    assert run(cwd=Path(sys.prefix), code=code) == ""
