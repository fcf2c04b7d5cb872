"""What the doctor says of exchanges, against local ones: each fault has its line."""

import asyncio
import time
from collections.abc import Sequence

import pytest

from feeds.settings import FeedsSettings, NetworkSettings
from tests.exchanges import Exchanges, faults, frames
from tests.feeds.watching import now_ms
from tui.doctor.check import Check
from tui.doctor.venues import look_at_venues

pytestmark = pytest.mark.anyio
HOUR = 3_600_000


async def look(gateway: str, *venues: str, seconds: float = 3.0) -> tuple[list[Check], dict[str, Sequence[int]]]:
    checks: list[Check] = []
    settings = FeedsSettings(network=NetworkSettings(gateway=gateway, venues=venues))
    return checks, dict(await look_at_venues(settings, seconds, checks.extend))


async def prices(venue: Exchanges, *, ahead_ms: int = 0) -> None:
    """A mark price of Binance and a spot trade, which prove its two routes."""
    at = now_ms() + ahead_ms
    await venue.queue("binance", "perp", *frames.binance_mark_price("BTCUSDT", "7", "7", "0.0001", at + HOUR, at))
    await venue.queue("binance", "spot", *frames.binance_trade("BTCUSDT", "7", "1", at, buyer_is_maker=False))


def of(checks: Sequence[Check], group: str, name: str) -> Check:
    return next(check for check in checks if (check.group, check.name) == (group, name))


async def test_a_well_exchange_is_followed_down_to_its_first_real_events() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        checks, _ = await look(venue.url, "binance")
        assert venue.strays == []
    assert {check.status for check in checks} == {"ok"}
    perp = of(checks, "binance", "perp")
    assert perp.found.startswith("fstream.binance.com/market/stream: acknowledged after ")
    for word in ("mark_price after", "funding after", "no liquidation yet, silence is normal"):
        assert word in perp.found
    assert of(checks, "binance", "perp list").found.startswith("fapi.binance.com/fapi/v1/exchangeInfo: answered")
    assert of(checks, "binance", "rest polls").found == "7 of 7 answered: candle, depth, long_short, open_interest"


async def test_a_stream_of_liquidations_alone_may_be_silent() -> None:
    async with Exchanges() as venue:
        checks, _ = await look(venue.url, "bitget")
    perp = of(checks, "bitget", "perp")
    assert (perp.status, perp.found.split(", ")[-2:]) == ("ok", ["no event yet", "silence is normal here"])


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.RESTRICTED, "not offered from this location (451)"),
        (faults.BLOCK_PAGE, "not offered from this location (403)"),
        (faults.Answer(403, "<html>Forbidden</html>", content_type="text/html"), "blocked (403): firewall or location"),
        (faults.RATE_LIMITED, "rate limited (429)"),
        (faults.BANNED, "banned for too many requests (418)"),
        (faults.MAINTENANCE_PAGE, "api.bitget.com answered 503"),
        (faults.Hang(), "no answer within 2 s"),
        (faults.Truncated(promised=True), "no answer from api.bitget.com: "),
        (faults.EMPTY, "expected"),
    ],
)
async def test_a_list_that_does_not_come_is_told_with_its_reason(fault: faults.RestFault, words: str) -> None:
    async with Exchanges() as venue:
        venue.break_rest("api.bitget.com", fault)
        checks, _ = await look(venue.url, "bitget")
    listing = of(checks, "bitget", "perp list")
    assert (listing.status, listing.expected) == ("failed", "an instrument list")
    assert words in listing.found
    assert listing.advice
    assert of(checks, "bitget", "perp").status == "not tried"


async def test_the_advice_for_a_block_is_another_way_out_and_for_a_limit_to_wait() -> None:
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com", faults.BLOCK_PAGE)
        venue.break_rest("api.binance.com", faults.RATE_LIMITED)
        checks, _ = await look(venue.url, "binance")
    assert "[network] proxy" in of(checks, "binance", "perp list").advice
    assert "wait" in of(checks, "binance", "spot list").advice


