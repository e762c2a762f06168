"""Cases and plans as files: the only room that reads and writes them.

A file becomes a `Case`, every fault reported at once and by line; a case or a plan becomes a file
again, with the comments, the order and the references to facts that it had.

    read(path) -> Case            a plan of a learner's own, or any case file
    read_text(text) -> Case       the same from text
    load(id) -> Case              a shipped case, by its id
    shipped() -> ids              the shipped cases there are
    examples() -> ids             the example businesses, to begin one's own plan with
    known() -> ids                both
    sources() -> {id: Source}     the claims that facts may cite
    write(case_or_plan, path)     to a temporary name first, then renamed
"""

from workbook.cases.case import Basis, Case, Fact, Happening, Source
from workbook.cases.reading import examples, known, load, read, read_text, shipped, sources
from workbook.cases.writing import write

__all__ = [
    "Basis",
    "Case",
    "Fact",
    "Happening",
    "Source",
    "examples",
    "known",
    "load",
    "read",
    "read_text",
    "shipped",
    "sources",
    "write",
]
