"""rasa-sdk: intake forms run as `FormValidationAction`s, in this process, by rasa-sdk's own `ActionExecutor`."""

from integrations.rasa.running import RasaForms

__all__ = ["RasaForms"]
