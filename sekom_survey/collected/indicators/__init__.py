"""The files in a year's indicators/ in; tidy values of members out, each with its file and row."""
