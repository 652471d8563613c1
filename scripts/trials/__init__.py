"""Forms that nobody has seen, made into a folder, to try the first year on: `python -m scripts.trials FOLDER`."""
