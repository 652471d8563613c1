"""Findings in; exhibits (words and numbers) and figures (marks) out."""
