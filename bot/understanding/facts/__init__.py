"""Answers computed from what the practice published as facts: hours, places, plans, people. Facts come before prose."""
