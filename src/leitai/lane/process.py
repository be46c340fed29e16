"""A process of the lane: from its start to the signal that ends it, and its rank among others."""

import asyncio
import gc
import os
import resource
import signal
import time
from collections.abc import Callable
from typing import Final, Protocol

import uvloop

from leitai.lane import log

STAGE: Final = -5
WATCH: Final = 5
_GC_THRESHOLD: Final = (50_000, 20, 50)  # what is served leaves no cycles; looking for them delays


class Service(Protocol):
    """What such a process runs."""

    @property
    def port(self) -> int: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def counters(self) -> dict[str, object]: ...


def run(make: Callable[[], Service], *, host: str, name: str = "", rank: int = 0) -> None:
    """Serve until SIGTERM or SIGINT; `name` heads its two lines, `rank` is for `take_rank`."""
    raise_file_limit()
    if rank:
        take_rank(rank)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(make, host, f"{name}_" if name else ""))


async def _serve(make: Callable[[], Service], host: str, head: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    service = make()
    await service.start()
    settle()
    said = {"host": host, "port": service.port, "cpu_ms": time.process_time_ns() // 1_000_000}
    log.write({"lane": f"{head}ready", **said})
    await stop.wait()
    await service.stop()
    log.write({"lane": f"{head}counters", **service.counters()})


def raise_file_limit() -> None:
    """Let this process have as many connections as the system lets it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def take_rank(by: int) -> bool:
    """Step forward (below nought) or back; only the privileged may step forward."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0) + by)
    except OSError:
        return False
    return True


def settle() -> None:
    """What is there now stays for good: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLD)
