"""Texts and a codebook in; themes that a person approves, and how reliable they are, out."""
