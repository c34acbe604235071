"""Plain frozen values and the rules of their meaning; standard library only."""
