"""A program that stores without pause until it is killed: `python -m tests.feeds.store.killed PATH FIRST`.

It prints the number of each liquidation it has put, and its monotonic clock, which all processes share.
"""

import sys
import threading
import time
from pathlib import Path

from feeds.store import Store
from feeds.store_settings import StoreSettings
from tests.feeds.store.making import NOW, interest, liquidation, trade, up


def main() -> None:
    number, pause = int(sys.argv[2]), threading.Event()
    opened = Store.open(Path(sys.argv[1]), StoreSettings(), NOW)
    store = opened.store
    assert store is not None
    assert opened.notes == (), opened.notes
    store.put([up(NOW + number)])
    while True:
        for _ in range(5):
            at_ms = NOW + number
            store.put([liquidation(at_ms, str(number)), trade(at_ms, usd=1.0), interest(at_ms)])
            number += 1
        print(number - 1, time.monotonic(), flush=True)
        pause.wait(0.01)


if __name__ == "__main__":
    main()
