"""Plans, clinicians, locations, visit types and fees named in a message, from the published vocabulary."""

from bot.understanding.facets.reader import FacetReader

__all__ = ["FacetReader"]
