"""What a patient's message means, decided locally: no network, no model."""
