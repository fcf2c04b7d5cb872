"""The numbers of the clusters."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
