"""The files people open: one module a format. Nothing is imported here, so a command loads only what it writes."""
