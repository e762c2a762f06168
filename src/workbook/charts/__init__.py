"""Pictures of results. Each file describes one as plain data; none computes a result.

    chain.py       which milestones hang on which, from the origin to the goal
    runway.py      the weekly cash, how many are still under way, where the money ends
    measure.py     any other figure week by week: a measure such as NPS, the hours it takes
    band.py, strip.py    their parts: the band of lives under way, what has become of all lives
    timeline.py    by which week half, and 8 in 10, have reached each milestone
    fates.py       a hundred lives as a hundred dots; counts.py: shares as whole dots
    shares.py      the four fates as one bar, for a row of a table
    conversion.py  what each milestone does to the share that says yes
    options.py     the options of a fork side by side, on the same luck
    crossing.py    which option is ahead at which cash
    arrivals.py    which share has it right by when, and when both have
    spread.py      how the figures of many are spread, one dot each

    description.py the types: a Figure of panels with scales, lines, areas, bars, dots, labels
    svg.py         a Figure as SVG, for a page, a notebook and the builder
    artists.py     a Figure on axes of matplotlib's, or as a slide (PNG, PDF)
    figure.py      a chart as a self-contained HTML figure with its title and its table
    places.py, edges.py  where a chain's milestones stand, how its edges run
    letters.py     how wide a text is; folded, cut, moved apart
    scales.py      round ticks
    palette.py     colours, and signs and dashes that tell apart without them
    marks.py       assumed figures, numbers of milestones, how it was found

Each chart offers `describe(result, words) -> Figure`, `title`, `alt` and `table`; and
`draw(result, ax, words)`, which draws the description on matplotlib axes of one's own.
"""
