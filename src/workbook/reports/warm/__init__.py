"""Forked kernels: a process that has loaded everything forks one kernel a notebook.

fork_safety.py  whether a fork is safe here
choice.py       this engine or papermill's own
kernel.py       the forked side: an IPython kernel that talks down a pipe instead of a socket
streams.py      what a notebook prints, by Python or past it
fork.py         the near side: ask a kernel, take its messages, know how it died
client.py       nbclient's bookkeeping over such a kernel
fork_server.py  a process that loads everything once and forks workers
warm_up.py      what it loads, and the small report that it makes first
workers.py      a pool of those workers: orders out, results in, the dead replaced
"""
