"""Ranges for questions by named rules, and what sources' answers tell of the sources."""
