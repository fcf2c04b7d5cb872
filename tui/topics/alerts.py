"""The numbers of the alerts."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
