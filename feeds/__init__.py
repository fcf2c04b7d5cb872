"""What exchanges send: wire formats, connections, tapes, and the normalised events they become."""
