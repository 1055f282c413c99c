"""What a question asks: its grammar and tree, its spelling and its meaning."""
