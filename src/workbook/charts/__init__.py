"""Charts of results. Each module describes one chart as plain data; none computes a result.

    chain.py       which milestones depend on which, from the origin to the goal
    runway.py      cash by week, how many lives are still under way, when the cash runs out
    measure.py     any other figure by week: a measure such as NPS, the hours it takes
    band.py        what both are built on: the band of lives under way, the strip of all fates
    timeline.py    by which week half, and 8 in 10, have reached each milestone
    fates.py       a hundred lives as a hundred dots
    shares.py      the four fates as one bar, for a row of a table
    conversion.py  what each milestone does to the share that says yes
    options.py     the options of a fork side by side, on the same luck
    crossing.py    which option is ahead at which value of a figure
    cash_curve.py  the chance of the goal over the cash at the start
    arrivals.py    cumulative share of lives that have got something right, by week
    spread.py      a dot plot of many figures

    description.py the types: a Figure of panels with scales and marks; colours, shapes and dashes
    svg.py         renders a Figure as SVG, for a page, a notebook and the builder
    artists.py     renders a Figure with matplotlib, on given axes or as a slide (PNG, PDF)
    picture.py     a chart as an HTML figure with its title and table; its data as a DataFrame
    layout.py      positions of a chain's milestones, routes of its edges
    text_layout.py width of a text; wrapped, shortened, spread apart; marks of assumed figures

Each chart offers `describe(result, words) -> Figure`, `title`, `alt` and `table`; and
`draw(result, ax, words)`, which draws the description on given matplotlib axes.
"""
