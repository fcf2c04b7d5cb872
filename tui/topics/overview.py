"""The numbers of the overview."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
