"""Files, names and words as people write them in; clean values, and Swedish as readers meet it, out."""
