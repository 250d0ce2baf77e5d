"""One folder per outside system, all of the same shape, plugged in by `bot.processes` and `knowledge.service`."""
