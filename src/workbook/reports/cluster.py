"""A batch on a Dask cluster: orders are sent to the machines, and the files are sent back.

This is the only module that needs the extra `cluster`. A Dask worker has threads, so it is not
forked: it starts a fork server, as a batch on one machine does, and keeps it for the next order. No
shared disk is needed. If a worker dies, Dask gives its orders to another one.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from workbook.errors import Message, WorkError
from workbook.reports.folder import package_print
from workbook.reports.notebook import kernel_home, safe_path
from workbook.reports.task import Made, Order, Row
from workbook.reports.warm.workers import DIED, ForkServer, SpawnedWorkers, source

if TYPE_CHECKING:
    from distributed import Client

ANY_PORT = {"dashboard_address": ":0"}
"""Dask opens a status port even without a dashboard; two batches must not share it."""
LOCAL = "local"
SECONDS = 30
"""How long a scheduler, and its first worker, may take to answer."""
AHEAD = 3
"""Orders in progress per thread of the cluster: enough to keep it busy, few enough to hold."""


def made_on_cluster(orders: Sequence[Order], address: str, jobs: int) -> Iterator[Made]:
    """Yield the result of each order, with its files, as soon as it is there.

    Parameters
    ----------
    address
        Of the scheduler, such as `tcp://10.0.0.7:8786`; `local` starts a cluster on this machine.
    jobs
        Workers of a cluster started here.

    Raises
    ------
    WorkError
        If no cluster answers.
    """
    with _client(address, jobs) as client:
        yield from _made(client, orders)


def _made(client: Client, orders: Sequence[Order]) -> Iterator[Made]:
    from distributed import as_completed

    todo = iter(orders)
    threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
    held: dict[Any, Order] = {}
    under_way: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

    def send(count: int) -> None:
        for order in (order for _, order in zip(range(count), todo, strict=False)):
            future = client.submit(make_here, order, pure=False)
            held[future] = order
            under_way.add(future)

    send(threads * AHEAD)
    while held:
        future = next(under_way)
        order = held.pop(future)
        send(1)
        yield _result(future, order)


def _result(future: Any, order: Order) -> Made:
    """The result of an order; a failure of the cluster becomes the row's."""
    if future.status == "finished":
        made: Made = future.result()
        return made
    reason = "lost" if future.status != "error" else repr(future.exception())
    task = order.task
    message = Message("The cluster could not make this report: {reason}", {"reason": reason[:200]})
    return Made(Row(task.source, task.stem, "failed", reasons=(message,)))


SMALL: dict[str, Any] = {
    "threads_per_worker": 1,
    "dashboard_address": None,
    "scheduler_kwargs": ANY_PORT,
    "silence_logs": 50,
}
"""A cluster on this machine, without a page of its own."""


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise WorkError(
            "A cluster needs Dask, which is not installed: pip install distributed"
        ) from None
    with ExitStack() as stack:
        if address == LOCAL:
            stack.enter_context(safe_path())
            local = LocalCluster(n_workers=jobs, **SMALL)  # type: ignore[no-untyped-call]
            address = stack.enter_context(local).scheduler_address
        try:
            client = stack.enter_context(
                Client(address, timeout=SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
            )
            client.wait_for_workers(1, timeout=SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            template = "No Dask cluster with a worker answers at {address}: {reason}"
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise WorkError(template, address=address, reason=reason[:200]) from None
        yield client


_lock = Lock()


def make_here(order: Order) -> Made:
    """Make a report on this machine; called by Dask in any of its threads."""
    if order.package != _own_print():
        template = "A machine of the cluster has another version of the workbook installed."
        return Made(Row(order.task.source, order.task.stem, "failed", reasons=(Message(template),)))
    for _ in range(2):
        with _lock:
            line = _source(order.settings.lang).worker()
        with line, suppress(EOFError, OSError):
            line.send(order)
            made: Made = line.recv()
            return made
        with _lock:
            _source.cache_clear()  # its fork server may have died as well
    return Made(Row(order.task.source, order.task.stem, "failed", reasons=(DIED,)))


@cache
def _own_print() -> str:
    return package_print().decode()


@cache
def _source(lang: str) -> ForkServer | SpawnedWorkers:
    """The source of this machine's workers, closed when this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    here = source(stack.enter_context(kernel_home()), lang)
    stack.callback(here.close)
    return here
