"""A pen for pages: what charts draw on matplotlib's axes, written as SVG in a few milliseconds.

A chart calls the same few methods of an axes for a page and for anyone's matplotlib figure; there
is one drawing of each picture. matplotlib needs thirty milliseconds to a page's picture, most of
them for what a still picture never uses; the pen knows just what our charts ask for.

    letters.py   letters as outlines: where they stand in a line, how wide and high it is
    steps.py     paths as small steps of whole tenths of a point
    marks.py     markers and dashes
    paper.py     a sheet that collects what is drawn and becomes SVG, in colours that a page sets
    block.py     a text of one line or more about its anchor
    ground.py    where an axes stands, what its limits are, what is kept to be drawn
    axes.py      the axes that a chart draws on
    scale.py     where its marks stand and what is written at them
    frame.py     its foot, marks and grid, and the names of its sides
"""
