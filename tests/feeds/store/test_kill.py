"""`kill -9` at any moment: what is older than a second is in the file, and the file is whole."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feeds.events import Liquidation
from feeds.store import Reader, Store
from tests.feeds.store.making import NOW, QUICK

ROOT = Path(__file__).parents[3]
SECOND = 1.0


def run_and_kill(path: Path, first: int, seconds: float) -> tuple[int, int]:
    """Run the program from `first` on and kill it after so long; the last number it put, and by a second before."""
    words = [sys.executable, "-m", "tests.feeds.store.killed", str(path), str(first)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        told: list[tuple[int, float]] = []
        for line in program.stdout:
            number, at = line.split()
            told.append((int(number), float(at)))
            if told[-1][1] - told[0][1] >= seconds:
                killed_at = time.monotonic()
                program.kill()
                break
        rest = program.stdout.read().split()
    last = int(rest[-2]) if len(rest) >= 2 else told[-1][0]
    return last, max(number for number, at in told if at <= killed_at - SECOND)


def kill_again_and_again(path: Path, times: int, seed: int) -> None:
    """Each run goes on where the one before was killed, on the same file."""
    chance, number, sure = random.Random(seed), 0, set[int]()
    for _ in range(times):
        first = number
        number, safe = run_and_kill(path, first, chance.uniform(1.05, 1.8))
        sure |= set(range(first, safe + 1))
        number += 1000
        opened = Store.open(path, QUICK, NOW)
        assert opened.notes == ()
        assert opened.store is not None
        assert opened.store.close()
        stored = {int(event.identity) for event in Reader(path).read(0) if isinstance(event, Liquidation)}
        assert sure <= stored
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM span WHERE until_ms IS NULL").fetchone() == (0,)
        connection.close()
        assert sum(bar.volume_usd for bar in Reader(path).bars(0)) == len(stored)


def test_what_is_older_than_a_second_survives_a_kill(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "store.sqlite3", 3, seed=1)


@pytest.mark.slow
@pytest.mark.skipif("LIQTOP_KILLS" not in os.environ, reason="LIQTOP_KILLS says how often; 100 take five minutes")
def test_what_is_older_than_a_second_survives_many_kills(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "store.sqlite3", int(os.environ["LIQTOP_KILLS"]), seed=2)


def test_the_second_program_names_the_first_and_reads_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    words = [sys.executable, "-m", "tests.feeds.store.killed", str(path), "0"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        opened = Store.open(path, QUICK, NOW)
        assert opened.notes == (f"{path}: another liqtop (process {program.pid}) writes it; this one only reads it",)
        assert opened.store is not None
        before = -1
        while not (found := [event for event in opened.store.read(0) if isinstance(event, Liquidation)]):
            before = int(program.stdout.readline().split()[0])
        assert int(found[-1].identity) >= before - 100_000
        program.kill()
