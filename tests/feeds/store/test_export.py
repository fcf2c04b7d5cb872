"""The stored tables leave as CSV and, where pyarrow is, as Parquet."""

import csv
import importlib.util
import io
import stat
from pathlib import Path

import pytest

from feeds.store import Document
from feeds.store.tables import TABLE_NAMES, TABLES
from tests.feeds.store.making import NOW, down, funding, interest, liquidation, ratio, trade, up, writing
from tui.exits import FINE, NO, NO_DATA, BadUsage
from tui.headless.export import print_export

END = NOW + 10_000_000


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite3"
    with writing(path) as writer:
        writer.put([up(NOW), liquidation(NOW, "a", 12.5, position="short", sampled=True), trade(NOW, 2.0, 8.0, "sell")])
        writer.put([liquidation(NOW + 1000, "b", symbol="=X", coin="X"), interest(NOW, None), funding(NOW), ratio(NOW)])
        writer.put([down(NOW + 2000)])
        writer.put_fates([Document("k", NOW, 1, '{"größe":1}'.encode())])
        writer.put_journal([Document("j", NOW, 2, b"{}")])
    return path


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


ROWS = {
    "liquidations": {
        "venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "at_ms": f"{NOW}",
        "received_ms": f"{NOW + 40}", "position": "short", "price": "5.0", "quantity": "2.5", "notional_usd": "12.5",
        "sampled": "1",
    },
    "bars": {
        "venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "minute_ms": f"{NOW}", "open": "2.0",
        "high": "2.0", "low": "2.0", "close": "2.0", "volume_usd": "8.0", "net_taker_usd": "-8.0",
    },
    "open_interest": {
        "venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "at_ms": f"{NOW}",
        "received_ms": f"{NOW + 40}", "coins": "", "notional_usd": "",
    },
    "funding": {
        "venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "at_ms": f"{NOW}",
        "received_ms": f"{NOW + 40}", "rate": "0.0001", "interval_hours": "8.0", "next_at_ms": "",
    },
    "long_short": {
        "venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "at_ms": f"{NOW}",
        "received_ms": f"{NOW + 40}", "basis": "accounts", "long_share": "0.6",
    },
    "spans": {
        "venue": "bybit", "market": "perp", "stream": "bybit perp", "since_ms": f"{NOW}", "until_ms": f"{NOW + 2000}",
        "ended": "why",
    },
    "fates": {"key": "k", "at_ms": f"{NOW}", "version": "1", "payload": '{"größe":1}'},
    "journal": {"key": "j", "at_ms": f"{NOW}", "version": "2", "payload": "{}"},
}  # fmt: skip


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_each_table_has_its_rows_with_their_names(store: Path, tmp_path: Path, table: str) -> None:
    out = tmp_path / "out.csv"
    assert print_export(store, table, "csv", str(out), NOW, END, ["BTC"]) == FINE  # type: ignore[arg-type]
    assert read(out) == [ROWS[table]]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_time_and_a_coin_choose_the_rows(store: Path, tmp_path: Path) -> None:
    for number, (since_ms, until_ms, coins, found) in enumerate(
        [(0, END, [], 2), (NOW + 1, END, [], 1), (0, NOW + 1000, [], 1), (0, END, ["X"], 1), (0, END, ["WIF"], 0)]
    ):
        out = tmp_path / f"{number}.csv"
        code = print_export(store, "liquidations", "csv", str(out), since_ms, until_ms, coins)
        assert (len(read(out)), code) == (found, FINE if found else NO_DATA)


def test_a_text_that_looks_like_a_formula_is_made_harmless(store: Path, tmp_path: Path) -> None:
    print_export(store, "liquidations", "csv", str(tmp_path / "out.csv"), 0, END, ["X"])
    assert read(tmp_path / "out.csv")[0]["symbol"] == "'=X"


def test_stdout_carries_the_data_and_stderr_the_narration(
    store: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert print_export(store, "journal", "csv", "-", 0, END, []) == FINE
    out, err = capfdbinary.readouterr()
    assert out == f"key,at_ms,version,payload\r\nj,{NOW},2,{{}}\r\n".encode()
    assert err == b"liqtop: 1 rows of journal\n"


def test_a_file_that_exists_is_not_overwritten(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("mine")
    with pytest.raises(BadUsage, match="expected a new file"):
        print_export(store, "journal", "csv", str(out), 0, END, [])
    assert out.read_text() == "mine"


def test_a_store_that_cannot_be_read_is_a_negative_answer_without_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_export(tmp_path / "none", "bars", "csv", str(tmp_path / "out.csv"), 0, END, []) == NO
    assert capsys.readouterr().err.startswith(f"liqtop: {tmp_path / 'none'}: ")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_without_pyarrow_says_what_is_missing(store: Path, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match=r"--parquet needs pyarrow: pip install 'liqtop\[parquet\]'"):
        print_export(store, "bars", "parquet", str(tmp_path / "out"), 0, END, [])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_parquet_holds_the_same_rows(store: Path, tmp_path: Path, table: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out.parquet"
    assert print_export(store, table, "parquet", str(out), NOW, END, ["BTC"]) == FINE  # type: ignore[arg-type]
    (row,) = parquet.read_table(out).to_pylist()
    assert tuple(row) == TABLES[table].columns  # type: ignore[index]
    assert {name: "" if value is None else str(value) for name, value in row.items()} == ROWS[table]
