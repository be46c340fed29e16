"""`leitai bench signin`: people sign in at the real web process, in a database made for it.

Every sign-in is a person's own: the page, its form sent with name and password, the way home. The
client runs on the same machine and shares its cores. Prints one JSON line.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password

from leitai.people import privacy
from leitai.people.models import Account

PASSWORD = "bench-on-two-steps"  # noqa: S105  # of accounts that live as long as the run
WANTED = 20_000
READY_SECONDS = 30
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_COOKIE = re.compile(r"csrftoken=([^;]+)")


@dataclass
class Tally:
    """What the client's threads have seen; each sign-in in milliseconds."""

    began: float
    seconds: int
    people: int
    took: list[float] = field(default_factory=list)
    failed: int = 0
    numbers: count[int] = field(default_factory=count)

    def next(self) -> int | None:
        """Whose turn it is; None when the time or the people are over."""
        if time.monotonic() - self.began > self.seconds:
            return None
        number = next(self.numbers)
        return number if number < self.people else None


def run(*, bind: str, people: int, seconds: int, threads: int) -> dict[str, object]:
    """Make the accounts, start the web process, and sign them in one after another."""
    make_accounts(people)
    web = subprocess.Popen(
        [sys.executable, "-m", "leitai.web.cli", "web"], env=os.environ | {"LEITAI_WEB_BIND": bind}
    )
    try:
        _await(bind)
        tally = Tally(time.monotonic(), seconds, people)
        clients = [threading.Thread(target=_client, args=(bind, tally)) for _ in range(threads)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        spent = time.monotonic() - tally.began
    finally:
        web.terminate()
        web.wait(timeout=15)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # of the web process, its start included
    return _told(tally, spent, used.ru_utime + used.ru_stime)


def make_accounts(people: int) -> None:
    """One hash for all: what is measured is the verifying, which costs the same."""
    password = make_password(PASSWORD)
    accounts = (
        Account(username=f"bench-{n}", password=password, consent=privacy.VERSION)
        for n in range(people)
    )
    Account.objects.bulk_create(accounts, batch_size=2000)


def _client(bind: str, tally: Tally) -> None:
    connection = http.client.HTTPConnection(bind, timeout=60)
    while (number := tally.next()) is not None:
        began = time.monotonic()
        try:
            right = _sign_in(connection, f"bench-{number}")
        except (OSError, http.client.HTTPException):
            connection.close()
            right = False
        if right:
            tally.took.append((time.monotonic() - began) * 1000)
        else:
            tally.failed += 1


def _sign_in(connection: http.client.HTTPConnection, name: str) -> bool:
    connection.request("GET", "/account/login/")
    page = connection.getresponse()
    body = page.read()
    token, cookie = _TOKEN.search(body), _COOKIE.search(page.headers.get("Set-Cookie", ""))
    if token is None or cookie is None:
        return False
    form = {"csrfmiddlewaretoken": token[1].decode(), "login": name, "password": PASSWORD}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={cookie[1]}",
    }
    connection.request("POST", "/account/login/", urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status == http.client.FOUND and answer.headers["Location"] == "/home/"


def _await(bind: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            connection = http.client.HTTPConnection(bind, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        if time.monotonic() > until:
            raise SystemExit(f"{bind}没有应答。")
        time.sleep(0.1)


def _told(tally: Tally, spent: float, web: float) -> dict[str, object]:
    took = sorted(tally.took)
    rate = len(took) / spent
    return {
        "bench": "signin",
        "signed_in": len(took),
        "failed": tally.failed,
        "seconds": round(spent, 1),
        "per_second": round(rate, 1),
        "p50_ms": round(statistics.median(took), 1) if took else None,
        "p99_ms": round(took[len(took) * 99 // 100], 1) if took else None,
        "minutes_for_20000": round(WANTED / rate / 60, 2) if rate else None,
        "web_cpu_ms": round(web * 1000 / len(took), 1) if took else None,
        "load": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }


def show(report: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(report) + "\n")
