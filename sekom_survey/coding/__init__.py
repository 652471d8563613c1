"""Free text to themes: codebook, matcher, suggestions, review by a person, reliability and exchange."""
