"""What a founder sees and touches: one screen in the notebook, the only part that knows widgets.

    door.py        open_builder(...): the plan's file opened, the screen put on the page
    desk.py        Builder: the screen, the state and the shelf brought together; the timers
    rounds.py      the odds at their own pace, advice in the quiet between
    comparing.py   any two versions beside each other
    turns.py       orders carried out in the turn in which they were given
    orders.py      what the page may ask for, each order a call on the state
    offers.py      a start that was read and waits to be taken: a case, a file, a table
    screen.py      Screen: the widget, its traits, the page's parts laid end to end
    board.py       the chain as the canvas draws it
    origin.py      where the figures that it began with come from
    caveats.py     what the odds leave open, in words
    pages.py       the answers as pages: a picture, sentences, things to do
    form.py        every figure of the plan file: milestone_form.py, resources_form.py
    field.py       one of them: its label, its unit, the line that teaches it
    sentences.py   what the page itself says
    static.py      the same without a kernel: chain and pictures as plain HTML

The page's own parts stand in `../front`.
"""

from workbook.builder.view.desk import Builder
from workbook.builder.view.door import open_builder

__all__ = ["Builder", "open_builder"]
