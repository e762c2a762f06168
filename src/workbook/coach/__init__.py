"""Advice for every decision of a plan: the best policy found, and the chance of the goal under it.

`questions` lists the decisions, `rules` answers them, `rollouts` simulates policies side by side,
`fitting` searches for a good one.
"""
