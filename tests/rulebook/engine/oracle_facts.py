"""Conditions over facts, for the oracle: true, false, or None where nothing is known of it at all.

Facts here are one text a kind: ``{"group": "A"}``; a test's key is that text.
"""

from fractions import Fraction


def value_of(facts, kind):
    return facts.get(kind, "")


def withdrawn(facts, target):
    return facts.get("withdrawn") in (target, "season")


def holds(condition, facts, known):
    ((word, part),) = condition.items()
    if word == "not":
        found = holds(part, facts, known)
        return None if found is None else not found
    if word in ("any", "all"):
        found = [holds(one, facts, known) for one in part]
        decisive = word == "any"
        if decisive in found:
            return decisive
        return None if None in found else not decisive
    asked = (part["kind"], part["key"]) if part.get("key") else part["kind"]
    if asked not in known:
        return None
    text = facts.get(part["kind"])
    there = text is not None and part.get("key") in (None, text)
    return met(word, part, text if there else None)


def met(word, test, text):
    if word == "has":
        return text is not None
    if word == "lacks":
        return text is None
    if word == "below":
        return Fraction(text or 0) < Fraction(test["value"])
    if text is None:
        return False
    if "in" in test:
        return text in test["in"]
    figure = Fraction(text)
    bounds = {
        "least": lambda bound: figure >= bound,
        "most": lambda bound: figure <= bound,
        "above": lambda bound: figure > bound,
        "under": lambda bound: figure < bound,
    }
    return all(bounds[name](Fraction(test[name])) for name in bounds if name in test)
