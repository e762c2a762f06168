"""Light pictures: SVG written as strings in a few milliseconds, for a view that redraws at once.

They say what their elder sisters in `charts` say, with the same titles, alternative texts, tables
and colours, but nobody loads matplotlib for them and their letters are the page's own. Each module
offers `picture(outcomes, words) -> Picture`; `Picture.svg` is the drawing alone, `Picture.html` the
whole figure. Colours are CSS variables, so that a page, JupyterLab's theme or a dark screen sets
them.

    fates.py       a hundred dots
    runway.py      the cash week by week, milestones marked, and who is still under way
    conversion.py  what each milestone does to the share that says yes
    timeline.py    by which week half, and 8 in 10, have reached each milestone
    sheet.py       lines, dots and letters as text
"""
