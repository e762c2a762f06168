"""The doctor: every fault with the one line that mends it, in under ten seconds."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from examples import by_hand
from workbook import doctor
from workbook.cli import main
from workbook.doctor import doctor_text, installation, machine
from workbook.words import Words


def test_this_machine_is_well_and_hears_so(capsys, tmp_path, monkeypatch):
    """No fault here and exit code 0."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["checks"]
    assert {check["id"] for check in found} >= {"python", "widgets", "font", "work", "port"}
    assert all(check["state"] != "fault" for check in found)


def test_a_folder_that_cannot_be_written_is_reported_with_its_mend(tmp_path, monkeypatch, capsys):
    """The line to type is in the report, and the exit code says that something is wrong."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("WORKBOOK_HOME", str(blocked / "below"))
    assert main(["doctor", "--lang", "en"]) == 1
    reported = capsys.readouterr().out
    assert reported.startswith("fault")
    assert "→" in reported.splitlines()[1]
    assert "WORKBOOK_HOME" in reported


def test_an_old_python_is_reported(monkeypatch):
    """3.10 is too old."""
    monkeypatch.setattr(machine.sys, "version_info", (3, 10, 4, "final", 0))
    assert machine.python().state == "fault"


def test_a_full_disk_is_reported(monkeypatch, tmp_path):
    """Less than 300 MB free."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    usage = machine.shutil.disk_usage(tmp_path)._replace(free=10_000_000)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    assert machine.disk_space().state == "fault"


def test_ports_that_are_all_taken_are_reported(monkeypatch):
    """A port that somebody listens on is not free; where none is, the mend names another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setattr(machine, "FIRST_PORT", number)
        monkeypatch.setattr(machine, "LAST_PORT", number)
        assert machine.port().state == "fault"


def test_a_folder_that_has_gone_is_all_that_is_reported(tmp_path, monkeypatch):
    """A stick was pulled out: the mend is another folder, not another installation."""
    (tmp_path / "stick").mkdir()
    monkeypatch.chdir(tmp_path / "stick")
    (tmp_path / "stick").rmdir()
    [(id, check)] = doctor.examine().items()
    assert (id, check.state) == ("here", "fault")
    assert "cd ~" in str(check.fix)


def test_a_link_to_a_stick_that_is_not_there_is_reported(tmp_path, monkeypatch):
    """The folder above it can be written, but work would not get there."""
    (tmp_path / "work").symlink_to(tmp_path / "stick")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "work"))
    assert (machine.work_folder().state, machine.disk_space().state) == ("fault", "good")


def test_a_kernel_without_a_place_for_its_connection_is_reported(tmp_path, monkeypatch):
    """Where Jupyter itself would write it, not where other programs keep temporary files."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.delenv("JUPYTER_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "jupyter"))
    check = machine.temporary_files()
    assert (check.state, "JUPYTER_RUNTIME_DIR" in str(check.fix)) == ("fault", True)


@pytest.mark.parametrize("name", by_hand(["random.py", "numpy.py", "workbook.py"]))
def test_a_file_that_python_takes_for_a_module_is_reported(tmp_path, monkeypatch, name):
    """Beside the notebooks `random.py` breaks every kernel; a name of one's own does not."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    folder = tmp_path / "notebooks" / "en"
    folder.mkdir(parents=True)
    (folder / "my-random.py").touch()
    assert installation.shadowed_modules().state == "good"
    (folder / name).touch()
    check = installation.shadowed_modules()
    assert (check.state, name in str(check.found)) == ("fault", True)


@pytest.mark.parametrize(
    "name",
    by_hand(
        [
            *("json/__init__.py", "numpy.py", "zmq.py", "workbook.py", "numpy.pyc"),
            *("random.py", "token.abi3.so", "matplotlib/__init__.py"),
        ]
    ),
)
def test_a_file_of_the_current_folder_that_stands_before_a_module_is_reported(
    tmp_path, monkeypatch, capsys, name
):
    """A notebook opened there would load it: doctor never ends with "all is well"."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    for folder in ("tests", "numpy"):  # an installed package comes before a folder without a file
        (tmp_path / folder).mkdir()
    for harmless in ("my-random.py", "tests/__init__.py", "numpy/data.csv", "random.txt"):
        (tmp_path / harmless).touch()
    assert installation.shadowed_modules().state == "good"
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    assert main(["doctor", "--lang", "en"]) == 1
    reported = capsys.readouterr().out
    assert name.partition("/")[0] in reported.splitlines()[0]
    assert "All is well" not in reported


