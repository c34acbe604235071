"""On whose word: chains followed to their ends, origins counted, errors of the record."""
