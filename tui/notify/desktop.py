"""A notification by a command of the user's. It is run as its words are, never by a shell."""

import asyncio
import contextlib
import re
import subprocess
import tempfile
from collections.abc import Sequence

from tui.notify.terminal import plain

_PLACE = re.compile(r"\{(title|text)\}")
_MOST_COMPLAINT = 400
"""Bytes of what a command complains that are told."""


def words_of(template: Sequence[str], title: str, text: str) -> list[str]:
    """The command's words with {title} and {text} replaced, each by one line.

    No text makes an option of a word that was none.
    """
    values = {"title": plain(title), "text": plain(text)}
    words = [_PLACE.sub(lambda found: values[found[1]], word) for word in template]
    return [
        f" {word}" if word.startswith("-") and not pattern.startswith("-") else word
        for word, pattern in zip(words, template, strict=True)
    ]


async def run(words: Sequence[str], seconds: float) -> str:
    """Run a command to its end; returns what went wrong in one line, "" where nothing did. It is killed after that."""
    name = words[0]
    with tempfile.TemporaryFile() as complaints:
        try:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints
            )
        except (OSError, ValueError) as error:  # no such program, not executable; a NUL in a word
            return f"desktop alert: {plain(name)}: {getattr(error, 'strerror', None) or error}"
        try:
            async with asyncio.timeout(seconds):
                code = await process.wait()
        except TimeoutError:
            return f"desktop alert: {plain(name)} took longer than {seconds:g} s and was ended"
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if code == 0:
            return ""
        complaints.seek(0)
        said = plain(complaints.read(_MOST_COMPLAINT).decode("utf-8", "replace"))
        return f"desktop alert: {plain(name)} ended with {code}" + (f": {said}" if said else "")
