"""The interface's English: extract the Chinese msgids, compile, check that none is missing.

Works without GNU gettext: Babel reads Python, Django's own `templatize` turns templates into it.
"""

import ast
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

settings.configure()
from django.utils.translation.template import templatize  # noqa: E402  # it reads the settings

ROOT = Path(__file__).resolve().parents[1] / "src" / "leitai"
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = """\
# English for Leitai. The msgids are the Chinese of the sources.
msgid ""
msgstr ""
"Project-Id-Version: leitai\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy")
CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
KEYWORDS = dict.fromkeys((*PLAIN, *PLURAL, *CONTEXT))
Id = str | tuple[str, str]
LITERAL = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
CALL = re.compile(rf"\b(_|n?p?gettext)\(((?:\s*u?(?:{LITERAL.pattern})\s*,?)+)")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")


def found() -> Catalog:
    """Every msgid of the sources, with its places."""
    catalog = Catalog(locale="en", project="leitai", charset="utf-8")
    for file in sorted(ROOT.rglob("*")):
        if file.suffix == ".py" and "migrations" not in file.parts:
            _add(catalog, file, file.read_bytes())
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            _add_template(catalog, file)
    return catalog


def _add_template(catalog: Catalog, file: Path) -> None:
    """Django turns a template's texts into calls, amid rubble that no tokenizer reads."""
    for call in CALL.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
        texts = [ast.literal_eval(literal) for literal in LITERAL.findall(call[2])]
        _put(catalog, call[1], texts, (str(file.relative_to(ROOT)), 0))


def _add(catalog: Catalog, file: Path, source: bytes) -> None:
    options = {"encoding": "utf-8"}
    for line, name, message, _ in extract_python(io.BytesIO(source), KEYWORDS, [], options):
        texts = [text for text in (message if isinstance(message, tuple) else (message,)) if text]
        _put(catalog, name, texts, (str(file.relative_to(ROOT)), line))


def _put(catalog: Catalog, name: str, texts: list[str], place: tuple[str, int]) -> None:
    """One call: the name says whether a context comes first and whether a plural follows."""
    context, texts = (texts[0], texts[1:]) if name in CONTEXT and texts else (None, texts)
    if texts:
        key: Id = (texts[0], texts[1]) if name in PLURAL else texts[0]
        catalog.add(key, locations=[place], context=context)


def _known() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def extract() -> int:
    """Write new msgids into the .po and drop those that are gone; translations stay."""
    sources, known = found(), _known()
    for message in sources:
        if message.id and (old := known.get(message.id, message.context)) is not None:
            message.string = _kept(message.id, old.string)
        message.locations = sorted({(name, None) for name, _ in message.locations})
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        stream.write(HEADER.encode())
        write_po(stream, sources, omit_header=True, sort_output=True, width=100, no_location=True)
    print(f"{len(sources)} msgids")
    return 0


def _kept(key: Id, english: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """The old English in the shape that the msgid has now; a new singular is left to be written."""
    if isinstance(key, tuple) and not isinstance(english, tuple):
        return ("", english)
    return english[-1] if isinstance(english, tuple) and not isinstance(key, tuple) else english


def compile_() -> int:
    with PO.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, _known())
    return 0


def check() -> int:
    """Every msgid has English with the same placeholders, and no translation is left over."""
    sources, known, bad = found(), _known(), 0
    for message in sources:
        if not message.id:
            continue
        english = known.get(message.id, message.context)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = () if english is None else english.string
        texts = texts if isinstance(texts, tuple) else (texts,)
        if not texts or not all(texts):
            bad += 1
            print(f"no English: {ids[0]!r} ({message.locations[0][0]})")
        elif {*PLACEHOLDER.findall(ids[-1])} != {*PLACEHOLDER.findall(texts[-1])}:
            bad += 1
            print(f"placeholders differ: {ids[0]!r}")
    for message in known:
        if message.id and sources.get(message.id, message.context) is None:
            bad += 1
            print(f"no longer used: {message.id!r}")
    print(f"translations: {bad or 'none'} missing")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit({"extract": extract, "compile": compile_, "check": check}[sys.argv[1]]())
