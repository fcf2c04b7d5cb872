"""What every number of the screen is about, by name."""

from collections.abc import Mapping

from tui.topics import (
    alerts,
    cascade,
    chart,
    checklist,
    clusters,
    feeds,
    header,
    journal,
    ladder,
    overview,
    reports,
    seek,
    status,
    tape,
)
from tui.topics.topic import Topic

AREAS = (
    header,
    ladder,
    clusters,
    cascade,
    checklist,
    tape,
    reports,
    feeds,
    overview,
    alerts,
    journal,
    chart,
    seek,
    status,
)

TOPICS: Mapping[str, Topic] = {topic.name: topic for area in AREAS for topic in area.TOPICS}
"""Every topic that a view marks numbers with."""
