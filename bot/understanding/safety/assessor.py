"""Decide what a message is: the rules that fire, weighed by what each sentence is about, the most urgent first."""

from functools import lru_cache

from bot.understanding.safety.compiler import Compiled, CompiledRule, compile_tables
from bot.understanding.safety.patterns import Pattern
from bot.understanding.safety.reading import Sentence, read
from bot.understanding.safety.table import load
from bot.understanding.safety.verdict import LABEL_OF_KIND, NOTHING_FOUND, Label, Tier, Verdict

LONG_MESSAGE = 45   # words
_ORDER = ("none", "soft", "hard")


@lru_cache(maxsize=1)
def compiled_tables() -> Compiled:
    """The shipped tables, compiled on first use."""
    return compile_tables(load())


def assess(text: str, *, lang: str | None = None) -> Verdict:
    """The safety verdict of one message. All languages are read at once, so `lang` changes nothing today."""
    return judge(text, compiled=compiled_tables())


def judge(text: str, *, compiled: Compiled) -> Verdict:
    """The verdict under the given tables."""
    sentences = read(text, compiled=compiled)
    fired = [(rule, tier) for rule, tier in _fire(sentences, compiled) if tier != "none"]
    if not fired:
        return NOTHING_FOUND
    best, tier = max(fired, key=lambda pair: _urgency(*pair))
    label: Label = LABEL_OF_KIND[best.rule.kind]
    names = tuple(dict.fromkeys(rule.rule.id for rule, _ in fired))
    if label == "clinical_advice":
        return Verdict(label, "none", best.rule.kind, names)
    return Verdict(label, tier, best.rule.kind, names, attempt=best.rule.attempt)


def _urgency(rule: CompiledRule, tier: Tier) -> tuple[bool, int, int, bool]:
    label = LABEL_OF_KIND[rule.rule.kind]
    alarm = label in ("emergency", "crisis")
    # An attempt under way is answered as a crisis: that text carries 911, 988 and poison control together.
    rank = 3 if rule.rule.attempt else {"emergency": 2, "crisis": 1}.get(label, 0)
    return alarm, _ORDER.index(tier) if alarm else 0, rank, rule.rule.kind not in ("emergency", "crisis")


def _fire(sentences: list[Sentence], compiled: Compiled) -> list[tuple[CompiledRule, Tier]]:
    fired: list[tuple[CompiledRule, Tier]] = []
    everything = 0
    for sentence in sentences:
        everything |= sentence.mask
    length = sum(sentence.length for sentence in sentences)
    for sentence in sentences:
        seen: set[int] = set()
        for concept in sentence.hits:
            for index, group in compiled.single.get(concept, ()):
                if index in seen or any(not sentence.mask & mask for mask in group.masks):
                    continue
                rule = compiled.rules[index]
                if rule.unless & sentence.mask or _ruled_out(rule, everything, length=length):
                    continue
                if group.found(sentence.hits):
                    seen.add(index)
                    fired.append((rule, _tier(rule, sentence, compiled)))
    for index, pattern in compiled.spread:
        rule = compiled.rules[index]
        if rule.unless & everything or _ruled_out(rule, everything, length=length):
            continue
        homes = _homes(pattern, sentences)
        if homes:
            tier = min((_tier(rule, sentence, compiled) for sentence in homes), key=_ORDER.index)
            fired.append((rule, tier))
    return fired


def _ruled_out(rule: CompiledRule, everything: int, *, length: int) -> bool:
    """`without` words say "this is ordinary business"; in a letter, some word always does, so there they do not count."""
    if rule.rule.longest and length > rule.rule.longest:
        return True
    return bool((rule.without & everything and length <= LONG_MESSAGE) or (rule.needs and not rule.needs & everything))


def _homes(pattern: Pattern, sentences: list[Sentence]) -> list[Sentence]:
    """The sentence in which each part of a spread pattern stands, or nothing."""
    homes = []
    for group in pattern.groups:
        home = next(
            (
                sentence
                for sentence in sentences
                if all(sentence.mask & mask for mask in group.masks) and group.found(sentence.hits)
            ),
            None,
        )
        if home is None:
            return []
        homes.append(home)
    return homes


def _tier(rule: CompiledRule, sentence: Sentence, compiled: Compiled) -> Tier:
    """The rule's tier, lowered when the sentence speaks of long ago, of a service, or of a subject in general."""
    def has(name: str) -> bool:
        return bool(sentence.mask >> compiled.concepts[name] & 1)

    tiers = [rule.rule.tier]
    if has("resolved") or (has("past") and not has("now")):
        tiers.append(rule.rule.past)
    if has("service") and not has("self_now"):
        tiers.append(rule.rule.service)
    if has("question_general") and not has("self_now"):
        tiers.append(rule.rule.question)
    if has("laugh"):
        tiers.append("soft")
    lowest = min(tiers, key=_ORDER.index)
    return "hard" if lowest == "hard" else "soft" if lowest == "soft" else "none"
