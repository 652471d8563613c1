"""The example's documents as their readers open them, read back and held against the tables they are made from."""
