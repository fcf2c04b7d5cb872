"""Where panes go: plans of columns and stacks, the layouts that ship, and what becomes of a plan in a terminal."""
