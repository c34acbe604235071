"""claimtrack: who said what, on whose word, and what cannot all be true."""

__version__ = "0.1.0"
