"""The arrows between the layers point one way, and the check that says so can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.arrows import PROJECT, broken_arrows, broken_arrows_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, for breaking."""
    root = tmp_path_factory.mktemp("tree")
    for package in PROJECT:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "*.zst"))
    return root


def test_every_import_points_the_right_way() -> None:
    assert broken_arrows(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("feeds/events.py", "from feeds.symbols import Instrument"),
        ("feeds/events.py", "import pydantic"),
        ("feeds/inbox.py", "from scoring.view import MarketView"),
        ("feeds/inbox.py", "import tui.controls"),
        ("feeds/venues/okx.py", "import time"),
        ("feeds/venues/okx.py", "from asyncio import sleep"),
        ("feeds/venues/okx.py", "import httpx"),
        ("feeds/venues/okx.py", "from feeds.pipeline import Pipeline"),
        ("feeds/venues/okx.py", "from .. import pipeline"),
        ("scoring/view.py", "import random"),
        ("scoring/view.py", "from feeds.settings import FeedsSettings"),
        ("scoring/view.py", "from tui import controls"),
        ("scoring/view.py", "import importlib; importlib.import_module('time')"),
        ("scoring/view.py", "import datetime as d; d.datetime.now()"),
        ("scoring/view.py", "from datetime import datetime as Moment; Moment.now()"),
        ("scoring/view.py", "from numpy import random"),
        ("scoring/view.py", "import numpy as np; np.random.rand()"),
        ("scoring/view.py", "open('/etc/hosts')"),
        ("scoring/view.py", "import pathlib"),
        ("scoring/view.py", "from urllib import request"),
        ("scoring/view.py", "from tests.arrows import RULES"),
        ("tui/views/row.py", "def late() -> None: import time"),
        ("tui/views/row.py", "from textual.widget import Widget"),
        ("tui/views/row.py", "from tui.session import Session"),
        ("tui/views/row.py", "from scoring.market import Market"),
        ("tui/format.py", "import time"),
        ("tui/commands.py", "from textual.binding import Binding"),
        ("tui/panes/pane.py", "from tui.session import Session"),
        ("tui/panes/pane.py", "import feeds"),
        ("tui/governor.py", "import time"),
        ("tui/scanning/look.py", "from tui.screens.main import MainScreen"),
        ("tui/paste/reader.py", "from textual.widget import Widget"),
        ("tui/paste/reader.py", "from feeds.rest import Rest"),
        ("tui/paste/reader.py", "from scoring.market import Market"),
        ("tui/paste/reader.py", "import pathlib"),
        ("tui/app.py", "from tests.tui import scripted"),
        ("tui/headless/events.py", "from textual.app import App"),
        ("tui/words.py", "import feeds.source; import scoring.market"),
        ("tui/words.py", "from feeds.demo import DemoSource; from scoring.market import Market"),
    ],
)
def test_an_arrow_broken_on_purpose_is_named(copy: Path, file: str, line: str) -> None:
    """One import is added to a copy of the tree: the file is reported with what it imports."""
    module = copy / file
    before = module.read_text() if module.exists() else None
    module.write_text(f"{before or ''}\n{line}\n")
    try:
        assert [found for found in broken_arrows_of(module, copy) if found.startswith(f"{file}:")]
    finally:
        if before is None:
            module.unlink()
        else:
            module.write_text(before)


def test_a_tree_with_a_broken_arrow_is_not_whole(copy: Path) -> None:
    (copy / "scoring/broken.py").write_text("import tui")
    assert broken_arrows(copy) == ["scoring/broken.py:1: scoring.broken imports tui"]
    (copy / "scoring/broken.py").unlink()


_HEADLESS = """
import sys
from tui.cli import main

def run(*words):
    try:
        main(words)
    except SystemExit as end:
        assert end.code == 0, (words, end.code)

run("--version")
assert not {"typer", "pydantic", "msgspec"} & set(sys.modules), "--version loads too much"
run("--help")
run("config", "show")
run("decode", "bybit", sys.argv[1])
run("record", sys.argv[2], "--demo", "--seconds", "2")
run("events", "BTC", "--demo", "--seconds", "2")
run("snapshot", "BTC", "--demo", "--seconds", "2")
run("gather", "BTC", "--demo", "--seconds", "2")
run("analyze", sys.argv[3])
run("demo", "--headless", "--seconds", "2")
run("replay", "sample", "--headless")
assert "scoring.market" in sys.modules
assert "textual" not in sys.modules, "a headless command loads Textual"
"""


def test_headless_commands_load_no_textual(tmp_path: Path) -> None:
    """All of them in one process leave `textual` out of `sys.modules`, and `--version` leaves nearly everything out."""
    frame = '{"topic":"allLiquidation.ROSEUSDT","ts":1739502303204,"data":[%s]}'
    row = '{"T":1739502302929,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}'
    (tmp_path / "frames").write_text(frame % row)
    (tmp_path / "pasted").write_text("funding Binance +0.012 %, OKX +0.018 %, Bybit +0.024 %\n")
    files = [str(tmp_path / name) for name in ("frames", "tape", "pasted")]
    words = [sys.executable, "-c", _HEADLESS, *files]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
