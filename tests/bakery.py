"""The bakery of five milestones, as a learner builds it call by call."""

from __future__ import annotations

from workbook.builder.state import State

NAMES = ("People want it", "The recipe is right", "They pay the price", "A baker is found")
GOAL = "The second shop is open"
VALUES = {
    "cash": 60_000,
    "burn_per_week": 1_000,
    "sales.reach_per_week": 40,
    "sales.conversion": 0.05,
    "sales.price": 30,
    "sales.margin": 0.5,
    "milestones.people-want-it.weeks": 2,
    "milestones.people-want-it.cost": 1_000,
    "milestones.people-want-it.pass_rate": 0.6,
    "milestones.people-want-it.proof.measure": "people who ask when they can buy it",
    "milestones.people-want-it.proof.at_least": 8,
    "milestones.the-recipe-is-right.weeks": 3,
    "milestones.the-recipe-is-right.cost": 3_000,
    "milestones.the-recipe-is-right.pass_rate": [0.2, 0.35, 0.5],
    "milestones.the-recipe-is-right.stage": "kernel",
    "milestones.the-recipe-is-right.gives.conversion": 0.4,
    "milestones.they-pay-the-price.pass_rate": 0.7,
    "milestones.a-baker-is-found.tests.belief": 0.8,
    "milestones.the-second-shop-is-open.weeks": 6,
    "milestones.the-second-shop-is-open.cost": 12_000,
    "milestones.the-second-shop-is-open.pass_rate": 0.7,
}


def bakery() -> State:
    """The state after the whole journey."""
    state = State()
    for name in (*NAMES, GOAL):
        assert state.add(name, state.selected or None), state.said
    for path, value in VALUES.items():
        assert state.set(path, value), (path, state.said)
    return state
