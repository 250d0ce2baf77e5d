"""Words an answer about published passages with a language model, and lets through only what the passages hold."""
