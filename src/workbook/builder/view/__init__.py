"""The screen of the builder in the notebook: the only part that knows widgets.

    controller.py        open_builder(...) and Builder: connects screen, state and file
    callbacks.py         messages of the page in their order, and errors as a sentence
    commands.py          what the page may ask for, each a call on the state
    answer_scheduler.py  when the odds are played, advice computed, versions compared
    import_preview.py    a plan to start from, read and shown before it is taken
    plan_switcher.py     another plan opened, made, copied, renamed, deleted
    comparison.py        versions and plans side by side, on the same luck
    rehearse.py          a rehearsal of the plan, in a window of the page
    screen.py            Screen: the widget, its traits, its page
    version.py           what is shown of a version of the plan before it is played
    board.py             the chain as the canvas draws it, and the marks of its figures
    chart_pages.py       the pages that show a chart
    pages.py             the answers as pages: a picture, sentences, things to do
    form.py              every figure of the plan file: its label, unit and help
    sentences.py         what the page itself says
    static.py            the screen without a kernel: chain and pictures as plain HTML

The page's JavaScript is in `../front`.
"""

from workbook.builder.view.controller import Builder, open_builder

__all__ = ["Builder", "open_builder"]
