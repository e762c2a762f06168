r"""The events of a YAML text: by libyaml if it is there, otherwise by ruamel.yaml.

libyaml (PyYAML's parser in C, which comes with papermill) takes a fifteenth of the time. It reads
YAML 1.1, and accepts some texts that ruamel.yaml refuses. So it is asked only about a text without
anything that the two may read differently; and what it refuses, ruamel.yaml refuses with its words.

>>> [type(event).__name__ for event in events("goal: shop\n", deepest=20)][2:5]
['MappingStartEvent', 'ScalarEvent', 'ScalarEvent']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

UNLIKE = re.compile(
    r"""
      [^\n\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]  # tabs
    | (?:^|[\s,\[{:-])(?:[&*!]\S|\?)  # anchors, aliases, tags, keys with a question mark
    | ["'\]}]:(?![\ \n])              # a colon close behind a quote or bracket
    | [>|][-+0-9]*(?:\#|\ *\n\ *\n)   # a comment or an empty line at the head of a folded text
    | ^(?:---|\.\.\.|%)               # marks of documents
    """,
    re.MULTILINE | re.VERBOSE,
)


def events(text: str, *, deepest: int) -> Iterable[Any]:
    """Return the events of a text: those of libyaml's that ruamel.yaml would give, too.

    They may end behind the first that is nested deeper than `deepest`: a parser's time for what is
    nested grows with the square of its depth.

    Raises
    ------
    ruamel.yaml.error.MarkedYAMLError
        While they are read, at the first thing that is not YAML.
    """
    found = None if UNLIKE.search(text) else _by_libyaml(text, deepest)
    return YAML(typ="safe", pure=True).parse(text) if found is None else found


def _by_libyaml(text: str, deepest: int) -> list[Any] | None:
    """Return libyaml's events; None without it, or if ruamel.yaml would place or refuse one."""
    try:
        from yaml import YAMLError  # type: ignore[import-untyped]
        from yaml.cyaml import CParser  # type: ignore[import-untyped]
    except ImportError:
        return None
    parser, found, nested = CParser(text), [], -2  # the stream and the document are no nodes
    try:
        while nested <= deepest and parser.check_event():
            event = parser.get_event()
            if event.start_mark.index == event.end_mark.index and hasattr(event, "value"):
                return None  # a key without a value, which the two place differently
            found.append(event)
            name = type(event).__name__
            nested += name.endswith("StartEvent") - name.endswith("EndEvent")
    except YAMLError:
        return None
    return found
