"""A look through a tape ahead of its play, in a process of its own: where cascades were, how much was liquidated."""
