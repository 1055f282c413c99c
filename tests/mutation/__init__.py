"""Mutation testing: single wrong lines put into a copy of the source, to see which test fails."""
