"""The room: a class that hands in over the network, and a facilitator who opens its steps.

state.py    the code word, the desk's key, which steps are open; kept on disk
limits.py   wrong code words, hand-ins and connections: how many of each
people.py   who was seen last, at which step
room.py     the room without its network: what is accepted, and the wall made of it
address.py  the addresses of this machine; a QR code of one
pages.py    the pages: for participants, for the projector, and the desk
handlers.py what each address of the room answers
server.py   the server, bounded in connections, sizes and time

It is built on Tornado, which Jupyter brings anyway: `http.server` of the standard library says of
itself that it is not for production, spends a thread on every slow client, and leaves the parsing
of uploads, the limits and the deadlines to its user. Threats and their tests: docs/room.md.
"""
