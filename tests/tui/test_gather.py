"""What `liqtop gather` tells: which tables, from whom, what is missing."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.view import CheckItem, ChecklistView
from tests.exchanges import Exchanges
from tests.tui.reports_fixture import REPORTED
from tui.cli import main
from tui.headless.gather import gathered


def rows(**changes: object) -> dict[str, tuple[str, str]]:
    (table,) = gathered(replace(REPORTED, **changes))  # type: ignore[arg-type]
    return {name: (there, missing) for name, there, missing in table.rows}


def test_each_table_names_its_sources_and_what_is_missing_with_the_reason() -> None:
    there, missing = rows()["long/short"]
    assert there == "BIN HTX"
    assert missing.startswith("BYB no answer yet; OKX blocked, next attempt in 10m00s: HTTP 451")
    assert rows()["open interest"][0] == "BIN OKX BYB"


def test_a_coin_gets_only_the_tables_that_it_needs() -> None:
    """Bitcoin needs no bitcoin context, and a coin without options no options."""
    assert "BTC context" not in rows()
    context = CheckItem("BTC context", "unknown", "unknown", "", "no candles of bitcoin yet", 1.0)
    small = rows(coin="POPCAT", options=(), checklist=ChecklistView((context,)))
    assert small["BTC context"] == ("", "no candles of bitcoin yet")
    assert "options" not in small


def test_gather_prints_the_table_of_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["gather", "WIF", "--demo", "--seconds", "5"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("liqtop WIF  20")
    assert "\nGATHERED  " in out
    assert "\nfutures cvd " in out


@pytest.mark.anyio
@pytest.mark.parametrize("words", [("gather",), ("snapshot", "--format", "tsv"), ("events",)])
async def test_a_coin_that_nobody_lists_ends_with_3_and_a_suggestion(tmp_path: Path, words: tuple[str, ...]) -> None:
    """At once, long before the seconds that it would watch for are over."""
    async with Exchanges() as venue:
        config = tmp_path / "config.toml"
        config.write_text(f'[network]\nvenues = ["binance", "bybit", "okx"]\ngateway = "{venue.url}"\n')
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tui.cli", words[0], "PEPEE", *words[1:], "--seconds", "60", "--config", str(config),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(20):
            _, said = await process.communicate()
    assert process.returncode == 3
    assert said.decode().splitlines()[0] == (
        "liqtop: PEPEE is listed on none of the exchanges; did you mean PEPE (binance, bybit, okx)?"
    )
