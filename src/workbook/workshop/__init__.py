"""A workshop: what participants hand in, the table it makes, and the wall that all look at.

entry.py      one participant's hand-in: a small file with a receipt code
inbox.py      a folder of hand-ins: which count, which do not, and why
forks.py      the forks that can be bet on, and which way gets there most often
answers.py    what each counted hand-in says, its chain played
wall.py       the class without names; nothing shown of fewer than five
debrief.py    three questions, chosen from what the class did
place.py      where one participant stands among the others, told only to them
page.py       the wall as one file        collect.py  from a folder to table and wall
handing_in.py a participant's side: from their progress and their chain to the file
"""
