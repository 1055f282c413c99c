"""Text → tokens: the analysis shared by indexed texts and questions."""
