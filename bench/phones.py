"""A room full of phones on the smallest server: everybody polls and votes, one screen follows, no vote is lost."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode, urlsplit

from sqlalchemy import select

from bench.timing import written
from scoring.model.answers import Sheet
from selfcheck.ground.config import from_environment
from selfcheck.ground.database import Database
from selfcheck.models import LiveRound, Vote
from selfcheck.reading import catalogue
from selfcheck.services import membership, workshops
from selfcheck.services.copies import Consent
from selfcheck.services.workshops import Plan

MUNICIPALITIES, PHONES_EACH = 15, 5
PHONES = MUNICIPALITIES * PHONES_EACH
ITEMS = ("P1.1", "P7.3")
BETWEEN = 2.5
"""Seconds between two looks, give or take a fifth, as in selfcheck/static/follow.js."""
THINKING = 3.0
"""People choose within so many seconds after the question stands on their phone."""
IDLE_CONNECTIONS = 3
"""A browser keeps the connections open with which it fetched style and script."""
ALLOWED = 5.0
STAGES = ("0", "1", "1.5", "2", "2.5", "3", "4", "cannot-judge")
COUNTED = re.compile(r"(\d+) Stimmen? bisher")
HIDDEN_FIELD = re.compile(r'name="(csrf_token|round|turn|seen)"[^>]*value="([^"]*)"')


@dataclass
class Browser:
    """A cookie and one connection that stays open; every answer that is not as expected is noted."""

    port: int
    wrong: list[str]
    cookie: str = ""
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, data: Mapping[str, str] | None = None, accept: str = "*/*") -> str:
        """The text of an answer; a redirect is followed once."""
        headers = {"Cookie": self.cookie, "Accept": accept, "Accept-Language": "de"}
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        if answer.status in (301, 302):
            return self.ask("GET", urlsplit(answer.getheader("Location") or "").path)
        if answer.status != 200:
            self.wrong.append(f"{answer.status} {method} {path}")
        return text

    def fields(self, page: str) -> dict[str, str]:
        """The hidden fields of the first form with a token in a page."""
        found: dict[str, str] = {}
        for name, value in HIDDEN_FIELD.findall(page):
            found.setdefault(name, unescape(value))
        return found


@dataclass
class Times:
    """Seconds of every request by kind, and when which vote was acknowledged and shown."""

    pulse: list[float] = field(default_factory=list)
    vote: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    counted: list[tuple[float, int]] = field(default_factory=list)
    said: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """What each phone (by its seat) said last in a turn of a round."""


def run() -> None:
    """Two rounds with two votes each."""
    with tempfile.TemporaryDirectory() as home, _served(Path(home)) as (port, link, codes):
        times, wrong, over = Times(), list[str](), threading.Event()
        phones = [_Phone(Browser(port, wrong), code, times, over) for code in codes for _ in range(PHONES_EACH)]
        idle = [_open(port) for _ in range(PHONES * IDLE_CONNECTIONS)]
        started = time.perf_counter()
        _all(phone.join for phone in phones)
        joined = time.perf_counter() - started
        running = [threading.Thread(target=phone.follow) for phone in phones]
        for thread in running:
            thread.start()
        delays, behind = _moderated(Browser(port, wrong), link, times, over)
        for thread in running:
            thread.join()
        for connection in idle:
            connection.close()
        assert not wrong, wrong[:5]
        votes = _votes_kept(Path(home), times)
    print(
        f"\nLive rounds: {PHONES} phones of {MUNICIPALITIES} municipalities, {len(ITEMS)} rounds with two votes, one screen"
    )
    print(
        f"  waitress with 4 threads on SQLite; {len(idle)} further open connections; all {votes} votes as they were sent,"
    )
    print(
        f"  no failed request of {sum(map(len, (times.pulse, times.vote, times.page)))}; the phones run on the same cores"
    )
    _row("a look whether there is something new", times.pulse)
    _row("a vote, until it is acknowledged", times.vote)
    _row("the page with what is asked or shown", times.page)
    _row("from a vote to its count on the screen", behind)
    _row("from the reveal to the votes on the screen", delays)
    slow = max([*delays, *behind])
    verdict = "within" if slow <= ALLOWED else "MORE THAN"
    print(
        f"  all {PHONES} came in at once, within {written(joined)}; the screen was never more than {written(slow)} behind,"
    )
    print(f"  {verdict} the {ALLOWED:.0f} s it may take")


def _row(name: str, seconds: list[float]) -> None:
    most = f"95 % {written(quantiles(seconds, n=20)[-1]):>8}" if len(seconds) > 20 else f"of {len(seconds)}"
    print(f"  {name:<43} median {written(median(seconds)):>8}   {most:<13}   max {written(max(seconds)):>8}")


@contextmanager
def _served(home: Path) -> Iterator[tuple[int, str, list[str]]]:
    """A server as it is started by hand, with a workshop in it: port, the moderation's link, codes for phones."""
    environment = {**os.environ, "SELFCHECK_HOME": str(home)}
    database = Database(from_environment(environment).database_url)
    database.upgrade()
    link, codes = _prepared(database)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "selfcheck", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until(lambda: _open(port).close())
        yield port, link, codes
    finally:
        server.terminate()
        server.wait()


