"""Statistics for a small, finite membership: numbers in, numbers out.

Every public function names its source. Import the module that holds the method; this package itself
imports nothing, so that a command line that never computes pays nothing for it.
"""
