"""The example's invented members, answers and activities, made again from seeds."""
