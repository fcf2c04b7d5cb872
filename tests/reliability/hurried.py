"""liqtop with sockets that live for seconds: `python -m tests.reliability.hurried SECONDS WORDS...`."""

import sys

from feeds.venues import binance, bybit, okx
from tui.cli import main

if __name__ == "__main__":
    seconds = float(sys.argv.pop(1))
    binance._LIFETIME_SECONDS = bybit._LIFETIME_SECONDS = okx._LIFETIME_SECONDS = seconds
    main()
