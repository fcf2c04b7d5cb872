"""The inbox keeps liquidations whatever comes, and counts the trades that it drops."""

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


def test_a_full_inbox_drops_and_counts_trades_and_nothing_else() -> None:
    """Full is what holds `limit` events; a batch that begins below it is taken whole."""
    inbox = Inbox(2)
    inbox.put([trade(1)])
    inbox.put([trade(2)])
    assert inbox.dropped == 0
    inbox.put([trade(3), liquidation("long", 5.0, 100.0), mark(100.0), trade(4)])
    assert inbox.dropped == 2
    assert inbox.drain() == [trade(1), trade(2), liquidation("long", 5.0, 100.0), mark(100.0)]
    inbox.put([trade(5)])
    assert (len(inbox), inbox.dropped) == (1, 2)


def test_a_producer_that_can_wait_is_asked_to_from_half_of_the_limit_on() -> None:
    """So that a replay never fills it."""
    inbox = Inbox(5)
    assert [inbox.put([trade(number)]) for number in range(3)] == [True, False, False]
    assert inbox.put([]) is False
    inbox.drain()
    assert inbox.put([]) is True
