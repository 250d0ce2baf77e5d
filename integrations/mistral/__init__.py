"""Mistral (hosted, Azure or self-hosted) as a `WordingModel`. The only folder that imports `mistralai`."""

from integrations.mistral.wording import MistralWording

__all__ = ["MistralWording"]
