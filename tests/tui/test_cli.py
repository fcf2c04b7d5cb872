"""The command line as a shell sees it: stdout, stderr and the exit code."""

import io
import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui import VERSION
from tui.cli import main

ROOT = Path(__file__).parent.parent.parent
ROSE = (
    '{"topic":"allLiquidation.ROSEUSDT","type":"snapshot","ts":1739502303204,'
    '"data":[{"T":1739502302929,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}]}'
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs words in a folder without a config; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LIQTOP_CONFIG", raising=False)

    def run(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as end:
            main(words)
        captured = capfd.readouterr()
        return int(end.value.code or 0), captured.out, captured.err

    return run


def events_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_version_is_the_packages(run: Run) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert run("--version") == (0, f"liqtop {project['version']}\n", "")
    assert project["version"] == VERSION


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["evnts"], "'evnts' is neither a command in the first place nor a coin; did you mean 'events'?"),
        (["dmeo"], "'dmeo' is neither a command in the first place nor a coin; did you mean 'demo'?"),
        (["BTCUSDT"], "expected a coin such as 'BTC', found 'BTCUSDT'; did you mean 'BTC'?"),
        (["BTC", "--list", "alts"], "no list 'alts', the config has: default"),
        (["events", "--types", "trades"], "--types: unknown type 'trades'"),
        (["events", "--demo", "--replay", "sample"], "--demo and --replay exclude each other"),
        (["events", "--replay", "absent"], "no such tape: absent"),
        (["events", "--gateway", "localhost:9000"], "--gateway: expected an address such as"),
        (["events", "--demo", "--scenario", "crash"], "--scenario: unknown 'crash'"),
        (["events", "--config", "absent.toml"], "--config: no such file: absent.toml"),
        (["replay", "sample", "--headless", "--at", "25:00"], "--at: expected a time such as 16:55, found '25:00'"),
        (["replay", "sample", "--headless", "--at", "12:00"], "--at: the tape runs from 2025-01-27 16:50"),
        (["snapshot"], "snapshot: expected a coin such as BTC, or --schema"),
        (
            ["decode", "bibit"],
            "unknown venue 'bibit', known: binance, bitget, bitmex, bybit, coinbase, deribit, gate, htx, hyperliquid, "
            "okx; did you mean 'bybit'?",
        ),
        (["decode", "okx", "absent"], "absent: No such file or directory"),
        (["record", "absent/x.tape", "--demo"], "absent/x.tape"),
        (["demo"], "without one: liqtop demo --headless"),
        (["demo", "--headless", "--record", "a.tape"], "without it: liqtop record a.tape --demo"),
        (["btc"], "without one: liqtop events, liqtop snapshot COIN"),
    ],
)
def test_what_cannot_be_obeyed_is_told_in_one_line_and_ends_with_2(run: Run, words: list[str], complaint: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_a_wrong_config_stops_every_command(run: Run) -> None:
    Path("config.toml").write_text('[network]\ngatway = "x"\n')
    for words in (["config", "check"], ["config", "show"], ["events", "--demo"], ["decode", "okx"]):
        assert run(*words) == (2, "", "liqtop: config.toml:2: [network] gatway: unknown key; did you mean 'gateway'?\n")


def test_a_complaint_cannot_write_to_the_terminal(run: Run) -> None:
    """Control characters of a config come out as escapes."""
    Path("config.toml").write_text('"\\u001b[2J" = 1\n')
    assert "\x1b" not in run("config", "check")[2]


def test_decode_says_whose_position_it_was_and_takes_the_venues_time(run: Run) -> None:
    code, out, err = run("decode", "bybit", stdin=ROSE)
    (event,) = events_of(out)
    assert (code, event["type"], event["position"]) == (0, "liquidation", "short")
    assert event["received_ms"] == event["at_ms"] == 1739502302929
    assert "frames: 1; decoded: 1 liquidation; left out: nothing" in err


def test_decode_reads_frames_in_every_wrapping(run: Run) -> None:
    """In an envelope, as a string in one, or spread over lines; the receive time is the envelope's."""
    other = [ROSE.replace("20000", size) for size in ("20001", "20002")]
    texts = [
        json.dumps({"received_ms": 1739502303300, "frame": json.loads(ROSE)}),
        json.dumps({"received_ms": 1739502303301, "frame": other[0]}),
        json.dumps(json.loads(other[1]), indent=2),
    ]
    code, out, _ = run("decode", "bybit", stdin="\n".join(texts))
    found = [(event["received_ms"], event["quantity"]) for event in events_of(out)]
    assert (code, found) == (0, [(1739502303300, 20000), (1739502303301, 20001), (1739502302929, 20002)])


def test_decode_counts_what_it_leaves_out_and_goes_on(run: Run) -> None:
    """Each with its line and reason on stderr, and counted by kind; stdout is events only."""
    late = json.dumps({"received_ms": 1739502302929 + 601_000, "frame": json.loads(ROSE.replace("20000", "7"))})
    lines = [ROSE, ROSE, "{cut", late, '{"received_ms":"x","frame":1}', '{"a":"\xff"}', ROSE.replace("20000", "8")]
    code, out, err = run("decode", "bybit", stdin="\n".join(lines))
    assert (code, [event["quantity"] for event in events_of(out)]) == (0, [20000, 8])
    for start in ("line 2: duplicate: ", "line 3: malformed: ", "line 4: late: ", "line 5: envelope: "):
        assert f"\n{start}" in err
    assert "1 duplicate" in err.splitlines()[-1]


def test_decode_of_nothing_ends_with_3(run: Run) -> None:
    assert run("decode", "bybit", stdin='{"success":true,"op":"subscribe"}\n')[0] == 3


def test_decode_reads_symbols_off_the_venues_own_list(run: Run) -> None:
    """With the list, a symbol that it does not hold is not guessed by its spelling."""
    row = {"symbol": "ETHUSDT", "baseCoin": "ETH", "quoteCoin": "USDT", "contractType": "LinearPerpetual"}
    answer = {"retCode": 0, "result": {"category": "linear", "list": [{**row, "status": "Trading"}]}}
    Path("list.json").write_text(json.dumps(answer))
    frames = ROSE + "\n" + ROSE.replace("ROSE", "ETH")
    code, out, err = run("decode", "bybit", "--instruments", "list.json", stdin=frames)
    assert (code, [event["coin"] for event in events_of(out)]) == (0, ["ETH"])
    assert "ROSEUSDT" in err
    Path("list.json").write_text("{}")
    assert run("decode", "bybit", "--instruments", "list.json")[0] == 2


def test_events_are_those_asked_for(run: Run) -> None:
    code, out, _ = run("events", "eth", "--demo", "--seconds", "5", "--types", "trade,connected")
    found = events_of(out)
    assert code == 0
    assert {event["type"] for event in found} == {"trade", "connected"}
    assert {event["coin"] for event in found if event["type"] == "trade"} == {"ETH"}


def test_events_of_one_seed_are_the_same_twice(run: Run) -> None:
    words = ("events", "--demo", "--seconds", "3", "--seed")
    assert run(*words, "7") == run(*words, "7")
    assert run(*words, "7") != run(*words, "8")


def test_no_market_event_ends_with_3(run: Run) -> None:
    code, _, err = run("events", "NOSUCH", "--replay", "sample")
    assert (code, err) == (3, "liqtop: no market event was seen\n")


def test_a_recording_replays_as_what_it_recorded(run: Run) -> None:
    """The market events of the demo and those of its tape are the same."""
    words = ("BTC", "--types", "trade,liquidation,mark_price,funding")
    assert run("record", "a.tape", "BTC", "--demo", "--seconds", "5")[0] == 0
    seen = run("events", *words, "--demo", "--seconds", "5")[1]
    assert seen
    assert run("events", *words, "--replay", "a.tape")[1] == seen


def test_the_samples_totals_are_those_of_its_events(run: Run) -> None:
    code, out, _ = run("replay", "sample", "--headless", "--json")
    totals = json.loads(out)
    found = events_of(run("events", "--replay", "sample", "--types", "liquidation")[1])
    assert (code, totals["count"]) == (0, len(found)) == (0, 1344)
    for position in ("long", "short"):
        usd = sum(event["notional_usd"] for event in found if event["position"] == position)
        assert totals[f"{position}_usd"] == pytest.approx(usd, abs=0.01)
        assert sum(coin[f"{position}_usd"] for coin in totals["coins"].values()) == pytest.approx(usd, abs=0.01)


def test_totals_of_named_coins_and_seconds_are_theirs_alone(run: Run) -> None:
    """The minute from 17:00 on: the clock stops at its end, and what came before it on the tape counts too."""
    words = ("replay", "sample", "eth", "--headless", "--json", "--at", "17:00", "--seconds", "60")
    totals = json.loads(run(*words)[1])
    found = events_of(run("events", "ETH", "--replay", "sample", "--types", "liquidation")[1])
    expected = [event for event in found if event["received_ms"] <= 1_737_997_260_000]
    assert totals["last_ms"] == 1_737_997_260_000
    assert totals["count"] == len(expected) > 10
    assert list(totals["coins"]) == ["ETH"]


def test_totals_as_text_say_what_a_dollar_is_and_mark_lower_bounds(run: Run) -> None:
    code, out, _ = run("replay", "sample", "--headless")
    assert code == 0
    assert "binance: average fill price (ap) x accumulated filled quantity (z)" in out
    assert ">=2,673,380.66" in out


def test_snapshot_json_is_described_by_its_schema(run: Run) -> None:
    code, out, _ = run("snapshot", "btc", "--demo", "--seconds", "20", "--format", "json")
    schema = json.loads(run("snapshot", "--schema")[1])
    snapshot = json.loads(out)
    assert (code, snapshot["coin"], snapshot["mode"]) == (0, "BTC", "DEMO")
    assert set(snapshot) == set(schema["properties"])


@pytest.mark.parametrize("form", ["text", "tsv", "markdown"])
def test_snapshot_as_text_names_the_coin(run: Run, form: str) -> None:
    code, out, _ = run("snapshot", "BTC", "--demo", "--seconds", "20", "--format", form)
    assert code == 0
    assert "BTC" in out.splitlines()[0]


def test_config_show_tells_where_each_setting_comes_from(run: Run) -> None:
    Path("config.toml").write_text('[network]\nvenues = ["okx"]\n')
    code, out, _ = run("config", "show", "--gateway", "http://127.0.0.1:9000")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert 'venues = ["okx"] # config.toml:2' in lines
    assert 'gateway = "http://127.0.0.1:9000" # --gateway' in lines
    assert "open_seconds = 10.0 # default" in lines
    assert tomllib.loads(out)["network"]["gateway"] == "http://127.0.0.1:9000"


def test_config_path_names_the_file_in_effect(run: Run, tmp_path: Path) -> None:
    assert run("config", "path")[1] == f"{tmp_path / 'home/liqtop/config.toml'}\n"
    Path("config.toml").write_text("")
    assert run("config", "path")[1] == "config.toml\n"


def started(*words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = (sys.executable, "-m", "tui.cli", *words)
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def test_ctrl_c_ends_quietly_with_130() -> None:
    """Events are flushed as they come, so the first line is there before the end."""
    with started("events", "--demo") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130


def test_a_reader_that_has_enough_ends_it_quietly_with_0() -> None:
    with started("events", "--replay", "sample") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
