"""What a turn costs, beside the floor, in one run on one machine. Never a test: numbers depend on the machine."""
