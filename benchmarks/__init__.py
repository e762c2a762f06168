"""Side-by-side comparisons; each is one command that prints its ratios."""
