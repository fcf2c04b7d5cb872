"""Names and certificates of hosts, and the ways that lead to them."""

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from feeds.settings import NetworkSettings
from tui.doctor.hosts import Host, Met, host_checks, hosts_of, meet, way_out
from tui.doctor.network import network_checks, way_out_checks

pytestmark = pytest.mark.anyio
URLS = ("https://api.bybit.com/v5/x", "wss://stream.bybit.com/v5/public/linear", "https://api.bybit.com/v5/y")


def test_each_host_is_met_once_where_the_settings_send_it() -> None:
    network = NetworkSettings(hosts={"api.bybit.com": "api.bytick.com:8443"})
    assert hosts_of(URLS, network) == [Host("api.bytick.com", 8443, True), Host("stream.bybit.com", 443, True)]
    assert way_out(network) == []


@pytest.mark.parametrize(
    ("network", "host"),
    [
        (NetworkSettings(gateway="http://127.0.0.1:9000"), Host("127.0.0.1", 9000, False)),
        (NetworkSettings(gateway="https://gate.example"), Host("gate.example", 443, True)),
        (NetworkSettings(proxy="socks5://127.0.0.1"), Host("127.0.0.1", 1080, False)),
    ],
)
def test_behind_a_gateway_or_a_proxy_only_that_is_met(network: NetworkSettings, host: Host) -> None:
    assert (hosts_of(URLS, network), way_out(network)) == ([], [host])


async def test_a_name_that_cannot_be_is_a_failure() -> None:
    (met,) = await meet([Host("a..b", 443, True)], 5.0)
    (check,) = host_checks("okx", [met])
    assert check.status == "failed"
    assert check.found.startswith("a..b: can't be resolved: ")


@contextlib.asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[int]:
    """A TLS server on loopback whose certificate nobody vouches for."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/O=Nobody/CN=localhost", "-days", "2"]
    files = ["-keyout", str(key), "-out", str(certificate), "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([program, *words, *files], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_certificate_that_nobody_vouches_for_is_a_failure(tmp_path: Path) -> None:
    async with listening(tmp_path) as port:
        met = await meet([Host("127.0.0.1", port, True)], 5.0)
    names, tls = host_checks("okx", met)
    assert (names.status, tls.status) == ("ok", "failed")
    assert "self-signed certificate" in tls.found
    assert "certificate" in tls.advice


async def test_a_trusted_certificate_is_told_with_its_issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with listening(tmp_path) as port:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        met = await meet([Host("127.0.0.1", port, True)], 5.0)
    assert host_checks("okx", met)[-1].found == "TLSv1.3, verified, issued by Nobody"


async def test_a_host_that_takes_the_connection_and_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        (met,) = await meet([Host("127.0.0.1", server.getsockname()[1], True)], 0.3)
    assert met.refusal.startswith("no TLS handshake within")


def test_several_hosts_are_one_line() -> None:
    met = [Met(Host(name, 443, True), 0.1, protocol="TLSv1.3", issuer="A") for name in ("x", "y")]
    assert [check.found for check in host_checks("okx", met)] == ["x, y: found", "TLSv1.3, verified, issued by A"]


async def test_the_way_out_is_met_too() -> None:
    assert await way_out_checks(NetworkSettings(), 1.0) == []
    (check,) = await way_out_checks(NetworkSettings(gateway="http://127.0.0.1:1"), 1.0)
    assert (check.group, check.found) == ("network", "127.0.0.1: found")


def test_the_way_out_is_told_without_its_password() -> None:
    network = NetworkSettings(proxy="http://me:secret@proxy:8080", hosts={"www.okx.com": "eea.okx.com"})
    (check,) = network_checks(network, {})
    assert check.found == "through proxy http://proxy:8080, eea.okx.com in place of www.okx.com"


def test_a_proxy_of_the_environment_that_is_not_used_is_a_warning() -> None:
    environment = {"HTTPS_PROXY": "http://proxy:8080"}
    assert [check.status for check in network_checks(NetworkSettings(), environment)] == ["ok", "warning"]
    assert [check.status for check in network_checks(NetworkSettings(proxy="http://p:1"), environment)] == ["ok"]
