"""What the screen says, as text files: every state, layout and size. Made anew by `python -m tests.text_screens`."""
