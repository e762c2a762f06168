"""Sixty participants hand in over the network, and the room is killed in the middle of it."""

from __future__ import annotations

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from time import sleep

import pytest

from classroom import entry
from room.open_rooms import Process
from workbook.workshop.following import Follower
from workbook.workshop.hand_in import HandIn, read_hand_in
from workbook.workshop.link import RoomError, RoomLink, Sighting

CLASS = 60


class Participant:
    """What the notebook keeps of a hand-in until its receipt came."""

    def __init__(self, made: HandIn) -> None:
        self.made, self.waiting = made, (made.receipt, made.text().encode())
        self.sighting = Sighting(person=made.person, name=made.name, done=("bet",))

    def confirmed(self, receipt: str) -> None:
        assert receipt == self.made.receipt
        self.waiting = None


@pytest.mark.slow
def test_sixty_hand_in_at_once_and_a_killed_server_loses_nothing(tmp_path):
    """Every hand-in that got a receipt is on the disk; the others are sent again and arrive, too.

    After the kill it is the same room: its code word, its desk, its open steps.
    """
    room = Process(tmp_path)
    reported = room.reported
    link = RoomLink(reported["address"], reported["code"])
    class_ = [Participant(one(n)) for n in range(CLASS)]
    followers = [Follower(link, one) for one in class_]
    together = Barrier(CLASS)

    def hand_in(number: int) -> None:
        together.wait(20)
        if number == CLASS // 2:
            room.kill()
        followers[number].look()

    with ThreadPoolExecutor(CLASS) as all_at_once:
        list(all_at_once.map(hand_in, range(CLASS)))
    kept = {read_hand_in(f.read_bytes(), f.name).receipt for f in hand_ins(tmp_path)}
    confirmed = {one.made.receipt for one in class_ if one.waiting is None}
    assert confirmed <= kept
    assert len(confirmed) < CLASS, "the room was killed too late to try anything"

    room = Process(tmp_path, room.port)
    try:
        assert {k: room.reported[k] for k in ("code", "desk")} == {
            k: reported[k] for k in ("code", "desk")
        }
        with ThreadPoolExecutor(CLASS) as all_at_once:
            list(all_at_once.map(Follower.look, followers))
        assert [one.made.name for one in class_ if one.waiting is not None] == []
        assert all(follower.problem is None for follower in followers)
        read = [read_hand_in(file.read_bytes(), file.name) for file in hand_ins(tmp_path)]
        assert sorted(one.receipt for one in read) == sorted(one.made.receipt for one in class_)
        wall = json.loads(wall_of(link, people=CLASS))
        assert wall["people"] == CLASS
        assert not any(one.made.name in json.dumps(wall) for one in class_)
    finally:
        room.end(signal.SIGINT)
    assert room.process.returncode == 0


def one(n: int) -> HandIn:
    """A hand-in; every sixth has a chain, so that the wall is made soon."""
    return entry(n) if n % 6 == 0 else entry(n).model_copy(update={"plan": ""}).sealed()


def hand_ins(folder):
    return sorted((folder / "hand-ins").glob("*.workbook.json"))


def wall_of(link: RoomLink, people: int) -> bytes:
    """The wall, once it counts so many; the test's own time limit ends the waiting."""
    while True:
        with suppress(RoomError):  # before the first wall is made
            if json.loads(found := link.wall())["people"] == people:
                return found
        sleep(0.2)
