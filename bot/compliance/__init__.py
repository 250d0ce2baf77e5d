"""Who may get what: the model lanes, and which outside host may see which data."""
