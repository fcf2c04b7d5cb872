"""`python -m tests.text_screens`: writes every screen anew. Read the difference before it is kept."""

import sys
import time

from tests.pictures.__main__ import surround
from tests.text_screens.screens import FOLDER, KEPT, path_of, shown


def main() -> int:
    surround()
    FOLDER.mkdir(exist_ok=True)
    began = time.monotonic()
    for one, text in shown(KEPT):
        path_of(one).write_text(text, encoding="utf-8", newline="\n")
    names = {f"{one.name}.txt" for one in KEPT}
    for path in FOLDER.glob("*.txt"):
        if path.name not in names:
            path.unlink()
    print(f"{len(KEPT)} screens in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
