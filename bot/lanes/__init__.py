"""The three lanes: information, intake, escalation. Strangers to each other; none of them sends anything."""
