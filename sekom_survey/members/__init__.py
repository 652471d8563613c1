"""A year and what is published of it in; out what members get back: a page each, good examples, and whom to talk to."""
