"""The webhook: which addresses, what is sent, what is told when it fails."""

import json
import socket

import pytest

from tests.tui.hook_server import hook
from tui.notify import webhook
from tui.notify.webhook import address_problem, hidden


@pytest.mark.parametrize(
    ("address", "plain_http", "problem"),
    [
        ("https://hooks.example.org/a?b", False, None),
        ("http://127.0.0.1:8080/", False, None),
        ("http://[::1]/x", False, None),
        ("http://localhost/x", False, None),
        ("http://example.org/s3cret", True, None),
        ("http://example.org/s3cret", False, "expected https for example.org, found http"),
        ("http://127.0.0.1.example.org/s3cret", False, "expected https for 127.0.0.1.example.org"),
        ("ftp://example.org/s3cret", False, "expected an address such as"),
        ("https://", False, "expected an address such as"),
        ("https://example.org:port/s3cret", False, "expected an address such as"),
        ("s3cret", False, "expected an address such as"),
    ],
)
def test_an_address_is_https_or_this_computer(address: str, plain_http: bool, problem: str | None) -> None:
    told = address_problem(address, plain_http)
    assert (told or "").startswith(problem or "")
    assert (told is None) == (problem is None)
    assert "s3cret" not in (told or "")


def test_a_shown_address_has_no_secret() -> None:
    assert hidden("https://user:pw@example.org:8443/T0/B0?token=s3cret#x") == "https://example.org:8443/…"


@pytest.mark.anyio
async def test_a_webhook_gets_json() -> None:
    async with hook(204) as one:
        assert await webhook.post(one.address, {"text": "BTC ≥6M"}, 5) == ""
    assert one.heads[0].startswith("POST /s3cret HTTP/1.1\r\n")
    assert "content-type: application/json" in one.heads[0].lower()
    assert json.loads(one.bodies[0]) == {"text": "BTC ≥6M"}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("codes", "tries", "problem"),
    [
        ([503, 200], 2, ""),
        ([503, 429], 2, "answered 429"),
        ([404, 200], 1, "answered 404"),
        ([302, 200], 1, "answered 302"),
    ],
)
async def test_a_webhook_is_tried_again_once_where_that_may_help(codes: list[int], tries: int, problem: str) -> None:
    async with hook(*codes) as one:
        told = await webhook.post(one.address, {}, 5, retry_seconds=0)
    assert len(one.heads) == tries
    assert told.endswith(problem)
    assert "s3cret" not in told


@pytest.mark.anyio
async def test_a_webhook_that_is_not_there_is_one_line_without_its_secret() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/s3cret"
        told = await webhook.post(address, {}, 5, retry_seconds=0)
    assert told.startswith("webhook alert: http://127.0.0.1:")
    assert told.endswith("gave no answer: ConnectError")
    assert "s3cret" not in told