async def test_an_optional_list_that_does_not_come_is_a_warning_and_the_routes_are_tried() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        venue.break_rest("dapi.binance.com", faults.RESTRICTED)
        checks, _ = await look(venue.url, "binance")
    (warning,) = [check for check in checks if check.status == "warning"]
    assert "dapi.binance.com" in warning.found
    assert of(checks, "binance", "perp").status == "ok"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.RESTRICTED, "not offered from this location (451)"),
        (faults.RATE_LIMITED, "rate limited (429)"),
        (faults.AckAndSilent(), "acknowledged, but no market event for "),
        (faults.HalfOpen(), "subscribed, but no answer for "),
        (faults.AcceptAndClose(), "closed by the venue with 1000"),
        (faults.Hang(), "no handshake within "),
    ],
)
async def test_a_broken_route_is_told_with_its_reason_and_the_other_one_is_fine(
    fault: faults.SocketFault, words: str
) -> None:
    async with Exchanges() as venue:
        await prices(venue)
        venue.break_sockets("binance", "perp", fault)
        checks, _ = await look(venue.url, "binance")
    perp = of(checks, "binance", "perp")
    assert (perp.status, perp.expected) == ("failed", "a real market event")
    assert perp.found.startswith("fstream.binance.com/market/stream: ")
    assert words in perp.found
    assert of(checks, "binance", "spot").status == "ok"


async def test_a_route_that_was_live_and_went_down_is_a_warning() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        looking = asyncio.create_task(look(venue.url, "binance", seconds=20.0))
        await venue.wait_for(lambda: venue.calls("fapi.binance.com/fapi/v1/depth"))
        await venue.drop("binance", "perp", code=1001)
        checks, _ = await looking
    perp = of(checks, "binance", "perp")
    assert perp.status == "warning"
    assert "real data came, then it was closed by the venue with 1001" in perp.found


async def test_polls_that_are_refused_are_named_beside_those_that_answer() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        venue.break_rest("fapi.binance.com/futures/data/", faults.Answer(404, "{}"))
        checks, _ = await look(venue.url, "binance")
    whole, broken = (check for check in checks if check.name == "rest polls")
    assert (whole.status, whole.found) == ("ok", "4 of 7 answered: candle, depth, open_interest")
    assert broken.status == "warning"
    assert "long/short of accounts" in broken.found


async def test_a_rate_limit_ends_the_asking() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        venue.break_rest("fapi.binance.com/fapi/v1/openInterest", faults.RATE_LIMITED)
        checks, _ = await look(venue.url, "binance")
        asked = len(venue.calls("fapi.binance.com/fapi/v1/openInterest"))
        later = venue.calls("fapi.binance.com/fapi/v1/depth")
    whole = of(checks, "binance", "rest polls")
    assert (whole.status, asked, later) == ("failed", 1, [])


async def test_frames_that_are_not_as_documented_are_a_warning() -> None:
    async with Exchanges() as venue:
        await prices(venue)
        looking = asyncio.create_task(look(venue.url, "binance"))
        await venue.subscribed("binance", "perp", "!forceOrder@arr")
        await venue.push("binance", "perp", "!forceOrder@arr", "not json", verbatim=True)
        checks, _ = await looking
    assert of(checks, "binance", "perp frames").found.startswith("malformed: ")


async def test_a_gateway_that_is_not_there_fails_every_list_at_once() -> None:
    async with Exchanges() as venue:
        gone = venue.url
    begun = time.monotonic()
    checks, _ = await look(gone, "binance", "okx", seconds=20.0)
    assert time.monotonic() - begun < 10.0
    lists = [check for check in checks if check.name.endswith("list") and check.status == "failed"]
    assert len(lists) == 4
    assert all("no answer from" in check.found for check in lists)


async def test_an_exchange_that_hangs_holds_up_no_other_and_the_time_is_bounded() -> None:
    async with Exchanges() as venue:
        venue.break_rest("www.okx.com", faults.Hang())
        done: list[tuple[str, float]] = []
        settings = FeedsSettings(network=NetworkSettings(gateway=venue.url, venues=("okx", "bitget")))
        begun = time.monotonic()
        await look_at_venues(settings, 8.0, lambda checks: done.append((checks[0].group, time.monotonic() - begun)))
    assert [name for name, _ in done] == ["bitget", "okx"]
    assert done[1][1] < 8.0


@pytest.mark.parametrize("ahead_ms", [0, 60_000, -900_000])
async def test_how_far_the_clocks_differ_is_measured_however_much_it_is(ahead_ms: int) -> None:
    """Also where live data would leave the events out for being too late or too early."""
    async with Exchanges() as venue:
        await prices(venue, ahead_ms=ahead_ms)
        _, lags = await look(venue.url, "binance")
    assert min(lags["binance"]) == pytest.approx(-ahead_ms, abs=3_000)
