"""The model's whole world: the practice's published knowledge. No patient is ever known here."""
