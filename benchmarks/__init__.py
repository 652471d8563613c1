"""What the toolkit takes, beside what would be used instead; `python -m benchmarks` writes docs/performance.md."""
