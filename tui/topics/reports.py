"""The numbers of the reports."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
