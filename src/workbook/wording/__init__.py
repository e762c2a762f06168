"""Parts of a plan in sentences: the terms of an option, and everything of a rehearsal.

The notebook's panel, the builder and the terminal show the same sentences.
"""
