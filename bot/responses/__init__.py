"""Every sentence the bot can say, per language, and how it is worded. Keys are the contract; wording is content.

Files: `<language>/<part>.yaml`, each a mapping of key to `text` (with `{values}`), `sms` (a shorter wording) or a plain label.
"""

from bot.responses.catalogue import has, keys, label, template
from bot.responses.spoken import say_at, say_date, say_time, say_until
from bot.responses.wording import Worded, word

__all__ = ["Worded", "has", "keys", "label", "say_at", "say_date", "say_time", "say_until", "template", "word"]
