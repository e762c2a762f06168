"""Every notebook twice: one set of code cells, two proses, each written in its own language."""

from __future__ import annotations

import re

import nbformat
import papermill
import pytest

from notebooks.pages import (
    CLAIM,
    LANGUAGES,
    LESSONS,
    NAMES,
    NOTEBOOKS,
    afterwards_of,
    code_of,
    parameters_of,
    prose_of,
    read,
    sections_of,
    stamps,
)

each = pytest.mark.parametrize("name", NAMES)
each_lesson = pytest.mark.parametrize("name", LESSONS)
in_both = pytest.mark.parametrize("lang", LANGUAGES)


def test_both_languages_have_the_same_notebooks():
    """No notebook stands in one language alone."""
    assert sorted(path.stem for path in (NOTEBOOKS / "zh").glob("[0-9][0-9]-*.ipynb")) == NAMES


@each
def test_twins_differ_in_their_code_by_the_language_alone(name):
    """Cell by cell the code is the same, but for the default of `lang` and the comments."""
    en, zh = (
        [re.sub("  # .*", "", source) for source in code_of(read(lang, name))] for lang in LANGUAGES
    )
    assert zh == [source.replace('lang: str = "en"', 'lang: str = "zh"') for source in en]
    assert en != zh


@each
def test_twins_have_the_same_sections(name):
    """Each cell of the one has its twin in the other: the same kind, the same section."""
    assert sections_of(read("en", name)) == sections_of(read("zh", name))


@each
def test_the_chinese_was_written_from_the_english_that_stands(name):
    """No section is stale, missing or orphaned; what is, is listed by its name."""
    found = stamps().findings(read("en", name), read("zh", name))
    assert not found, (
        f"{name}: {found}; mend the Chinese, then `python .ci/stamp_sections.py {name}`"
    )


def test_a_changed_section_is_stale_until_it_is_stamped():
    """A changed, a new and a deleted English section are each found; a stamp settles the first."""
    cell = nbformat.v4.new_markdown_cell
    about = [{"workbook": {"section": name}} for name in ("one", "two", "three")]
    english = {"cells": [cell("A.", metadata=about[0]), cell("B.", metadata=about[1])]}
    chinese = {"cells": [cell("甲。", metadata=about[0]), cell("丙。", metadata=about[2])]}
    assert stamps().findings(english, chinese) == [
        "missing: two 1",
        "orphaned: three 1",
        "stale: one 1",
    ]
    assert stamps().stamp(english, chinese) == ["one 1"]
    assert stamps().findings(english, chinese) == ["missing: two 1", "orphaned: three 1"]
    english["cells"][0]["source"] = "A, put otherwise."
    assert "stale: one 1" in stamps().findings(english, chinese)


@each
@in_both
def test_a_notebook_is_committed_without_outputs(lang, name):
    """No output, no count, no trace of a run or of a machine; ids in their order."""
    notebook = read(lang, name)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert [cell.id for cell in notebook.cells] == [str(n) for n in range(len(notebook.cells))]
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@each
@in_both
def test_code_cells_are_short_and_prose_stands_between_them(lang, name):
    """At most seven lines a cell, eight of parameters; two in sight in a row; set-up folded."""
    notebook = read(lang, name)
    in_a_row = 0
    for cell in notebook.cells:
        folded_away = cell.metadata.get("jupyter", {}).get("source_hidden")
        in_a_row = (in_a_row + (not folded_away)) if cell.cell_type == "code" else 0
        assert in_a_row <= 2
        if cell.cell_type == "code":
            most = 8 if "parameters" in cell.metadata.get("tags", []) else 7
            assert len(cell.source.splitlines()) <= most
            assert "def " not in cell.source
    hidden = [c for c in notebook.cells if c.metadata.get("jupyter", {}).get("source_hidden")]
    folded = ["parameters", "set-up"] if name in LESSONS else ["set-up"]
    assert [cell.metadata.workbook.section for cell in hidden] == folded


