"""The scan of a tape ahead of its play: what it finds, how it rests, that nothing of it stays behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.events import Disconnected, to_json
from feeds.record import Record
from feeds.sample import sample_path
from feeds.tape import TapeReader
from tests.feeds.test_replay import START, STREAM, head, trade, write
from tests.tui.waiting import until
from tui.driving import Seen
from tui.scanning.look import Busy, Marks, look
from tui.scanning.order import SLOTS, Done, Found, Order, Rests, after
from tui.scanning.scan import Scan
from tui.settings import Settings

COINS = ("BTC", "ETH", "SOL", "DOGE", "WIF")


def order(path: Path | None = None, seconds: float = 20.0, coins: tuple[str, ...] = COINS) -> Order:
    sample = TapeReader(sample_path())
    assert sample.first_ms is not None
    assert sample.last_ms is not None
    settings = Settings().model_dump_json()
    return Order(str(path or sample_path()), sample.first_ms, sample.last_ms, coins, settings, seconds)


@pytest.fixture
def scans() -> Iterator[list[Scan]]:
    """Scans that are closed after the test."""
    opened: list[Scan] = []
    yield opened
    for scan in opened:
        scan.close()


def test_a_cascade_that_ignites_and_goes_on_is_one_mark_at_its_ignition() -> None:
    marks = Marks()
    states = ("calm", "igniting", "cascading", "exhausted", "igniting", "rejected")
    for second, state in enumerate(states):
        marks.take(second * 1000, {"BTC": (state, "calm")})  # type: ignore[dict-item]
    assert marks.all == ((1000, "BTC down cascading"), (4000, "BTC down igniting"))


def test_the_sums_of_a_look_are_those_of_the_tape() -> None:
    """All liquidations of the five coins on the shipped recording, whatever slot they are in."""
    *_, last = look(order())
    busy = [usd for usd in last.busy if usd is not None]
    assert len(busy) == SLOTS
    straight = Busy(order())
    from feeds.pipeline import Pipeline

    pipeline = Pipeline(Settings().intake)
    for record in TapeReader(sample_path()).records():
        straight.take(pipeline.feed(record))
    assert sum(busy) == pytest.approx(sum(usd or 0.0 for usd in straight.all))
    assert sum(busy) > 100_000


def test_the_time_in_a_gap_of_the_tape_is_unknown_and_not_zero() -> None:
    wanted = Order("", 0, SLOTS * 1000, COINS, "", 1.0)
    busy = Busy(wanted)
    busy.part(10_500, 20_500)
    assert busy.all[10:21] == (0.0, *(None,) * 9, 0.0)


def test_the_time_in_which_no_feed_was_up_is_unknown_and_not_zero(tmp_path: Path) -> None:
    """The recorder ran on while the line was cut: nothing is missing on the tape, but nothing was seen either."""
    lost = Disconnected(
        venue="binance", market="perp", at_ms=START + 120_000, received_ms=START + 120_000, stream=STREAM, reason="cut"
    )
    cut = Record(START + 120_000, "status", "binance", "perp", STREAM, to_json(lost))
    note = Record(START + 300_000, "note", "", "perp", "", b"still here")
    path = write(
        tmp_path / "a.tape.zst",
        head(),
        [trade(START + 1000 * second) for second in range(1, 120)],
        [cut, note],
        head(START + 310_000),
        [trade(START + 1000 * second) for second in range(311, 480)],
    )
    settings = Settings().model_dump_json()
    *_, last = look(Order(str(path), START, START + SLOTS * 1000, ("BTC",), settings, 20.0))
    assert set(last.busy[5:119]) == {0.0}
    assert set(last.busy[123:308]) == {None}
    assert set(last.busy[315:475]) == {0.0}


def test_what_was_found_is_of_the_share_up_to_its_time() -> None:
    wanted = Order("", 0, 1000, COINS, "", 1.0)
    seen = after(Seen(), Found(250, ((100, "BTC up igniting"),), (1.0,) * 120), wanted)
    assert (seen.state, seen.share, len(seen.busy), seen.busy[120]) == ("running", 0.25, SLOTS, None)
    assert after(seen, Rests(), wanted).state == "resting"
    assert after(seen, Done(), wanted).share == 1.0


def test_a_scan_in_its_process_ends_with_all_of_the_tape(scans: list[Scan]) -> None:
    scan = Scan(order())
    scans.append(scan)
    assert scan.seen == Seen()
    scan.start()
    until(lambda: scan.seen.state == "done")
    assert scan.seen.share == 1.0
    assert sum(usd or 0.0 for usd in scan.seen.busy) > 100_000


def test_a_scan_rests_when_it_has_had_its_share_and_goes_on_when_it_is_asked(scans: list[Scan]) -> None:
    scan = Scan(order(seconds=0.01))
    scans.append(scan)
    scan.start()
    until(lambda: scan.seen.state == "resting")
    first = scan.seen.share
    assert 0 < first < 1
    scan.go_on()
    until(lambda: scan.seen.state == "resting" and scan.seen.share > first)


def test_a_scan_that_has_ended_by_itself_is_asked_in_vain_and_says_so(scans: list[Scan]) -> None:
    scan = Scan(order(seconds=0.01))
    scans.append(scan)
    scan.start()
    until(lambda: scan.seen.state == "resting")
    assert scan._run is not None
    assert scan._run._process is not None
    assert scan._run._process.stdin is not None
    scan._run._process.stdin.close()
    scan.go_on()
    assert scan.seen.state == "failed"


@pytest.mark.parametrize("content", [None, b"this is no tape at all"])
def test_a_tape_that_can_not_be_read_is_not_scanned_and_says_so(
    scans: list[Scan], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "a.tape.zst"
    if content is not None:
        path.write_bytes(content)
    scan = Scan(order(path))
    scans.append(scan)
    scan.start()
    until(lambda: scan.seen.state == "failed")
    assert scan.seen.busy == ()


def test_other_coins_are_scanned_from_the_start(scans: list[Scan]) -> None:
    scan = Scan(order())
    scans.append(scan)
    scan.start()
    until(lambda: scan.seen.state == "done")
    all_five = sum(usd or 0.0 for usd in scan.seen.busy)
    scan.again(("WIF",))
    assert scan.seen.share == 0.0
    until(lambda: scan.seen.state == "done")
    assert 0 < sum(usd or 0.0 for usd in scan.seen.busy) < all_five


def _ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


def test_closing_ends_the_process_at_once(scans: list[Scan]) -> None:
    scan = Scan(order(seconds=0.01))
    scans.append(scan)
    scan.start()
    until(lambda: scan.seen.state == "resting")
    assert scan._run is not None
    assert scan._run._process is not None
    pid = scan._run._process.pid
    scan.close()
    until(lambda: _ended(pid))


_KILLED = """
import os, sys
from tests.tui.test_scanning import order
from tests.tui.waiting import until
from tui.scanning.scan import Scan
scan = Scan(order(seconds=0.01))
scan.start()
until(lambda: scan.seen.state == "resting")
print(scan._run._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_monitor_that_is_killed_leaves_no_scan_behind() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", _KILLED], cwd=root, capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    until(lambda: _ended(pid))
