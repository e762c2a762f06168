"""Claim numbers are quiet marks: raised, with the claim on hover, and footnotes in print."""

import re

import pytest

from notebooks.pages import LANGUAGES, LESSONS, ROOT, play, read
from notebooks.test_runs import a_bet
from workbook.cases import sources
from workbook.lesson.afterwards import CLAIM, marked_claims

MARK = re.compile(r'<sup title="([^"]*)">([A-Z]\d+)</sup>')
CSS = ROOT / "src" / "workbook" / "lesson" / "style.css"


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_claim_in_the_prose_is_a_mark_with_its_words(lang, name):
    """Nothing is left in brackets; a principle is reported on hover, an end of a story is not."""
    prose = "\n".join(c.source for c in read(lang, name).cells if c.cell_type == "markdown")
    assert not CLAIM.search(prose)
    marks = MARK.findall(prose)
    assert marks
    for title, claim in marks:
        reported = f'<sup title="{title}">{claim}</sup>'
        assert marked_claims(f"({claim})", lang) == reported
        if claim[0] in "LTAS":
            assert getattr(sources()[claim], lang) not in title


@pytest.mark.slow
def test_a_result_names_its_claims_as_marks_with_footnotes_for_print():
    """The text below a panel has them too; the footnotes are for paper alone."""
    page = play("en", LESSONS[0], runs=150, **a_bet(LESSONS[0]))
    shown = page.cells["lesson.uncut()"].split("</style>")[-1]
    assert {claim for _, claim in MARK.findall(shown)} == {"P8", "P11"}
    assert 'class="wb-footnotes">P8: ' in shown
    sheet = CSS.read_text("utf-8")
    assert ".wb-footnotes { display: none" in sheet
    assert re.search(r"@media print \{ .wb-footnotes \{ display: block", sheet)
