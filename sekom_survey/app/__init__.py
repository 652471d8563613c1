"""A year's folder in, pages in a browser out: what the commands do, pressed instead of typed; opened by `sekom open`."""
