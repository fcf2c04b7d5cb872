"""The numbers of the tape."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
