"""The nouns of the front desk and their state machines. Plain data and pure decisions, no I/O."""
