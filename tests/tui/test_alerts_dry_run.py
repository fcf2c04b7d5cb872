"""`liqtop alerts`: the metrics, the rules in the config, and what they would have told on a tape."""

import json
from pathlib import Path

import pytest

from feeds.events import AnyEvent, Liquidation
from feeds.replay import ReplaySource
from feeds.sample import sample_path
from tests.tui.test_cli import Run, run
from tui.exits import BadUsage
from tui.headless.alerts import coins_for, rules_in
from tui.headless.run import run as run_source
from tui.settings import Settings, load

__all__ = ["run"]

RULES = """\
[lists]
default = ["BTC"]
majors = ["BTC", "ETH"]

[alerts.flush]
metric = "liquidations_long_60s"
when = "above 100k"
list = "majors"
cooldown_minutes = 5

[alerts.hot]
metric = "funding_8h"
when = "above 0.05%"
"""


def written(text: str) -> str:
    Path("mine.toml").write_text(text)
    return "mine.toml"


def complaints(text: str) -> list[str]:
    with pytest.raises(BadUsage) as told:
        load(written(text))
    return [line.removeprefix("mine.toml:") for line in told.value.lines]


def test_every_metric_is_listed_with_its_unit(run: Run) -> None:
    code, out, _ = run("alerts", "metrics", "--json")
    rows = {row["metric"]: row for row in map(json.loads, out.splitlines())}
    assert code == 0
    assert rows["funding_8h"]["unit"] == "fraction"
    assert rows["verdict_long"]["states"] == ["OK", "WAIT", "NO ENTRY"]
    assert all(row["meaning"] for row in rows.values())


def test_metrics_are_listed_as_text_too(run: Run) -> None:
    code, out, _ = run("alerts", "metrics")
    assert code == 0
    assert "liquidations_long_60s   USD       longs liquidated in the last minute\n" in out


def last_minute_of_longs(coin: str) -> list[float]:
    """USD of longs liquidated in the 60 slots of a second up to each second of the sample, from its events alone."""
    events: list[AnyEvent] = []
    source = ReplaySource(sample_path(), Settings())
    run_source(source, events.extend)
    longs = [one for one in events if isinstance(one, Liquidation) and one.coin == coin and one.position == "long"]
    begin_ms = (events[0].received_ms // 1000 + 1) * 1000
    return [
        sum(one.notional_usd for one in longs if one.received_ms < now_ms and now_ms // 1000 - 60 < one.at_ms // 1000)
        for now_ms in range(begin_ms, source.now_ms() + 1, 1000)
    ]


def test_a_dry_run_tells_when_rules_would_have_fired(run: Run) -> None:
    """Held against the crossings in the sample's own liquidations, counted apart from the program's market."""
    config = written(RULES.replace("cooldown_minutes = 5", "cooldown_minutes = 0"))
    code, out, _ = run("alerts", "dry-run", "sample", "--config", config, "--json")
    report = json.loads(out)
    flush, hot = report["rules"]
    expected = {}
    for coin in ("BTC", "ETH"):
        armed, count = False, 0
        for second, usd in enumerate(last_minute_of_longs(coin)):
            if armed and usd > 100e3:
                armed, count = False, count + (second >= 60)
            armed = armed or usd <= 90e3
        expected[coin] = count
    assert code == 0
    assert flush["by_subject"] == expected
    assert flush["fired"] == sum(expected.values()) == len(report["fired"])
    assert flush["per_hour"] == pytest.approx(flush["fired"] / report["hours"])
    assert (hot["fired"], hot["had_data"], hot["reason"]) == (0, False, "no funding rate yet")


def test_the_report_as_text(run: Run) -> None:
    code, out, _ = run("alerts", "dry-run", "sample", "--config", written(RULES), "--seconds", "600")
    assert code == 0
    assert "BTC, ETH" in out.splitlines()[0]
    assert "hot: funding_8h: no funding rate yet" in out
    row = next(line for line in out.splitlines() if line.startswith("hot "))
    assert row.split()[-5:] == ["?", "?", "0", "?", "?"]
    assert "flush: BTC liquidations_long_60s ≥" in out


def test_without_rules_there_is_nothing_to_try(run: Run) -> None:
    code, _, err = run("alerts", "dry-run", "sample", "--config", written("[display]\nmouse = false\n"))
    assert (code, err) == (2, "liqtop: no [alerts.NAME] in mine.toml\n")


def test_a_dry_run_looks_at_the_coins_that_rules_name(own: None) -> None:
    loaded = load(written(RULES))
    rules = rules_in(loaded)
    assert coins_for(rules, ("BTC", "SOL")) == ("BTC", "SOL", "ETH")
    assert coins_for(rules[:1], ("SOL",)) == ("BTC", "ETH")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_every_mistake_in_a_rule_is_told_at_its_line(own: None) -> None:
    text = """\
[alerts.a]
metric = "liquidation_long_60s"
when = "above 5M"
[alerts.b]
metric = "price"
when = "over 5M"
coins = ["BTCUSDT"]
list = "majrs"
[alerts.c]
metric = "cascade_down"
when = "becomes ignitng"
venues = ["bibit"]
deliver = ["desktop"]
[alerts.d]
metric = "price"
when = "above 5"
clear = "6"
cooldwn_minutes = 3
[alerts.e]
metric = "price"
[notify]
webhook = "http://example.org/s3cret"
[lists]
majors = ["BTC"]
"""
    told = complaints(text)
    assert [line.split(": ")[0] for line in told] == [*["2", "6", "7", "8", "11", "12", "13", "17", "18", "19", "22"]]
    assert told[0].endswith(
        "[alerts] a.metric: unknown metric 'liquidation_long_60s'; did you mean 'liquidations_long_60s'?"
    )
    assert told[3].endswith("no list 'majrs', the config has: default, majors; did you mean 'majors'?")
    assert told[4].endswith("did you mean 'igniting'?")
    assert told[6].endswith("desktop needs a command in [notify] desktop, found none")
    assert told[8].endswith("unknown key; did you mean 'cooldown_minutes'?")
    assert told[9].endswith("e: expected the key 'when', found none")
    assert not [line for line in told if "s3cret" in line]


def test_the_config_is_shown_without_the_webhooks_secret(run: Run) -> None:
    config = written('[notify]\nwebhook = "https://example.org/s3cret"\n' + RULES)
    code, out, _ = run("config", "show", "--config", config)
    assert code == 0
    assert "s3cret" not in out
    assert 'when                         = "above 100k"' in out