@each
@in_both
def test_parameters_are_typed_and_explained(lang, name):
    """Papermill's own reader finds every parameter with its type and its help."""
    (cell,) = [c for c in read(lang, name).cells if "parameters" in c.metadata.get("tags", [])]
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (str|int|float|bool) = [^#=]+  # [^=]+", line), line
        assert bool(re.search("[一-鿿]", line)) is (lang == "zh"), line
    found = papermill.inspect_notebook(NOTEBOOKS / lang / f"{name}.ipynb")
    assert set(found) == set(parameters_of(name))
    assert all(parameter["help"] for parameter in found.values())
    assert found["lang"]["default"] == f'"{lang}"'


@each_lesson
def test_english_prose_is_a_read_of_a_few_minutes(name):
    """At most 1,500 words in sight, 1,800 in all; the situation in 120, ending in its question."""
    notebook = read("en", name)
    in_sight, later = prose_of(notebook), "\n\n".join(afterwards_of("en", name).values())
    later = re.sub(r"\[!.*", "", later)  # said in the place of another paragraph
    words = [len(re.findall(r"[A-Za-z0-9][\w’'-]*", text)) for text in (in_sight, later)]
    assert words[0] <= 1500
    assert 1000 <= sum(words) <= 1800
    situation = notebook.cells[0].source.split("\n\n", 1)[1]
    assert len(situation.split()) <= 120
    assert situation.rstrip("*").endswith("?")


@each_lesson
def test_chinese_prose_is_as_long_and_is_chinese(name):
    """Its own text, of the same weight, with the lecture's words and Chinese punctuation."""
    prose = prose_of(read("zh", name)) + "\n".join(afterwards_of("zh", name).values())
    assert 1600 <= len(re.findall("[一-鿿]", prose)) <= 3200
    for word in ("里程碑", "下注"):
        assert word in prose
    assert not re.search(r"[一-鿿][,;?!]", prose)


@each_lesson
def test_what_is_said_of_a_result_is_said_in_both_languages(name):
    """The same panels have a text in both; each names the same claims, and belongs to a panel."""
    en, zh = (afterwards_of(lang, name) for lang in LANGUAGES)
    assert list(en) == list(zh)
    assert len(en) >= 7
    for panel in en:
        assert set(CLAIM.findall(en[panel])) == set(CLAIM.findall(zh[panel])), panel
        assert bool(re.search("[一-鿿]", zh[panel]))
        assert not re.search(r"[一-鿿][,;?!]", zh[panel])


ASKS = re.compile(
    r"\b[Gg]uess|[Bb]efore you (look|see)|看结果之前|先估|你估计|猜"
    r"|[Ww]rite down (an|what you expect)|写(成)?一个区间"
)
GATES = re.compile(r"lesson\.(guess|bet|exercise)\(")


@each_lesson
@in_both
def test_where_the_text_says_guess_there_is_a_place_to_guess(lang, name):
    """A section that asks for a guess holds a cell that takes one."""
    cells = read(lang, name).cells
    for section in {cell.metadata.workbook.section for cell in cells} - {"how", "situation"}:
        of = [cell for cell in cells if cell.metadata.workbook.section == section]
        asks = any(ASKS.search(c.source) for c in of if c.cell_type == "markdown")
        assert not asks or any(GATES.search(c.source) for c in of if c.cell_type == "code"), section


@each
@in_both
def test_prose_leaves_the_figures_to_the_code(lang, name):
    """No percentage and no sum of money is written into the prose, where it would grow stale."""
    prose = prose_of(read(lang, name)) + "\n".join(afterwards_of(lang, name).values())
    assert not re.search(r"\d+ ?[%％]|[¥￥$]\d|\d+ ?(万|元|yuan|dollars)", prose)


@each
def test_every_claim_named_in_the_prose_is_a_claim(name):
    """L7, P10, R7: each is in the list of claims; section by section both twins name the same."""
    from workbook.cases import sources

    twins = zip(read("en", name).cells, read("zh", name).cells, strict=True)
    for en, zh in twins:
        if en.cell_type == "markdown":
            named = set(CLAIM.findall(en.source))
            assert named <= set(sources())
            assert named == set(CLAIM.findall(zh.source)), en.metadata.workbook.section
