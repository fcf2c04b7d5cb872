"""Files that a key writes: named by coin and time, whole or not there at all, and never in place of another."""

import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tui.controls import Controls
from tui.language import ENGLISH, label

_UNSAFE = re.compile(r"[^\w.-]+|^\.+")
_LONGEST_COIN = 32
_SAME_SECOND = 1000
"""So many files of one coin and second are told apart."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `problem`: why nothing was; then there are no `paths`."""

    paths: tuple[Path, ...]
    problem: str = ""

    def sentence(self, controls: Controls = ENGLISH) -> str:
        """What to tell the reader, in one line; the endings of one name are put together."""
        if self.problem:
            return label("not written: {problem}", controls, problem=self.problem)
        first = self.paths[0]
        endings = [path.suffix for path in self.paths]
        files = f"{short(first.with_suffix(''))}{endings[0] if len(endings) == 1 else ' ' + ' '.join(endings)}"
        return label("written: {files}", controls, files=files)


def short(path: Path) -> str:
    """The path as short as a shell takes it: a status bar has little room."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def stem(coin: str, at_ms: int) -> str:
    """The name of files about a coin at a time, without ending: liqtop-BTC-20260105T120344Z."""
    named = _UNSAFE.sub("_", coin)[:_LONGEST_COIN] or "_"
    return f"liqtop-{named}-{datetime.fromtimestamp(at_ms // 1000, UTC):%Y%m%dT%H%M%SZ}"


def write(folder: Path, name: str, contents: Mapping[str, bytes]) -> Exported:
    """Write one file an ending (`.svg`), all under one name that none of them has yet, for the user's eyes alone.

    Each is written beside its place and then put there. Where one can't be, none stays. Raises nothing of `OSError`.
    """
    reserved: list[Path] = []
    temporary: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in contents.items():
            temporary.append(_beside(folder, ending, content))
        reserved = _reserved(folder, name, tuple(contents))
        for source, target in zip(temporary, reserved, strict=True):
            os.replace(source, target)
    except OSError as error:
        for path in (*temporary, *reserved):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        return Exported((), f"{short(folder)}: {error.strerror or error}")
    return Exported(tuple(reserved))


def _beside(folder: Path, ending: str, content: bytes) -> Path:
    """The content in a file of no name that matters; gone again where the disk is full."""
    descriptor, path = tempfile.mkstemp(prefix=".liqtop-", suffix=ending, dir=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(path).unlink()
        raise
    return Path(path)


def _reserved(folder: Path, name: str, endings: tuple[str, ...]) -> list[Path]:
    """New empty files of one name, with -2, -3 and so on behind it where it is taken."""
    for number in range(1, _SAME_SECOND + 1):
        base = name if number == 1 else f"{name}-{number}"
        made: list[Path] = []
        for ending in endings:
            path = folder / (base + ending)
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                break
            except OSError:
                _remove(made)
                raise
            made.append(path)
        else:
            return made
        _remove(made)
    raise FileExistsError(f"{name} is taken {_SAME_SECOND} times")


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
