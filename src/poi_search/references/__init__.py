"""What is known of a cited paper: names, identifiers, printed entries, links, and matching."""
