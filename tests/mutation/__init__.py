"""Mutation testing: single wrong lines put into a copy of the source, to see which test fails."""

IMPORT = "import"
"""What runs a line when no test does."""

TIME_OUT = " (time-out)"
"""What follows the name of a test that was stopped."""
