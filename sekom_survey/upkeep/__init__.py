"""What the other commands do: check, inspect, review, diff, erase, open a new year."""
