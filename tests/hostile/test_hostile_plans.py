"""Plan files that are wrong, empty, huge or malicious: each is answered with its faults by line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import by_hand, examples
from hostile_plans import GOOD, HOSTILE, edited
from workbook import cases
from workbook.cases import Case
from workbook.cases.yaml_data import fresh
from workbook.errors import InputError


def faults_in(text: str) -> list[str]:
    """What is said about a text; nothing where it is read."""
    try:
        cases.read_text(text)
    except InputError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_plan_is_shown_its_faults_by_line(name):
    """Every fault of the file is reported, with its line, and nothing else is."""
    text, reported = HOSTILE[name]
    assert faults_in(text) == reported


@pytest.mark.parametrize("name", by_hand(HOSTILE))
def test_no_hostile_plan_grows(name, peak_bytes):
    """Whatever is in the file, it is reported in little memory."""
    faults_in(HOSTILE[name][0])
    assert peak_bytes() < 64e6


def test_all_faults_of_a_file_come_at_once():
    """Wrong values and wrong references are reported together, in the order of the lines."""
    text = edited("0.5", "30").replace("[demand]", "[permit]").replace("cash", "cahs") + "cash: x\n"
    lines = [line.split("  ")[0] for line in faults_in(text)]
    assert lines == ["line 4", "line 9", "line 11", "line 12"]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "\ufeff" + GOOD,
        GOOD.rstrip(),
        "---\n" + GOOD,
        "%YAML 1.2\n---\n" + GOOD,
        GOOD + "...\n",
        "# مرحبا\n" + GOOD,
    ],
    ids=["unix", "windows", "old mac", "mark", "no end", "dashes", "version", "dots", "arabic"],
)
def test_files_of_every_editor_are_read(text):
    """Line ends, byte order marks and document marks are no faults."""
    assert cases.read_text(text).plan == cases.read_text(GOOD).plan


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("$x_1$", "$x_1$"),
        ("x" * 300, "x" * 300),
        ("خطة المخبز", "خطة المخبز"),
        ("🎈 balloon", "🎈 balloon"),
        ("007", "007"),
        ("NO", "NO"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("true", "true"),
        ("2026-01-01", "2026-01-01"),
        ("'null'", "null"),
        ("{en: a, zh: 甲}", {"en": "a", "zh": "甲"}),
    ],
)
def test_titles_are_taken_as_they_are_typed(written, title):
    """Text that looks like code, numbers or dates stays text."""
    case = cases.read_text(GOOD + f"title: {written}\n")
    found = case.plan.title
    assert (found if isinstance(found, str) else found.model_dump()) == title


def test_numbers_with_a_sign_add_in_an_option():
    """`+30000` in an option stays a change; in the plan itself it is a number."""
    text = edited("5000", "+5000") + (
        "forks:\n  - id: f\n    options:\n"
        "      - {id: a, cash: +3e4, teams: -1, milestones: {demand: {weeks: +5, cost: 3}}}\n"
    )
    plan = cases.read_text(text).plan
    option = plan.forks[0].options[0]
    assert plan.cash == 5000
    assert (option.cash, option.teams) == ("+30000", "-1")
    assert option.milestones == {"demand": {"weeks": "+5", "cost": 3}}


# what is wrong before a file's text is even looked at


def reported_of(path: object) -> str:
    """What is said about a path."""
    with pytest.raises(InputError) as caught:
        cases.read(path)
    assert len(caught.value.faults) == 1
    return str(caught.value.faults[0])


def test_a_folder_is_reported(tmp_path):
    """A folder is not a plan."""
    assert reported_of(tmp_path) == "this is a folder; name a plan file in it"


def test_a_missing_file_is_reported_with_the_nearest_name(tmp_path):
    """A misspelt file name is answered with the one in the folder."""
    (tmp_path / "bakery.yaml").write_text(GOOD)
    assert (
        reported_of(tmp_path / "bakrey.yaml")
        == "there is no such file; did you mean 'bakery.yaml'?"
    )
    assert reported_of(tmp_path / "xyz") == "there is no such file; check the name and the folder"
    assert "there is no folder" in reported_of(tmp_path / "none" / "bakery.yaml")


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json", ".JSON"])
def test_a_missing_file_is_reported_with_plan_files_only(tmp_path, suffix):
    """A notebook with a nearer name is no plan; of two files, the plan is named."""
    (tmp_path / "bakery.ipynb").write_text("{}")
    assert "did you mean" not in reported_of(tmp_path / "bakery.ipyn")
    (tmp_path / f"bakery{suffix}").write_text(GOOD)
    assert f"did you mean 'bakery{suffix}'?" in reported_of(tmp_path / "bakery.ipyn")


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, ""])
def test_impossible_paths_are_reported(path):
    """A path that no file can have is one clear fault."""
    assert reported_of(path)


def test_a_device_is_reported():
    """Reading does not hang on what is no file."""
    assert reported_of("/dev/zero") == "this is no ordinary file; name a plan file"


def test_a_file_without_permission_is_reported(tmp_path, monkeypatch):
    """A file that may not be read says so."""
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert reported_of(path) == "this file may not be read; change its permissions"


def test_ten_megabytes_are_refused_unread(tmp_path, peak_bytes):
    """A huge file is refused at once."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        for _ in range(2500):
            file.write(b"# x\n" * 1000)
    assert reported_of(path) == "this file is larger than 1 MB; a plan file is a few pages of text"
    assert peak_bytes() < 5e6


