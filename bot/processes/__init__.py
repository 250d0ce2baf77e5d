"""The composition roots: the only place that plugs integrations in. Settings, start and stop, the command line."""
