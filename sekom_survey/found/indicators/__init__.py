"""A year's indicators: every value, the year they are compared on, and what they say with their coverage."""
