"""What the page itself says: its buttons, hints and labels, in one table.

The page asks for a sentence by its English, and fills the gaps itself. A test holds this table
and the page's parts to each other, both ways.
"""

from __future__ import annotations

from string import Formatter

from workbook.words import N_, Words

SENTENCES = (
    # guide.js
    N_("Six questions"),
    N_("done"),
    N_("Show it"),
    N_("for instance: a second shop is open"),
    N_("What is the goal? Say what will be true on that day."),
    N_("This is the goal"),
    N_(
        "Then go backwards: what must be true right before that? Or start from a case, a "
        "file or a table."
    ),
    N_("Start from …"),
    # canvas.js
    N_("Take this link away"),
    N_("Your chain"),
    N_(
        "Arrows go from milestone to milestone. N adds one after it, B one before it, Enter "
        "renames, L links, U unlinks, Delete takes it away. Press ? for all keys."
    ),
    N_("Goal"),
    N_("origin"),
    N_("kernel"),
    N_("left out"),
    N_("after {names}"),
    N_("Drag to what comes after"),
    N_("Take away: {first} before {then}"),
    N_("Name of the milestone"),
    N_("What must be true before “{name}”?"),
    N_("What comes after “{name}”?"),
    # keys.js
    N_("Nothing is linked to it."),
    N_("There is no other milestone yet. Press N to add one."),
    N_("What comes after “{name}”? Choose with the arrows and Enter, or click it; Escape stops."),
    N_("Which link of “{name}” goes? Choose with the arrows and Enter, or click it; Escape stops."),
    N_("They are not linked."),
    # fields.js
    N_("{label}, slider"),
    # ranges.js
    N_("One number is enough"),
    N_("Not sure? Give a range"),
    N_("It differs from week to week"),
    N_("It is the same in every week"),
    N_("low"),
    N_("likely"),
    N_("high"),
    N_("It changes with each try"),
    N_("try {n} and later"),
    N_("try {n}"),
    N_("One more try"),
    N_("One try fewer"),
    N_("Take out {name}"),
    N_("add one …"),
    N_("Take out row {n}"),
    N_("Add a row"),
    # cards.js
    N_("Add: {what}"),
    # inspector.js
    N_("What the plan knows about it"),
    N_("Resources"),
    N_("Make it the goal"),
    N_("Take it up again"),
    N_("Leave it out"),
    N_("The goal is to break even: revenue that covers the burn."),
    N_("Make breaking even the goal"),
    N_("Explain each box"),
    # log.js
    N_("in week"),
    N_("cash counted"),
    N_("customers counted"),
    N_("a figure counted"),
    N_("how many or how much"),
    N_("out of"),
    N_("in … weeks"),
    N_(
        "A count of a figure that has a range narrows the range. Of a share: how many of how many; "
        "of a share a month, those of one month."
    ),
    N_("{n} customers"),
    N_("{figure}: {counted} of {of}"),
    N_("{figure}: {counted}"),
    N_("A note of your own"),
    N_("An attempt passed"),
    N_("An attempt failed"),
    N_("Write it down"),
    N_("What happened"),
    N_(
        "Write down each attempt when it is over. The odds are then played from that week "
        "on, and the forecast is laid beside the fact."
    ),
    N_(
        "Count the cash now and then. The odds are then played from that week on. Of an attempt: "
        "select its milestone first."
    ),
    N_("passed"),
    N_("failed"),
    N_("week {n}"),
    N_("cash {amount}"),
    N_("decided: {what}"),
    N_("go on"),
    N_("stop"),
    N_("redirect"),
    N_("Take out: {text}"),
    # grid.js
    N_("Table"),
    N_("A new row is a milestone once it has a name."),
    N_("The milestones as a table"),
    N_(
        "Arrows go from cell to cell; Shift and arrows mark a block; Ctrl C, Ctrl V copy and "
        "paste, also from a spreadsheet; Ctrl D fills down; “needs” takes numbers of rows."
    ),
    N_("a new milestone"),
    N_("needs"),
    N_("name"),
    # forks.js, marks.js, node.js, gestures.js
    N_("Forks"),
    N_("What if …"),
    N_("A fork here: another way, should it come to that"),
    N_("Edit the options"),
    N_("None: the plan goes on as written"),
    N_("yours"),
    N_("not in the plan yet"),
    N_("◇ not yet"),
    N_("Nobody has written it yet: it is played at one week."),
    N_("Nobody has written it yet: it is played at no cost."),
    N_("Nobody has written it yet: it is played as if it could not be missed."),
    N_("fork"),
    N_(
        "Let go: “{name}” is tried after “{other}”. Where it stands on the canvas follows from its"
        " links."
    ),
    N_(
        "Let go: “{name}” is tried before “{other}”. Where it stands on the canvas follows from its"
        " links."
    ),
    N_("Let go: {n} milestones are tried after “{other}”."),
    N_("Let go: {n} milestones are tried before “{other}”."),
    # answers.js
    N_("Answers"),
    N_("The odds"),
    N_("What would help most"),
    N_("Do it; undo takes it back"),
    N_("Show each"),
    N_("The claim of the lecture that it rests on"),
    N_("Show “{name}”"),
    N_("this version"),
    N_("with this one"),
    N_("Compare on the same luck"),
    N_("What do you decide?"),
    N_("because …"),
    N_("Go on as planned"),
    N_("Redirect: change the chain"),
    N_("Stop here"),
    N_("Add a milestone"),
    N_("Add a milestone after it"),
    N_("All commands"),
    N_("An attempt at “{name}”: {n} weeks more"),
    N_("Calendar"),
    N_("Copied: {n}. Paste with Ctrl V, here or in another plan."),
    N_("Copy"),
    N_("Delete"),
    N_(
        "Drag a bar: not begun before that week. Drag its end: a longer or shorter attempt. Shift "
        "or Ctrl: several. Arrows do it too."
    ),
    N_("Duplicate"),
    N_("Fit to the width (0)"),
    N_("Go to “{name}”"),
    N_("How much is seen"),
    N_("I know these words"),
    N_("It becomes a belief: what relies on it cannot succeed before a redesign, if it is false"),
    N_("Larger (+)"),
    N_("Link it to what comes after"),
    N_("Nothing is called so."),
    N_("Nothing was copied that could be pasted here."),
    N_("Paste"),
    N_("Select all"),
    N_("Show: {what}"),
    N_("Smaller (−)"),
    N_("Take a link away"),
    N_("The chain"),
    N_("The milestones as a table (T)"),
    N_("The milestones on a calendar"),
    N_("The milestones on a calendar (C)"),
    N_("To its figures"),
    N_("What can be done here"),
    N_("What do you want to do?"),
    N_("What if this turns out not to be true?"),
    N_("What if …: another way, should it come to that"),
    N_("What must be true before it?"),
    N_("With the first day of the plan (among the resources) every week has its date here."),
    N_("Write a note"),
    N_("Write down what happened"),
    N_("a figure that is assumed or missing: not yet yours"),
    N_("a first step, which needs nothing before it"),
    N_("a point where the plan may go another way"),
    N_("life"),
    N_("one course of the plan, from week 1 to its end; a hundred of them are played"),
    N_("select one more"),
    N_("the one thing that the business stands on"),
    N_("the share of all lives that end there"),
    N_("{name}: fewer than half of all lives reach it"),
    N_("{name}: from {start} to {end}"),
    N_("{n} milestones are selected."),
    N_("“{name}” is not begun before {when}"),
    N_("“{name}” is not begun before {when}, {n} more move along"),
    N_("Bring “{name}” back"),
    N_("Keep the plan as it is now"),
    N_("Name of the new plan"),
    N_("Name of this version"),
    N_("New plan"),
    N_("Open"),
    N_("Plans"),
    N_("Put it back on the canvas"),
    N_("Side by side, on the same luck"),
    N_("Two to four in one picture"),
    N_("on the canvas"),
    # start.js
    N_(
        "milestone\tneeds\tweeks\tcost\tpass rate\nA recipe\t\t2\t1000\t60%\nFirst market\tA "
        "recipe\t3\t2000\t50%"
    ),
    # share.js
    N_("Share"),
    N_("A page to send or print"),
    N_("One file: the chain, the odds, the charts, what the rules ask. It needs no network."),
    N_("The chain, for a slide"),
    N_("The runway, for a slide"),
    N_("A spreadsheet"),
    N_("“Start from …” reads it back, with what you changed in it."),
    N_("The plan file"),
    N_("It lies at {file}"),
    N_("Making it …"),
    N_("Close"),
    N_("A blank page"),
    N_("Six steps lead from the goal back to the first small win."),
    N_("Begin with a blank page"),
    N_("A business like mine"),
    N_("A case of the lecture"),
    N_("A file: plan (YAML) or table (CSV, Excel)"),
    N_("A table, pasted from a spreadsheet"),
    N_("Read the table"),
    N_("This file is larger than 2 MB; a plan is a few pages of text."),
    N_("Put it on the canvas"),
    N_("Leave it"),
    # screen.js
    N_("Undo"),
    N_("Rehearse my plan"),
    N_("Redo"),
    N_("Clear"),
    N_("Canvas"),
    N_("Choose a milestone first."),
    N_("Change the chain"),
    N_("Add"),
    N_("Add a milestone after the selected one (N)"),
    N_("Before"),
    N_("What must be true before it? (B)"),
    N_("Link"),
    N_("Link it to what comes after (L)"),
    N_("Write down an attempt or the cash that you counted (W)"),
    N_("Rename"),
    N_("Earlier in the order"),
    N_("Later in the order"),
    N_("Delete the milestone"),
    N_("All keys"),
    N_(
        "The kernel does not answer. Your chain is kept in {file}: {again} to go on from there. "
        "What you change meanwhile is kept in this page."
    ),
    N_("run the cell again"),
    N_("load the page again"),
    N_(
        "Kept in this page: the kernel does not answer. It goes into the plan when it answers "
        "again."
    ),
    N_("From before the last change; it is being worked out again."),
    N_("What you did while the kernel was away is in the plan now."),
    N_("to another milestone"),
    N_("to the resources, or leave what was begun"),
    N_("Keys on the canvas"),
    N_(
        "This screen is made for JupyterLab. In {name} it works too, but some keys may "
        "belong to the editor: use the buttons."
    ),
)


def spoken(w: Words) -> dict[str, str]:
    """Every sentence of the page in the words' language, its gaps left open."""
    return {sentence: w(sentence, **_open(sentence)) for sentence in SENTENCES}


def _open(sentence: str) -> dict[str, str]:
    """Each gap filled with itself."""
    return {gap: f"{{{gap}}}" for _, gap, _, _ in Formatter().parse(sentence) if gap}
