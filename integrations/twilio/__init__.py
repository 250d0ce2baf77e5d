"""Twilio: sending texts and checking webhook signatures. The only folder that imports its SDK."""

from integrations.twilio.codes import OUTCOMES, outcome_of
from integrations.twilio.signature import TwilioSignature, sign
from integrations.twilio.texts import TwilioTexts, failure_of

__all__ = ["OUTCOMES", "TwilioSignature", "TwilioTexts", "failure_of", "outcome_of", "sign"]
