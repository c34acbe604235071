"""`python -m claimtrack`: the command line, where its script is not on the path."""

from claimtrack.cli.main import run

run()