def test_a_file_in_the_python_path_that_hides_a_module_is_reported(tmp_path, monkeypatch):
    """PYTHONPATH is searched before Python's own modules; a folder of installed packages may be."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "mine"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "statistics.py").touch()
    assert "statistics.py" in str(installation.shadowed_modules().found)
    (tmp_path / "mine" / "numpy-2.dist-info").mkdir()
    assert installation.shadowed_modules().state == "good"


@pytest.mark.parametrize("reported", [{"anywidget": True}, ["@jupyter-widgets/jupyterlab-manager"]])
def test_widgets_that_a_setting_switches_off_are_reported(tmp_path, monkeypatch, reported):
    """Installed and left out: nothing would show, and nothing would say why."""
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    assert installation.disabled_widgets().state == "good"
    (tmp_path / "labconfig").mkdir()
    page = tmp_path / "labconfig" / "page_config.json"
    page.write_text(json.dumps({"disabledExtensions": {"other": True, "anywidget": False}}))
    assert installation.disabled_widgets().state == "good"
    page.write_text(json.dumps({"disabledExtensions": reported}))
    check = installation.disabled_widgets()
    assert (check.state, "labextension enable" in str(check.fix)) == ("fault", True)
    own = (
        tmp_path / "own" / "labconfig"
    )  # where the line of the mend writes, and Jupyter looks first
    own.mkdir(parents=True)
    names = dict.fromkeys(reported, False)
    (own / "page_config.json").write_text(json.dumps({"disabledExtensions": names}))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "own"))
    assert installation.disabled_widgets().state == "good"


def test_modules_that_every_kernel_compiles_anew_are_a_note(monkeypatch, tmp_path):
    """Nothing is broken, but a class waits; once the line was typed, all is well."""
    monkeypatch.setattr(machine, "cache_from_source", lambda _: str(tmp_path / "numpy.pyc"))
    monkeypatch.setattr(machine.sys, "dont_write_bytecode", True)
    check = machine.bytecode()
    assert (check.state, "compileall" in str(check.fix)) == ("note", True)
    (tmp_path / "numpy.pyc").touch()
    assert machine.bytecode().state == "good"


def test_a_missing_package_is_named(monkeypatch):
    """Whatever the workbook asks for and is not there, by its name."""
    monkeypatch.setattr(
        installation, "requires", lambda _: ["numpy>=2", "no-such-package>=1", "pandas>=99"]
    )
    check = installation.packages()
    assert check.state == "fault"
    assert "no-such-package" in str(check.found)
    assert "pandas" in str(check.found)
    assert "numpy" not in str(check.found)


def test_widgets_without_their_browser_half_are_reported(monkeypatch, tmp_path):
    """ipywidgets may be installed and JupyterLab know nothing of it."""
    monkeypatch.setattr(installation.sys, "prefix", str(tmp_path))
    assert installation.widgets().state == "fault"


def test_a_kernel_that_points_nowhere_is_reported(monkeypatch, tmp_path):
    """The commonest fault of a moved folder: the kernel's Python is gone."""
    spec = tmp_path / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": ["/no/such/python"]}))
    monkeypatch.setattr(installation.sys, "prefix", str(tmp_path))
    check = installation.kernel()
    assert check.state == "fault"
    assert "ipykernel install" in str(check.fix)


def test_a_torn_font_is_reported(monkeypatch):
    """A download cut off in the middle."""
    monkeypatch.setattr(installation, "LEAST_FONT_BYTES", 10**9)
    assert installation.font().state == "fault"


def test_a_torn_set_up_is_reported_and_ends_nothing():
    """Where a package the workbook imports is missing, the doctor still looks at the rest."""
    code = (
        "import sys; sys.modules['ruamel'] = None; sys.modules['ruamel.yaml'] = None\n"
        "from workbook.doctor import examine\n"
        "found = {id: c.state for id, c in examine().items()}\n"
        "assert found['notebooks'] == 'fault', found\n"
        "assert found['python'] == 'good', found\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_faults_come_first_and_each_has_its_mend(lang):
    """In both languages, without a gap."""
    from workbook.doctor.machine import fault, good
    from workbook.errors import Message

    findings = {
        "a": good("the Chinese font"),
        "b": fault(Message("no kernel"), Message("mend it")),
    }
    reported = doctor_text(findings, Words(lang)).splitlines()
    assert "no kernel" in reported[0]
    assert "mend it" in reported[1]
    assert doctor.examine({"a": lambda: findings["a"]}) == {"a": findings["a"]}


def test_the_mend_can_be_typed_where_the_workbook_came_from(monkeypatch, tmp_path):
    """In a checkout it is make's; from a stick there is no make, and the stick is named."""
    assert "make clean lab" in str(machine.reinstall())
    monkeypatch.setattr(machine.files, "checkout", lambda: None)
    assert "make" not in str(machine.reinstall()).split()
    assert sys.prefix in str(machine.reinstall())
    monkeypatch.setattr(machine.sys, "base_prefix", sys.prefix)
    assert sys.prefix not in str(machine.reinstall())  # nobody is asked to delete the machine's own


def test_the_mend_can_be_typed_on_windows(monkeypatch):
    """`export` is nothing there."""
    monkeypatch.setattr(machine, "WINDOWS", True)
    reported = str(machine.own_folder("choose: {line}", "WORKBOOK_HOME", "workbook"))
    assert reported == "choose: set WORKBOOK_HOME=%USERPROFILE%\\workbook"
