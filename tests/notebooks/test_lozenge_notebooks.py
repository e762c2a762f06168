"""The lozenge's two notebooks: the same lesson twice, run as papermill runs them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAME = "01-caffeine-lozenge.ipynb"
LANGUAGES = ("en", "zh")
CLOSED = {"en": "Closed until you have placed your bet", "zh": "先在上面下注"}
VIEW = "application/vnd.jupyter.widget-view+json"


def read(lang: str) -> Any:
    return nbformat.read(NOTEBOOKS / lang / NAME, as_version=4)


def code_of(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def prose_of(notebook: Any) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def sections_of(notebook: Any) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.metadata.workbook.section) for cell in notebook.cells]


# The files


def test_twins_differ_in_their_code_by_the_language_alone():
    """Cell by cell the code is the same, but for the default of `lang`."""
    en, zh = (code_of(read(lang)) for lang in LANGUAGES)
    assert zh == [source.replace('lang: str = "en"', 'lang: str = "zh"') for source in en]
    assert en != zh


def test_twins_have_the_same_sections():
    """Each cell of the one has its twin in the other: the same kind, the same section."""
    assert sections_of(read("en")) == sections_of(read("zh"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notebook_is_committed_without_outputs(lang):
    """No output, no count, no trace of a run or of a machine; ids in their order."""
    notebook = read(lang)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert [cell.id for cell in notebook.cells] == [str(n) for n in range(len(notebook.cells))]
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_code_cells_are_short_and_prose_stands_between_them(lang):
    """At most six lines a cell and two cells in a row; one set-up cell, folded away."""
    notebook = read(lang)
    in_a_row = 0
    for cell in notebook.cells:
        in_a_row = in_a_row + 1 if cell.cell_type == "code" else 0
        assert in_a_row <= 2
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 6
            assert "def " not in cell.source
    hidden = [c for c in notebook.cells if c.metadata.get("jupyter", {}).get("source_hidden")]
    assert [cell.metadata.workbook.section for cell in hidden] == ["set-up"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_parameters_are_typed_and_explained(lang):
    """Papermill's own reader finds every parameter with its type and its help."""
    (cell,) = [c for c in read(lang).cells if "parameters" in c.metadata.get("tags", [])]
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (str|int|float) = [^#=]+  # [^=]+", line), line
    found = papermill.inspect_notebook(NOTEBOOKS / lang / NAME)
    assert set(found) == {"lang", "cash", "runs", "seed", "bet", "confidence"}
    assert all(parameter["help"] for parameter in found.values())
    assert found["lang"]["default"] == f'"{lang}"'


def test_english_prose_is_a_read_of_a_few_minutes():
    """1,000 to 1,800 words; the situation in 120 at most, ending in its question."""
    notebook = read("en")
    count = len(re.findall(r"[A-Za-z0-9][\w’'-]*", prose_of(notebook)))
    assert 1000 <= count <= 1800
    situation = notebook.cells[0].source.split("\n\n", 1)[1]
    assert len(situation.split()) <= 120
    assert situation.rstrip("*").endswith("?")


def test_chinese_prose_is_as_long_and_is_chinese():
    """Its own text, of the same weight, with the lecture's words and Chinese punctuation."""
    prose = prose_of(read("zh"))
    assert 1700 <= len(re.findall("[一-鿿]", prose)) <= 3000
    for word in ("里程碑", "内核", "岔路口", "赛马", "断粮", "下注", "打磨"):
        assert word in prose
    assert not re.search(r"[一-鿿][,;?!]", prose)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_prose_leaves_the_figures_to_the_code(lang):
    """No percentage and no sum of money is written into the prose, where it would grow stale."""
    prose = prose_of(read(lang))
    assert not re.search(r"\d+ ?[%％]|[¥￥$]\d|\d+ ?(万|元|yuan)", prose)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_named_in_the_prose_is_a_claim(lang):
    """L7, P10, R7: each is in the list of claims, and both twins name the same ones."""
    from workbook.cases import sources

    named = set(re.findall(r"\b([PRLTASF]\d+)\b", prose_of(read(lang)), re.ASCII))
    assert named
    assert named <= set(sources())
    twin = set(re.findall(r"\b([PRLTASF]\d+)\b", prose_of(read("en")), re.ASCII))
    assert named == twin


# The runs


def run(tmp_path: Path, twin: str, monkeypatch: pytest.MonkeyPatch, **parameters: Any) -> Any:
    """Execute a copy by papermill, in a home of its own, every warning an error."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONWARNINGS", "error::UserWarning,error::RuntimeWarning")
    out = tmp_path / f"{twin}.ipynb"
    papermill.execute_notebook(
        NOTEBOOKS / twin / NAME, out, parameters=parameters, progress_bar=False, log_output=False
    )
    return nbformat.read(out, as_version=4)


def outputs(notebook: Any) -> list[Any]:
    return [out for cell in notebook.cells for out in cell.get("outputs", [])]


def shown(notebook: Any) -> str:
    """All HTML of a run."""
    return "\n".join(out["data"].get("text/html", "") for out in outputs(notebook) if "data" in out)


def clean(notebook: Any) -> bool:
    """Whether nothing failed and nobody complained."""
    return {out.output_type for out in outputs(notebook)} == {"display_data"}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_by_default_the_page_runs_and_waits_for_a_bet(lang, tmp_path, monkeypatch):
    """No error, no warning, no missing glyph; what lies behind the bet is closed."""
    notebook = run(tmp_path, lang, monkeypatch, runs=300)
    assert clean(notebook)
    assert shown(notebook).count(CLOSED[lang]) == 4
    assert "<svg" in shown(notebook)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_recorded_bet_opens_everything(lang, tmp_path, monkeypatch):
    """A batch run brings its bet: all is shown, no widget stands in it, nothing is written."""
    notebook = run(tmp_path, lang, monkeypatch, runs=300, bet="launch-early", confidence=80)
    assert clean(notebook)
    assert CLOSED[lang] not in shown(notebook)
    assert "80%" in shown(notebook)
    assert not any(VIEW in out["data"] for out in outputs(notebook))
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "extreme",
    [
        {"cash": 1, "runs": 100},
        {"cash": 10**12, "runs": 100},
        {"runs": 100, "seed": 2**62, "confidence": 100},
        {"runs": 5_000, "confidence": 50},
    ],
)
def test_the_ends_of_the_parameters_run_clean(extreme, tmp_path, monkeypatch):
    """A single yuan, more than anyone has, few lives and many: no error, no warning."""
    for lang in LANGUAGES:
        notebook = run(tmp_path, lang, monkeypatch, bet="borrow", **extreme)
        assert clean(notebook)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong", [{"lang": "fr"}, {"runs": -1}, {"bet": "gamble"}, {"confidence": 30, "bet": "wait"}]
)
def test_a_wrong_parameter_fails_in_a_sentence(wrong, tmp_path, monkeypatch):
    """The run fails, and what it says is a sentence about the input and no traceback."""
    with pytest.raises(papermill.PapermillExecutionError) as caught:
        run(tmp_path, "en", monkeypatch, **wrong)
    told = "\n".join(caught.value.traceback)
    assert "fault" in told
    assert "File" not in told
    assert len(told.splitlines()) <= 4
