"""Text → tokens: the one analysis that texts and questions share."""
