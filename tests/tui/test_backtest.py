"""`liqtop backtest`: from recordings to a report, as a shell sees it."""

import csv
import gzip
import json
import re
from collections.abc import Callable
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tui.cli import main

FIRST_MS = 1_764_547_500_000
SECTIONS = [
    *("data", "primary", "baselines", "parts", "calibration", "scores", "reactions"),
    *("cascade_recordings", "cascades", "cascade_labels", "cascade_warnings", "checklist", "checklist_known"),
]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `liqtop backtest` in a folder without a config; gives the exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LIQTOP_CONFIG", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(("backtest", *words))
        captured = capfd.readouterr()
        return int(end.value.code or 0), captured.out, captured.err

    return run


def a_walk(path: Path, days: int, dirt: str = "") -> None:
    """Open interest of Binance every five minutes along a seeded walk, in the format of the recorded series."""
    random = np.random.default_rng(3)
    logs, coins = 11.0, 90_000.0
    lines = ["t,oi,oi_usd", *([dirt] if dirt else [])]
    for step in range(days * 288):
        logs += 0.025 / 288**0.5 * random.standard_normal()
        coins *= exp(0.003 * random.standard_normal())
        lines.append(f"{FIRST_MS + 300_000 * step},{coins:.3f},{coins * exp(logs):.2f}")
    path.write_text("\n".join(lines))


def test_a_report_has_every_section_in_text_and_in_json(run: Run, tmp_path: Path) -> None:
    """Six days of a walk: too few for anything to be proven, and the row that is no number is named and counted."""
    a_walk(tmp_path / "binance_BTC_open_interest_5m.csv", 6, f"{FIRST_MS},x,1")
    code, text, told = run("binance_BTC_open_interest_5m.csv")
    assert code == 0
    for heading in ("DATA", "PRIMARY", "OTHER MAPS AND BASELINES", "SCORES"):
        assert f"\n{heading}\n" in f"\n{text}"
    assert "left out: binance_BTC_open_interest_5m.csv, line 2: oi: expected a number, found 'x'" in told
    code, text, _ = run("binance_BTC_open_interest_5m.csv", "--json")
    found: dict[str, Any] = json.loads(text)
    assert (code, list(found)) == (0, SECTIONS)
    data = found["data"]["rows"][0]
    assert (data["series"], data["steps"], data["left_out"]) == ("binance BTC, closes of 5 min", 1728, "1 number")
    primary = found["primary"]["rows"][0]
    assert (primary["map"], primary["verdict"]) == ("24h map, observed", "unproven")
    assert data["predictions"] == primary["n"] > 5
    names = [row["map"] for row in found["baselines"]["rows"]]
    assert {"naive lines at 1/L", "candle colour picks the side", "random levels"} <= set(names)


def test_the_same_data_give_the_same_report(run: Run, tmp_path: Path) -> None:
    a_walk(tmp_path / "binance_BTC_open_interest_5m.csv", 3)
    first, second = (run("binance_BTC_open_interest_5m.csv", "--json")[1] for _ in range(2))
    assert first == second


def test_a_tape_is_played_through_the_same_maps(run: Run) -> None:
    """The shipped recording is too short for a prediction, but its coins and minutes are there."""
    code, text, _ = run("sample", "--json")
    rows = {row["series"]: row for row in json.loads(text)["data"]["rows"]}
    assert code == 0
    assert {"sample BTC", "sample ETH", "sample SOL"} <= set(rows)
    assert rows["sample BTC"]["steps"] == 25


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("absent.csv", None, "absent.csv: No such file or directory"),
        ("absent", None, "no such tape: absent"),
        ("notes.csv", "a,b\n1,2\n", "notes.csv: expected a name of a recorded series such as"),
    ],
)
def test_what_cannot_be_read_is_bad_usage_in_one_line(
    run: Run, tmp_path: Path, name: str, content: str | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    code, out, told = run(name)
    assert (code, out) == (2, "")
    assert complaint in told.splitlines()[0]
    assert len(told.splitlines()) == 1


def test_a_recording_without_a_price_is_no_data(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binance_BTC_open_interest_5m.csv").write_text("t,oi,oi_usd\n")
    code, out, told = run("binance_BTC_open_interest_5m.csv")
    assert (code, out) == (3, "")
    assert "no prices in there" in told


def test_recorded_days_run_end_to_end(run: Run, data_folder: Path, tmp_path: Path) -> None:
    """Ten days of Binance's open interest of bitcoin, and three weeks of an aggregate's hourly bars."""
    for name, rows in (("binance_BTC_open_interest_5m.csv", 2880), ("aggregate_BTC_1h.csv", 500)):
        with gzip.open(data_folder / "series" / f"{name}.gz", "rt") as lines:
            kept = [line for _, line in zip(range(rows), lines, strict=False)]
        (tmp_path / name).write_text("".join(kept))
    code, text, _ = run("binance_BTC_open_interest_5m.csv", "aggregate_BTC_1h.csv", "--json")
    found = json.loads(text)
    assert code == 0
    assert [row["left_out"] for row in found["data"]["rows"]] == ["nothing", "nothing"]
    primary = found["primary"]["rows"][0]
    assert primary["n"] > 20
    assert 0.5 < primary["lift"] < 2
    low, high = map(float, re.split(r"\.\.", primary["lift_days"]))
    assert low <= primary["lift"] <= high
    assert sum(row["n"] for row in found["calibration"]["rows"]) == primary["n"]


def test_the_walk_is_in_the_format_of_the_recorded_series(tmp_path: Path) -> None:
    a_walk(tmp_path / "walk.csv", 1)
    rows = list(csv.DictReader((tmp_path / "walk.csv").read_text().splitlines()))
    assert list(rows[0]) == ["t", "oi", "oi_usd"]
    assert float(rows[0]["oi_usd"]) / float(rows[0]["oi"]) == pytest.approx(exp(11), rel=0.01)
