"""The watch on the data itself: what arrives in time and well formed, and yet can't be true."""
