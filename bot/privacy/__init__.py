"""Patient data in its box: the `Phi` type, vault handles, and the gate that finds identifiers in text."""
