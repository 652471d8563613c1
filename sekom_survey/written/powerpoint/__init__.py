"""A report's exhibits in; the slides out."""
