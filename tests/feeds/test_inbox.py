"""The inbox keeps liquidations whatever comes, merges trades that outrun the screen, and counts what it did."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.events import MERGED, Trade
from feeds.inbox import Inbox
from tests.tui.scripted import liquidation, mark, trade


def test_what_was_put_is_drained_once_and_in_order() -> None:
    inbox = Inbox(10)
    first, second = trade(1), mark(100.0)
    inbox.put([first])
    inbox.put([second])
    assert len(inbox) == 2
    assert inbox.drain() == [first, second]
    assert inbox.drain() == []


def test_from_half_of_the_limit_on_trades_are_merged_and_nothing_else() -> None:
    inbox = Inbox(4)
    inbox.put([trade(1), mark(100.0)])
    one = replace(trade(2), price=100.0, quantity=1.0, notional_usd=100.0)
    two = replace(trade(3), price=103.0, quantity=2.0, notional_usd=206.0)
    inbox.put([one, liquidation("long", 5.0, 100.0), two])
    drained = inbox.drain()
    assert drained[:3] == [trade(1), mark(100.0), liquidation("long", 5.0, 100.0)]
    (merged,) = [event for event in drained[3:] if isinstance(event, Trade)]
    assert (merged.price, merged.quantity, merged.notional_usd, merged.identity) == (102.0, 3.0, 306.0, MERGED)
    assert (inbox.merged, inbox.dropped) == (1, 0)


def test_a_lonely_trade_stays_as_it_came() -> None:
    inbox = Inbox(2)
    inbox.put([mark(100.0)])
    inbox.put([trade(7)])
    assert inbox.drain() == [mark(100.0), trade(7)]
    assert inbox.merged == 0


def test_the_other_taker_and_another_second_are_other_sums() -> None:
    inbox = Inbox(4)
    inbox.put([mark(100.0), mark(101.0)])
    base = replace(trade(1), taker="buy")
    inbox.put([base, replace(base, taker="sell"), replace(base, at_ms=base.at_ms + 1000)])
    assert (len(inbox.drain()), inbox.merged, inbox.dropped) == (5, 0, 0)


def test_only_where_even_merged_trades_find_no_room_they_are_dropped() -> None:
    inbox = Inbox(2)
    inbox.put([mark(100.0)])
    inbox.put([replace(trade(1), at_ms=1000 * second) for second in range(5)])
    assert inbox.dropped == 3
    assert len(inbox.drain()) == 3


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(1, 1000)), max_size=60), st.integers(2, 20))
def test_no_money_is_lost_by_merging(rows: list[tuple[int, bool, int]], limit: int) -> None:
    inbox = Inbox(limit)
    for second, buys, usd in rows:
        inbox.put(
            [replace(trade(1), at_ms=1000 * second, taker="buy" if buys else "sell", quantity=1.0, notional_usd=usd)]
        )
    drained = [event for event in inbox.drain() if isinstance(event, Trade)]
    for taker in ("buy", "sell"):
        told = sum(usd for _, buys, usd in rows if buys == (taker == "buy"))
        if not inbox.dropped:
            assert sum(event.notional_usd for event in drained if event.taker == taker) == told
    assert len(drained) + inbox.merged + inbox.dropped == len(rows)


def test_a_producer_that_can_wait_is_asked_to_from_half_of_the_limit_on() -> None:
    """So that a replay never fills it."""
    inbox = Inbox(5)
    assert [inbox.put([trade(number)]) for number in range(3)] == [True, False, False]
    assert inbox.put([]) is False
    inbox.drain()
    assert inbox.put([]) is True
