"""Every sentence of the source has its Chinese twin, with the same gaps, and no orphan stays."""

import ast
import re
from io import BytesIO
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import workbook

SOURCE = Path(workbook.__file__).parent
CATALOGUES = sorted((SOURCE / "words" / "zh").glob("*.po"))
# Where a sentence is in a call: `w("…")`, `fault(path, "…")`, `w.n("…", "…", n)` …
KEYWORDS: dict[str, tuple[int, ...]] = {
    "w": (1,),
    "words": (1,),
    "self": (1,),
    "N_": (1,),
    "n": (1, 2),
    "fault": (2,),
    "Message": (1,),
    "remark": (2,),
    "WorkError": (1,),
    "RoomError": (1,),
    "good": (1,),
    "NotExactError": (1,),
    "add": (2,),
    "add_unknown": (4, 5),
    "FormulaError": (1,),
    "_UnreadableError": (1,),
    "_unreadable": (2,),
    "CellError": (1,),
    "refused": (2,),
    "_note": (1,),
    "UnreadableError": (1,),
    "RefusedError": (1,),
}


def said() -> dict[str, str]:
    """Every sentence in the source, and where it is said.

    By the syntax tree: Babel's own extractor loses a call that has a keyword's name inside.
    """
    found: dict[str, str] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for sentence in sentences(node):
                found.setdefault(sentence, f"{file.relative_to(SOURCE)}:{node.lineno}")
    return found


def sentences(node: ast.AST) -> list[str]:
    """What a call says, or what is kept for one under the name `template`."""
    if isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "template" for target in node.targets
    ):
        return plain_strings(node.value)
    if not isinstance(node, ast.Call):
        return []
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    places = [node.args[i - 1] for i in KEYWORDS.get(name, ()) if i <= len(node.args)]
    return [text for place in places for text in plain_strings(place)]


def plain_strings(place: ast.expr) -> list[str]:
    if isinstance(place, ast.IfExp):
        return plain_strings(place.body) + plain_strings(place.orelse)
    is_text = isinstance(place, ast.Constant) and isinstance(place.value, str) and place.value
    return [place.value] if is_text else []


def catalogue() -> dict[str, str]:
    """Every English sentence of the Chinese catalogue (plurals too) with its Chinese."""
    pairs: dict[str, str] = {}
    for entry in chain.from_iterable(
        read_po(BytesIO(po.read_bytes()), locale="zh") for po in CATALOGUES
    ):
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        chinese = entry.string[0] if isinstance(entry.string, tuple) else entry.string
        pairs |= {id: chinese for id in ids if id}
    return pairs


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_has_its_chinese():
    """Whatever the source says in English, the catalogue says in Chinese."""
    known = catalogue()
    missing = {s: where for s, where in said().items() if not known.get(s)}
    assert not missing, "\n".join(f"{where}  {s!r}" for s, where in missing.items())


def test_no_chinese_without_its_english():
    """the catalogue keeps no sentence that nobody says any more."""
    assert sorted(set(catalogue()) - set(said())) == []


def test_twins_have_the_same_gaps():
    """A gap that one language names, the other names too (the count of a plural may go)."""
    wrong = {
        english: chinese
        for english, chinese in catalogue().items()
        if gaps(english) - {"n"} != gaps(chinese) - {"n"}
    }
    assert not wrong


def test_no_sentence_stands_twice():
    """the catalogue says nothing twice: the second would silently win."""
    joined = []
    for po in CATALOGUES:
        ids = re.findall(r'^msgid ((?:"[^\n]*"\n)+)', po.read_text("utf-8"), re.MULTILINE)
        joined += [id for id in ("".join(re.findall(r'"(.*)"', id)) for id in ids) if id]
    assert sorted(joined) == sorted(set(joined))


@pytest.mark.parametrize("mark", ["!", "?", ",", ";"])
def test_chinese_uses_chinese_punctuation(mark):
    """No Latin punctuation right after a Chinese character."""
    wrong = [c for c in catalogue().values() if re.search("[一-鿿]" + re.escape(mark), c)]
    assert not wrong
