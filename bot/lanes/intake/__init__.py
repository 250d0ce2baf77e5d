"""The intake lane: forms that collect what the practice needs, in the patient's own words, without any model."""

from bot.lanes.intake.context import Tools
from bot.lanes.intake.engine import MAX_REASKS, Intake, NotForMe, Step
from bot.lanes.intake.forms import Form, forms_of

__all__ = ["MAX_REASKS", "Form", "Intake", "NotForMe", "Step", "Tools", "forms_of"]
