"""What the record says of its sources: accounts that drifted, sources at odds with themselves."""
