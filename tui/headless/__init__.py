"""The headless twins of the screen: data on stdout, narration on stderr, no Textual."""
