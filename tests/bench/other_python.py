"""An environment of its own for cryptofeed, which needs Python 3.12 or newer; made once, in `.venv-cryptofeed`."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PINNED = "cryptofeed==3.0.1"


def cryptofeed_python() -> tuple[str | None, str]:
    """The interpreter that has cryptofeed, or None and the reason."""
    ready = os.environ.get("LIQTOP_CRYPTOFEED_PYTHON")
    python = Path(ready) if ready else ROOT / ".venv-cryptofeed" / "bin" / "python"
    if has_cryptofeed(python):
        return str(python), ""
    for candidate in newer_pythons():
        made = subprocess.run(
            [candidate, "-m", "venv", str(python.parent.parent)], capture_output=True, text=True, check=False
        )
        if made.returncode:
            continue
        pip = [str(python), "-m", "pip", "install", "--quiet", PINNED]
        installed = subprocess.run(pip, capture_output=True, text=True, check=False)
        if has_cryptofeed(python):
            return str(python), ""
        return (
            None,
            f"{PINNED} can't be installed: {(installed.stderr.strip().splitlines() or ['no reason given'])[-1]}",
        )
    return None, "no Python 3.12 or newer found"


def has_cryptofeed(python: Path) -> bool:
    return (
        python.exists()
        and not subprocess.run([python, "-c", "import cryptofeed"], capture_output=True, check=False).returncode
    )


def newer_pythons() -> Iterator[str]:
    """Interpreters from 3.12 on that really start."""
    named = [shutil.which(f"python3.{minor}") for minor in (14, 13, 12)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    kept = sorted(pyenv.glob("3.1[2-9]*/bin/python3"), reverse=True)
    for python in [*filter(None, named), *map(str, kept)]:
        if not subprocess.run([python, "-c", "pass"], capture_output=True, check=False).returncode:
            yield python