def _prepared(database: Database) -> tuple[str, list[str]]:
    questionnaire = catalogue.load(catalogue.DEFAULT, catalogue.newest())
    today = date.today()
    with database.writer() as session:
        plan = Plan("Werkstatt", "Vergleichen", today, today + timedelta(days=30), 5, "", ())
        workshop, token = workshops.prepare(session, questionnaire, plan)
        members = [
            membership.enter_on_paper(
                session, workshop, Sheet(questionnaire.id, questionnaire.version), Consent("named", f"Musterkreis {n}")
            )[0]
            for n in range(MUNICIPALITIES)
        ]
        codes = [member.team_code for member in members]
        session.commit()
    return f"/w/{token}", codes


def _open(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def _wait_until(works: Callable[[], object], seconds: float = 30) -> None:
    end = time.perf_counter() + seconds
    while True:
        try:
            works()
            return
        except OSError:
            assert time.perf_counter() < end, "the server did not come up"
            time.sleep(0.1)


def _all(jobs: Iterator[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(times: list[float], job: Callable[[], str]) -> str:
    begin = time.perf_counter()
    text = job()
    times.append(time.perf_counter() - begin)
    return text


class _Phone:
    """Somebody who comes in with a code, looks every few seconds, and votes a moment after something is asked."""

    def __init__(self, browser: Browser, code: str, times: Times, over: threading.Event) -> None:
        self.browser, self.code, self.times, self.over = browser, code, times, over
        self.seat = ""

    def join(self) -> None:
        """Open the code, press the button."""
        page = self.browser.ask("GET", f"/p/{self.code}")
        page = self.browser.ask("POST", f"/p/{self.code}", self.browser.fields(page))
        self.seat = re.search(r'data-page="(/seat/[^"]+)"', page)[1]  # type: ignore[index]

    def follow(self) -> None:
        """Look, read what is new, vote."""
        known = ""
        while not self.over.wait(BETWEEN * random.uniform(0.8, 1.2)):
            pulse = _timed(self.times.pulse, lambda: self.browser.ask("GET", f"{self.seat}pulse"))
            if pulse != known:
                known = pulse
                page = _timed(self.times.page, lambda: self.browser.ask("GET", self.seat))
                if "data-vote" in page:
                    time.sleep(random.uniform(0, THINKING))
                    self.vote(self.browser.fields(page))

    def vote(self, fields: dict[str, str]) -> None:
        """Send a choice, once in each turn: the page may have been newer than the pulse that led to it."""
        place = self.seat.split("/")[2], fields["round"], fields["turn"]
        if place in self.times.said:
            return
        stage = random.choice(STAGES)
        data = {**fields, "stage": stage}
        _timed(self.times.vote, lambda: self.browser.ask("POST", f"{self.seat}vote", data, "application/json"))
        self.times.acknowledged.append(time.perf_counter())
        self.times.said[place] = stage


def _moderated(moderation: Browser, link: str, times: Times, over: threading.Event) -> tuple[list[float], list[float]]:
    """Both rounds; how long the screen was behind each reveal, and behind each vote."""
    place = re.search(r'href="(/workshop/[^"]+/live/)"', moderation.ask("GET", link))[1]  # type: ignore[index]
    screen = _Screen(Browser(moderation.port, moderation.wrong, moderation.cookie), place, times)
    following = threading.Thread(target=screen.follow, args=(over,))
    following.start()
    delays, behind = list[float](), list[float]()
    for item in ITEMS:
        page = moderation.ask("GET", place)
        page = moderation.ask("POST", f"{place}begin/item", {**moderation.fields(page), "item": item})
        for turn in (1, 2):
            screen.count = 0
            times.acknowledged.clear()
            times.counted.clear()
            _until(lambda: screen.count >= PHONES)
            behind += _behind(times)
            steps = re.search(r'action="(/workshop/[^"]+/)reveal"', page)[1]  # type: ignore[index]
            revealed = time.perf_counter()
            page = moderation.ask("POST", f"{steps}reveal", moderation.fields(page))
            _until(lambda turn=turn: screen.drawings == turn)  # type: ignore[misc]
            delays.append(screen.changed - revealed)
            page = moderation.ask("POST", f"{steps}{'again' if turn == 1 else 'finish'}", moderation.fields(page))
    over.set()
    following.join()
    return delays, behind


def _until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.perf_counter() + seconds
    while not holds():
        assert time.perf_counter() < end, "the screen never showed it"
        time.sleep(0.01)


def _behind(times: Times) -> list[float]:
    """For each vote the time until the screen counted it."""
    found = []
    for number, moment in enumerate(sorted(times.acknowledged), 1):
        found.append(next(at for at, count in times.counted if count >= number) - moment)
    return found


class _Screen:
    """The projector: looks every few seconds, shows the count and what is revealed."""

    def __init__(self, browser: Browser, place: str, times: Times) -> None:
        self.browser, self.place, self.times = browser, place, times
        self.count, self.drawings, self.changed = 0, 0, 0.0

    def follow(self, over: threading.Event) -> None:
        """Look until it is over."""
        known = ""
        while not over.wait(BETWEEN * random.uniform(0.8, 1.2)):
            pulse = self.browser.ask("GET", f"{self.place}pulse")
            found = COUNTED.search(pulse)
            count = int(found[1]) if found else 0
            self.times.counted.append((time.perf_counter(), count))
            self.count = count  # last: whoever waits for it reads the times as well
            if (now := re.search(r'"now":\s*"(\d+)"', pulse)[1]) != known:  # type: ignore[index]
                known = now
                drawings = self.browser.ask("GET", f"{self.place}screen").count("chart-strip")
                self.drawings, self.changed = drawings, time.perf_counter()


def _votes_kept(home: Path, times: Times) -> int:
    """How many votes the database holds, each as it was sent."""
    database = Database(from_environment({**os.environ, "SELFCHECK_HOME": str(home)}).database_url)
    with database.reader() as session:
        stored = {
            (vote.seat_id, vote.round_id, str(vote.turn)): _written(vote.half_steps)
            for vote in session.scalars(select(Vote).join(LiveRound))
        }
    assert stored == times.said, "a vote was lost or changed"
    assert len(stored) == PHONES * len(ITEMS) * 2, len(stored)
    return len(stored)


def _written(half_steps: int | None) -> str:
    return "cannot-judge" if half_steps is None else f"{half_steps / 2:g}"