def test_bytes_that_are_no_text_are_reported_by_line(tmp_path):
    """A file in another encoding is reported at its first odd byte."""
    path = tmp_path / "a.yaml"
    path.write_bytes(GOOD.encode() + "title: 面包".encode("gbk"))
    reported = f"line 12  byte {len(GOOD) + 7} is not UTF-8 text; save the file again as UTF-8"
    assert reported_of(path) == reported
    path.write_bytes(GOOD.encode("utf-16"))
    assert reported_of(path).startswith("line 1  byte 0 is not UTF-8")


# whatever comes


def answer_to(path: Path) -> Case | InputError:
    """The case in a file, or its faults; any other error is a traceback."""
    try:
        return cases.read(path)
    except InputError as error:
        return error


@examples(150)
@given(st.binary(max_size=300))
def test_no_bytes_end_in_a_traceback(tmp_path_factory, data):
    """Any bytes are read, or answered with faults."""
    path = tmp_path_factory.getbasetemp() / f"fuzz-{os.getpid()}.yaml"
    path.write_bytes(data)
    assert isinstance(answer_to(path), (Case, InputError))


SCRAPS = [
    "\t",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!x ",
    "'",
    '"',
    "|\n",
    "\n",
    "  ",
    "#",
]
SCRAPS += [
    "~",
    ".nan",
    "+1",
    "1e999",
    "<<: ",
    "&b ",
    "*b",
    "? ",
    "---\n",
    "é",
    "口",
    "\u2028",
    "\x85",
    "true",
    "0x1F",
]
FORKED = GOOD + (
    "forks:\n  - id: f\n    at: {week: 3}\n    options:\n"
    "      - {id: a, cash: +a, milestones: {demand: {cost: 3}}, skip: [demand]}\n"
    "facts:\n  a: {value: [1, 2], basis: yours}\n  b: {basis: derived, from: [a], how: a * 2}\n"
)


@examples(300)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(FORKED)),
            st.integers(0, 8),
            st.sampled_from(SCRAPS) | st.text(max_size=3),
        ),
        min_size=1,
        max_size=4,
    )
)
@example([(0, len(FORKED), "a: !!python/none")])
def test_no_mangled_plan_ends_in_a_traceback(cuts):
    """A good plan cut and patched anywhere is read, or answered with faults."""
    text = FORKED
    for at, length, scrap in cuts:
        text = text[:at] + scrap + text[at + length :]
    assert isinstance(faults_in(text), list)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just("demand"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "needs", "tests", "at", "options", "milestones", "value", "demand"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
PLACES = ["goal", "milestones", "forks", "log", "measures", "skips", "sales", "facts", "happened"]


@pytest.mark.slow
@examples(200)
@given(st.dictionaries(st.sampled_from(PLACES), VALUES, max_size=3))
def test_no_odd_value_ends_in_a_traceback(changes):
    """Anything where something else belongs is answered with faults."""
    plain = {"plan": 1, "id": "stall", "goal": "open", "milestones": [{"id": "open"}]}
    assert isinstance(faults_in(fresh({**plain, **changes})), list)
