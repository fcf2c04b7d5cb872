"""`python -m tests.pictures [NAME...]`: makes the pictures of the documents anew, all of them or the named ones."""

import os
import sys
import time

from tests.pictures.render import OTHER_SURROUNDINGS, SURROUNDINGS, path_of, rendered
from tests.pictures.scenes import SCENES


def main(names: list[str]) -> int:
    known = [scene.name for scene in SCENES]
    if unknown := [name for name in names if name not in known]:
        print(f"no scene {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    surround()
    for scene, svg in rendered(scene for scene in SCENES if not names or scene.name in names):
        path = path_of(scene)
        path.parent.mkdir(exist_ok=True)
        path.write_text(svg, encoding="utf-8", newline="\n")
        print(path)
    return 0


def surround() -> None:
    """Be in the terminal that pictures are of."""
    os.environ.update(SURROUNDINGS)
    for name in OTHER_SURROUNDINGS:
        os.environ.pop(name, None)
    time.tzset()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
