"""Addresses are rerouted as documented."""

import pytest

from feeds.gateway import route, through
from feeds.settings import NetworkSettings

STREAM = "wss://fstream.binance.com/market/stream?streams=a/b"
REST = "https://www.okx.com/api/v5/public/instruments?instType=SWAP"


def test_without_a_gateway_an_address_stays() -> None:
    assert route(STREAM, NetworkSettings()) == STREAM


@pytest.mark.parametrize("gateway", ["http://127.0.0.1:9000", "http://127.0.0.1:9000/"])
def test_a_gateway_stands_in_front_of_every_host(gateway: str) -> None:
    network = NetworkSettings(gateway=gateway)
    assert route(STREAM, network) == "ws://127.0.0.1:9000/fstream.binance.com/market/stream?streams=a/b"
    assert route(REST, network) == "http://127.0.0.1:9000/www.okx.com/api/v5/public/instruments?instType=SWAP"


def test_a_secure_gateway_stays_secure() -> None:
    network = NetworkSettings(gateway="https://mirror.example/x")
    assert route(STREAM, network) == "wss://mirror.example/x/fstream.binance.com/market/stream?streams=a/b"
    assert route(REST, network).startswith("https://mirror.example/x/www.okx.com/")


def test_a_host_can_be_replaced() -> None:
    network = NetworkSettings(hosts={"www.okx.com": "eea.okx.com"}, gateway="http://127.0.0.1:9000")
    assert route(REST, network).startswith("http://127.0.0.1:9000/eea.okx.com/api/")


def test_what_fails_behind_a_gateway_names_it() -> None:
    assert through(NetworkSettings(gateway="http://127.0.0.1:9")) == " (through the gateway 127.0.0.1:9)"
    assert through(NetworkSettings()) == ""
