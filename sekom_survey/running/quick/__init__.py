"""What makes a run quick: without any of it the same bytes, only later. docs/performance.md tells what each piece saves."""
