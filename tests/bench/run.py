"""`make bench`: every figure of one run, one table after the other."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.bench import cascades, clusters, coins, decoding, maps, memory, screen  # the path comes first


def main() -> None:
    decoding.main()
    memory.main()
    coins.main()
    maps.main()
    clusters.main()
    cascades.main()
    screen.main()


if __name__ == "__main__":
    main()
