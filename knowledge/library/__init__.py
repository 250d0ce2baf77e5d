"""Reads a practice folder (`practice.yaml`, `articles/*.md`) and names every mistake with file, line and remedy."""
