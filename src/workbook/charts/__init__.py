"""Pictures of results. Each file draws one; none computes.

    chain.py       which milestones hang on which, from the origin to the goal
    runway.py      the weekly cash, who is still under way, where the money dies
    measure.py     any other figure week by week: a measure such as NPS, the hours it takes
    band.py, strip.py    their parts: the band of lives under way, what has become of all lives
    fates.py       a hundred lives as a hundred dots
    conversion.py  what each milestone does to the share that says yes
    options.py     the options of a fork side by side, on the same luck
    crossing.py    which option wins at which cash
    arrivals.py    who has it right by when, and when both have
    places.py, edges.py  where a chain's milestones stand, how its edges run
    figure.py      any of them as a self-contained HTML figure; `pen` writes its SVG
    style.py, palette.py    sizes, signs, text made safe; the colours
    marks.py       assumed figures, how it was found

Each offers `draw(result, ax, words) -> ax`, `size`, `title`, `alt` and `table`. The axes are
matplotlib's, or `pen`'s on a page. Labels stand beside the axes too: `FRAME` is the part of a
figure that the axes take where there is room for them.
"""
