"""A report in; the files that people open out: page, word, powerpoint, excel."""
