"""How a corpus becomes a generation of the index."""
