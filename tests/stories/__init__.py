"""Conversations as tests: each YAML file is a story that a receptionist can read."""
