"""The pictures of the documents, made from the running program: `python -m tests.pictures`."""
