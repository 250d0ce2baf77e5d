"""The grammar: numbers, days, stretches of days, times of day, and what they make together."""

from ..chart import Grammar
from . import clocks, days, joins, numbers, spans

GRAMMAR = Grammar(numbers.rules, days.rules, spans.rules, clocks.rules, joins.rules)
