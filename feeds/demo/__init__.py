"""The demo market: a seeded simulation that speaks the venues' own wire formats."""

from feeds.demo.session import START_MS, records
from feeds.demo.source import DemoSource

__all__ = ["START_MS", "DemoSource", "records"]
