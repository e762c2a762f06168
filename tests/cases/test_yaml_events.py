"""Two parsers, one reading: what libyaml answers is what ruamel.yaml would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workbook import cases
from workbook.cases.reading import folder
from workbook.cases.yaml_events import UNLIKE, _by_libyaml, events
from workbook.cases.yaml_source import MOST_DEPTH, parse
from workbook.reports.plan_files import STARTERS

pytest.importorskip("yaml.cyaml", reason="without libyaml there is one parser only")

FILES = [*folder().rglob("*.yaml"), *STARTERS.glob("*.yaml")]
PIECES = [part for file in FILES[:4] for part in file.read_text("utf-8").split("\n\n")]
SIGNS = [
    *(
        "\t",
        "\n",
        "\r",
        "\0",
        "\x85",
        "\u2028",
        "\ufeff",
        "：",
        "😀",
        "  ",
        "\n  ",
        "\n- ",
        "- - x",
    ),
    *(
        ": ",
        ":",
        "::",
        "a:b",
        "? ",
        "?",
        "#",
        " # c",
        "#c",
        ",",
        "[",
        "]",
        "{",
        "}",
        "[a, ]",
        "{a}",
    ),
    *(
        "[a:b]",
        "{a: b,}",
        '{"k":v}',
        '["x":1]',
        "&a ",
        "*a",
        "!x ",
        "!!str ",
        "<<: *a",
        "|",
        ">",
        ">-",
    ),
    *("|\n  ", ">-\n\n  ", ">+2\n", '"', "'", '"\\x"', '"\\u4e2d"', "'it''s'", "---\n", "...\n"),
    *("%YAML 1.1\n", "@", "`", "%", "~", "key:", "0x1F", "\\"),
]


def taken_from(found):
    """What the reader takes from events: kind, place, value, and how it is written."""
    taken = ("value", "tag", "anchor", "flow_style")
    return [
        (
            *(type(e).__name__, e.start_mark.index, e.end_mark.index),
            *(getattr(e, name, None) or None for name in taken),
            not getattr(e, "style", None),
        )
        for e in found
    ]


@given(
    st.sampled_from(PIECES),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3), st.sampled_from(SIGNS)), max_size=3),
)
def test_a_text_that_libyaml_reads_is_read_alike_by_ruamel(piece, changes):
    """Whatever is typed into a plan: the same keys at the same places, or ruamel alone reads it."""
    text = piece[:400]
    for place, gone, sign in changes:
        text = text[:place] + sign + text[place + gone :]
    found = None if UNLIKE.search(text) else _by_libyaml(text, deepest=len(text))
    if found is not None:
        assert taken_from(found) == taken_from(YAML(typ="safe", pure=True).parse(text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shipped_file_is_read_by_libyaml(file):
    """Not only allowed to: nothing in them keeps it from the quick parser."""
    assert isinstance(events(file.read_text("utf-8"), deepest=MOST_DEPTH), list)


def test_what_is_nested_too_deep_is_not_read_to_its_end():
    """A parser's time grows with the square of the depth: of 100,000 levels 33 seconds."""
    found = events("a: " + "[" * 100_000, deepest=MOST_DEPTH)
    assert isinstance(found, list)
    assert MOST_DEPTH < len(found) < 2 * MOST_DEPTH


def test_without_libyaml_a_plan_is_the_same(monkeypatch):
    """Where it is not installed, ruamel.yaml reads every file."""
    text = (folder() / "side-business.yaml").read_text("utf-8")
    quick = parse.__wrapped__(text), cases.read_text(text)
    monkeypatch.setattr("workbook.cases.yaml_events._by_libyaml", lambda *text: None)
    parse.cache_clear()
    assert (parse.__wrapped__(text), cases.read_text(text)) == quick
