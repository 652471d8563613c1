"""A year's folder in; the steps in order, notebooks run, a whole report folder out."""
