"""Cutting a stream into JSON documents."""

import io

import pytest

from tui.headless.documents import documents


def cut(text: str) -> list[tuple[int, str]]:
    found = documents(io.BytesIO(text.encode()), 1000)
    return [(one.line, "".join(one.text.decode().split())) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":1}\n\n[2]\npong', [(1, '{"a":1}'), (3, "[2]"), (4, "pong")]),
        ('{\n  "a": [\n    1,\n    {"b": 2}\n  ]\n}\n{"c":3}', [(1, '{"a":[1,{"b":2}]}'), (7, '{"c":3}')]),
        ('{"a":1,\n{"b":2}\n', [(1, '{"a":1,'), (2, '{"b":2}')]),
        ('{"a":\nx\n{"b":2}', [(1, '{"a":'), (2, "x"), (3, '{"b":2}')]),
        ('{\n  "a": 1\n', [(1, '{"a":1')]),
        ("", []),
    ],
)
def test_documents_stand_on_a_line_or_spread_over_several(text: str, expected: list[tuple[int, str]]) -> None:
    """A text that is cut off costs no other one."""
    assert cut(text) == expected


def test_a_text_that_is_too_long_is_not_kept() -> None:
    (one,) = documents([b'{"a":"' + b"x" * 99 + b'"}'], 50)
    assert (one.text, one.too_long) == (b"", "107 bytes, expected at most 50")


@pytest.mark.parametrize("text", [b"\xff\xfe", b"[" * 100_000 + b"]" * 100_000, b"{" * 3])
def test_what_is_no_json_comes_through_as_it_is(text: bytes) -> None:
    """The venue's decoder judges it: some heartbeats are plain words."""
    assert [one.text for one in documents([text], 1_000_000)] == [text]
