"""The rehearsal on a page: one life of a plan, decided by the reader, and its debrief.

    saved.py       a rehearsal as it is kept in the learner's file
    sitting.py     a rehearsal at one place: what the player may ask for
    board.py       one screen as plain data, in the reader's words
    chain.py       its chain of milestones
    debriefing.py  the debrief as plain data
    exchange.py    what a page asks and is shown
    panel.py       the panel of a notebook; `widget` its widget, `front` its page
    static.py      the same without a kernel
    score.py       what all rehearsals add up to

Odds are not shown while it is played, unless the coach is asked, and that is counted.
"""
