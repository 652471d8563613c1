"""A report's parts in; the Word document out."""
