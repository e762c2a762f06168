"""Warm kernels: a process that has loaded everything forks one kernel a notebook.

ground.py    whether a fork is safe here     choice.py   this engine or papermill's own
kernel.py    the forked side: an IPython kernel that talks down a pipe instead of a socket
streams.py   what a notebook prints, by Python or past it
fork.py      the other side: ask a kernel, hear it, know how it died
client.py    nbclient's bookkeeping over such a kernel
house.py     a process kept clean and warm, from which workers are forked
crew.py      workers from that house: hand out tasks, hear of each, replace the dead
"""
