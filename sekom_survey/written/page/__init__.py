"""A report's parts in; web pages out."""
