"""The grammar: numbers, days, stretches of days, times of day, and what they make together."""

from bot.understanding.when.chart import Grammar
from bot.understanding.when.rules import bounds, clocks, days, hours, joins, numbers, spans

GRAMMAR = Grammar(numbers.rules, days.rules, spans.rules, bounds.rules, clocks.rules, hours.rules, joins.rules)
