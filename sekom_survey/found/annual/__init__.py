"""The figures of an annual report: annual.toml says which, the register, the log and the files say how many."""
