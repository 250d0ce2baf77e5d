"""Every failure Frontdesk raises, in one tree. Expected outcomes are returned, never raised.

FrontdeskError
├── BadInput                 somebody sent something unusable
│   ├── BadMessage           a patient message or request that cannot be taken
│   └── BadConfiguration     a setting, practice file or command line that cannot be used
├── NotAllowed               signed in, but not for this
│   └── SessionEnded         the session is unknown, idle too long or ended
├── TurnSuperseded           another turn of the conversation was saved first: work again from the new state
├── KeyReused                the same idempotency key came with another body
└── IntegrationError         an outside system failed
    ├── SignatureMismatch    a webhook was not signed by the provider it claims
    ├── Unavailable          nothing was done; the same call may be tried again
    ├── OutcomeUnknown       sent, no answer: look up by key before anything else
    ├── Refused              the outside system refuses our credentials or our account
    ├── VaultLocked          a stored value cannot be opened with the keys at hand
    └── StoreUnusable        the database cannot be used as it is (locked file, wrong version)

`utter_key` is what the patient hears. Messages say what happened, then what to do, and never hold patient data.
"""

from __future__ import annotations


class FrontdeskError(Exception):
    utter_key = "utter_internal_error"


class BadInput(FrontdeskError):
    pass


class BadMessage(BadInput):
    utter_key = "utter_bad_message"


class BadConfiguration(BadInput):
    pass


class NotAllowed(FrontdeskError):
    pass


class SessionEnded(NotAllowed):
    utter_key = "utter_session_ended"


class TurnSuperseded(FrontdeskError):
    pass


class KeyReused(FrontdeskError):
    pass


class IntegrationError(FrontdeskError):
    utter_key = "utter_system_down"


class SignatureMismatch(IntegrationError):
    pass


class Unavailable(IntegrationError):
    pass


class OutcomeUnknown(IntegrationError):
    pass


class Refused(IntegrationError):
    pass


class VaultLocked(IntegrationError):
    pass


class StoreUnusable(IntegrationError):
    pass
