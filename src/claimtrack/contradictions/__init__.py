"""What cannot all be true: one rule a file, and the list of them in `rules`."""
