"""The numbers of the chart."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
