"""The JSON Schema says what the model's classes say, and the published file is up to date."""

import importlib.resources
import json
import re

from leitai.kernel import canonical
from leitai.rulebook import json_schema, load, packaged

SCHEMA = json_schema.json_schema()


def conforms(schema, value):  # noqa: PLR0911
    """Check the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        return conforms(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value)
    for word, holds in (("anyOf", any), ("oneOf", lambda them: sum(them) == 1), ("allOf", all)):
        if word in schema and not holds([conforms(one, value) for one in schema[word]]):
            return False
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get(
        "maximum", value
    ):
        return False
    if isinstance(value, list):
        kinds = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        return all(conforms(kind, one) for kind, one in zip(kinds, value, strict=True))
    if isinstance(value, dict):
        known = schema.get("properties", {})
        rest = schema.get("additionalProperties", {})
        return (
            set(schema.get("required", [])) <= set(value)
            and all(
                key in known or (rest is not False and conforms(rest, one))
                for key, one in value.items()
            )
            and all(conforms(known[key], one) for key, one in value.items() if key in known)
        )
    return True


def test_the_library_and_two_lines_conform():
    assert conforms(SCHEMA, canonical.decode(load(packaged("sichuan-2022")).canonical))
    assert conforms(SCHEMA, {"rulebook": 1, "title": "竞赛"})
    assert conforms(SCHEMA, {"rulebook": 1, "extends": "sichuan-2022", "change": {"year": 2023}})


def test_what_is_wrong_does_not_conform():
    plain = canonical.decode(load(packaged("sichuan-2022")).canonical)
    assert not conforms(SCHEMA, plain | {"yaer": 2022})
    assert not conforms(SCHEMA, plain | {"year": "2022"})
    assert not conforms(SCHEMA, plain | {"year": 22})
    assert not conforms(SCHEMA, {"rulebook": 1})
    two = dict(plain["awards"][0]) | {"top": 1}
    assert not conforms(SCHEMA, plain | {"awards": [two]})


def test_bounds_choices_and_shares_are_there():
    carry = SCHEMA["$defs"]["Carry"]["properties"]
    assert "from" in carry
    assert conforms(carry["share"], "40%")
    assert conforms(carry["share"], "1/3")
    assert not conforms(carry["share"], "ein Drittel")
    assert SCHEMA["$defs"]["Ranking"]["properties"]["style"] == {"enum": ["competition", "dense"]}


def test_the_published_file_is_up_to_date():
    """Mend: .venv/bin/leitai rulebook schema > src/leitai/rulebook/schema.json"""
    file = importlib.resources.files("leitai.rulebook") / "schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == SCHEMA
