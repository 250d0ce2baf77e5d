"""Which of the closed intents a message has, decided locally and the same every time."""
