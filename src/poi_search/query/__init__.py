"""What was asked: the question's tree and grammar, its spelling, and what it means."""
