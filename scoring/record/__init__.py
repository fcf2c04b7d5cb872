"""The hit record: what estimated clusters predicted, what then happened, and whether it was more than chance."""
