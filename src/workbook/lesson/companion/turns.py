"""The companion's turning points by id: its forks, the milestones of its kernel."""

from __future__ import annotations

FORK = "sell-or-polish"
ASKED = "whom-to-ask"
FRIENDS = {ASKED: "friends"}
SEED_USERS, DEVICE, VOICE, ORDERS = "seed-users", "device", "voice", "orders"
