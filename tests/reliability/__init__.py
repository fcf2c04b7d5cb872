"""The program as a process against exchanges that misbehave: what it says, and that its sums are the truth."""
