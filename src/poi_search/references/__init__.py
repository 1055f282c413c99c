"""What is known about a cited work: names, identifiers, printed entries, links and matching."""
