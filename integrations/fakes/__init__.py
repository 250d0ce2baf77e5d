"""Outside systems in memory or on loopback, for tests and the demo. They keep the same promises as the real ones."""
