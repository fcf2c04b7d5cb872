"""What `liqtop analyze` prints and how it ends."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.tui.pasted import judged
from tui.exits import FINE, NO_DATA, BadUsage
from tui.headless.analyze import analyze
from tui.paste.text import analysis_text

LADDER = "90 400 — 230M — 15M\n90 000 — 410M — 22M\nfunding 0.0001\n"


def test_every_line_is_followed_by_how_it_was_read() -> None:
    text = analysis_text(*judged(LADDER))
    assert "1  90 400 — 230M — 15M\n     → level 90,400: long 230M, short 15M\n" in text
    assert "NOT READ\n3  funding 0.0001\n     ✘ 0.0001: a funding rate without a percent sign" in text
    assert "ASSUMED\ncolumns without a header are taken as price, long, short\n" in text
    assert "\nlong: INSUFFICIENT DATA, score ?, coverage 0 %" in text


def test_the_same_as_json(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "paste.txt").write_text(LADDER)
    assert analyze(str(tmp_path / "paste.txt"), True) == FINE
    document = json.loads(capfdbinary.readouterr().out)
    assert [line["outcome"] for line in document["lines"]] == ["read", "read", "not read"]
    assert document["understood"]["levels"][0]["price"] == 90_400
    assert document["findings"][0]["figures"]["long_usd"] == 640e6
    assert document["checklist"]["long"]["verdict"] == "INSUFFICIENT DATA"
    assert len(document["checklist"]["short"]["items"]) == 11


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_stdin_in_any_unicode(
    encoding: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Лонг 62% / Шорт 38%".encode(encoding))))
    assert analyze("-", False) == FINE
    assert "long/short: 62 % long" in capfdbinary.readouterr().out.decode()


def test_a_paste_of_nothing_is_no_data(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paste.txt").write_text("Hello, how are you?\n")
    assert analyze(str(tmp_path / "paste.txt"), False) == NO_DATA
    captured = capfd.readouterr()
    assert "no table was understood" in captured.err
    assert "no table was understood, so there is no verdict" in captured.out


def test_a_file_that_is_not_there_is_bad_usage() -> None:
    with pytest.raises(BadUsage, match="No such file"):
        analyze("/nowhere/paste.txt", False)


def test_bytes_that_are_no_text_are_replaced_and_that_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "paste.txt").write_bytes(b"\xff\xfe\xfafunding Binance 0.01 %"[2:])
    assert analyze(str(tmp_path / "paste.txt"), False) == FINE
    assert "replaced" in capfd.readouterr().err
