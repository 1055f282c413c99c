"""How a question becomes results."""
