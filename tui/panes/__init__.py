"""Textual widgets that paint rows, and nothing else."""
