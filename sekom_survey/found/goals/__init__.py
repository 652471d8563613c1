"""The plan's goals, measured: goals.toml, the activity log and the board's decisions, judged by open rules."""
