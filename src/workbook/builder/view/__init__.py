"""The screen of the builder in the notebook: the only part that knows widgets.

    opening.py           open_builder(...): opens the plan's file and shows the screen
    controller.py        Builder: connects the screen, the state and the file
    message_order.py     commands in the order in which the page sent them
    commands.py          what the page may ask for, each a call on the state
    answer_scheduler.py  when the odds are played, and advice computed
    comparison.py        any two versions beside each other
    import_preview.py    a plan to start from, read and shown before it is taken
    screen.py            Screen: the widget, its traits, its page
    board.py             the chain as the canvas draws it
    sources.py           where the figures that the plan began with come from
    caveats.py           what the odds leave open, in words
    pages.py             the answers as pages: a picture, sentences, things to do
    form.py              every figure of the plan file: its label, unit and help
    sentences.py         what the page itself says
    static.py            the screen without a kernel: chain and pictures as plain HTML

The page's JavaScript stands in `../front`.
"""

from workbook.builder.view.controller import Builder
from workbook.builder.view.opening import open_builder

__all__ = ["Builder", "open_builder"]
