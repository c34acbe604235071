"""The files people import: bytes in, checked entries and every error out."""
