"""`liqtop doctor` as a shell sees it."""

import asyncio
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.exchanges import Exchanges, faults
from tui.doctor.check import Check, counts, failed
from tui.doctor.libraries import LEAST_PYTHON, NEEDED, library_checks

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parent.parent.parent


async def doctor(folder: Path, *words: str) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    environment |= {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    for name in ("LIQTOP_CONFIG", "TMUX", "STY", "NO_COLOR", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        environment.pop(name, None)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.cli", "doctor", *words, cwd=folder, env=environment,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def statuses(out: str) -> list[str]:
    return [line.split("  ")[0] for line in out.splitlines()[:-1]]


async def test_where_nothing_fails_it_ends_with_0_and_a_count(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        code, out, err = await doctor(tmp_path, "--gateway", venue.url, "--venues", "bitget", "--seconds", "4")
    assert code == 0, out
    lines = out.splitlines()
    assert (
        lines[-1]
        == f"0 failed, 0 warning, {statuses(out).count('ok')} ok, {statuses(out).count('not tried')} not tried"
    )
    assert any(line.startswith("ok         bitget: perp: ws.bitget.com/v3/ws/public: acknowledged") for line in lines)
    assert err == "liqtop: asking 1 exchange for up to 4 s\n"


async def test_what_fails_is_one_line_and_ends_with_1(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        venue.break_rest("api.bitget.com", faults.RESTRICTED)
        code, out, _ = await doctor(tmp_path, "--gateway", venue.url, "--venues", "bitget", "--seconds", "4")
    (line,) = [line for line in out.splitlines() if line.startswith("failed  ")]
    assert code == 1
    assert line.startswith("failed     bitget: perp list: api.bitget.com/")
    for part in ("location (451)", "; expected an instrument list", "; to do: "):
        assert part in line


async def test_json_is_one_object_with_every_check(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        venue.break_sockets("bitget", "perp", faults.RESTRICTED)
        words = ("--json", "--gateway", venue.url, "--venues", "bitget", "--seconds", "4")
        code, out, _ = await doctor(tmp_path, *words)
    report = json.loads(out)
    assert (code, report["failed"], report["counts"]["failed"]) == (1, True, 1)
    (check,) = [check for check in report["checks"] if check["status"] == "failed"]
    assert set(check) == {"group", "name", "status", "found", "expected", "advice", "seconds"}
    assert (check["group"], check["name"], check["expected"]) == ("bitget", "perp", "a real market event")
    groups = list(dict.fromkeys(check["group"] for check in report["checks"]))
    assert groups == ["config", "python", "paths", "store", "terminal", "network", "bitget", "clock"]


async def test_a_wrong_config_is_told_and_ends_with_2_and_no_exchange_is_asked(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[network]\ngatway = "x"\n')
    code, out, err = await doctor(tmp_path)
    assert (code, err) == (2, "")
    assert out.startswith("failed     config: file: config.toml:2: [network] gatway: unknown key; did you mean")
    assert "not tried  network: exchanges: the config is wrong" in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [(["--venues", "binence"], "unknown venue 'binence'"), (["--seconds", "0"], "--seconds")],
)
async def test_options_that_cannot_be_obeyed_end_with_2(tmp_path: Path, words: Sequence[str], complaint: str) -> None:
    code, out, err = await doctor(tmp_path, *words)
    assert (code, out) == (2, "")
    assert complaint in err


def test_it_loads_no_textual() -> None:
    """The screen's library is what may be broken."""
    text = (
        "import sys; import tui.headless.doctor, tui.doctor.venues;"
        "from tui.doctor.terminal import terminal_checks; from tui.doctor.surroundings import Surroundings;"
        "terminal_checks(Surroundings({'TERM': 'xterm'}), None); sys.exit('textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", text], cwd=ROOT, check=False).returncode == 0


def test_a_venues_words_cannot_write_to_the_terminal(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from tui.headless.doctor import _Report

    _Report(quiet=False).tell([Check("okx", "perp", "failed", "closed with \x1b[2J\u202e")])
    assert capfdbinary.readouterr().out == b"failed     okx: perp: closed with \\x1b[2J\\u202e\n"


def test_a_warning_is_no_failure() -> None:
    checks = [Check("a", "b", "warning", "c"), Check("a", "b", "not tried", "c")]
    assert not failed(checks)
    assert counts(checks) == {"failed": 0, "warning": 1, "ok": 0, "not tried": 1}


def test_the_libraries_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {line.split(">")[0].strip() for line in project["dependencies"]} == set(NEEDED)
    assert project["requires-python"] == f">={LEAST_PYTHON[0]}.{LEAST_PYTHON[1]}"
    assert {check.status for check in library_checks()} == {"ok"}
