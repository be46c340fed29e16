"""Examples in the documentation are pieces of tested files: `check` compares, `write` copies them.

A line `<!-- include PATH -->` or `<!-- include PATH#PART -->` stands before a fenced block that
holds the file's text, or what stands in it between the lines `# [PART]` and `# [/PART]`. Every
fenced block of YAML or CSV in docs/rulebook must be such a piece, so that no example is untested.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
INCLUDE = re.compile(r"<!-- include (?P<path>[^ #]+)(?:#(?P<part>[^ ]+))? -->")
TESTED = ("yaml", "csv")
FENCE = re.compile(r"\s*(?P<ticks>`{3,})(?P<kind>[^`]*)")


def piece(path: str, part: str | None) -> str:
    """Give a file's text, or a part of it without the comment lines that mark parts."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    if part is not None:
        marks = [line.strip() for line in lines]
        if f"# [{part}]" not in marks or f"# [/{part}]" not in marks:
            raise SystemExit(f"{path} has no part [{part}]")
        lines = lines[marks.index(f"# [{part}]") + 1 : marks.index(f"# [/{part}]")]
    kept = [line for line in lines if not re.fullmatch(r"\s*# \[/?[^\]]+\]", line)]
    return "\n".join(kept).strip("\n")


def blocks(text: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Give first and last line (from 0) of each fenced block's content, its kind and its source."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        fence = FENCE.fullmatch(lines[at])
        if fence is None:
            at += 1
            continue
        end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == fence["ticks"])
        before = lines[at - 1] if at else ""
        source = before if INCLUDE.fullmatch(before) else None
        yield at + 1, end, fence["kind"].strip(), source
        at = end + 1


def renewed(text: str) -> str:
    """Give a page with every piece as its file has it now."""
    lines = text.splitlines()
    for first, end, _, source in reversed(list(blocks(text))):
        if source and (found := INCLUDE.fullmatch(source)):
            lines[first:end] = piece(found["path"], found["part"]).splitlines()
    return "\n".join(lines) + "\n"


def problems(page: Path) -> Iterator[str]:
    """Name what is not as its file has it, and what was written into the page alone."""
    text = page.read_text(encoding="utf-8")
    name = page.relative_to(ROOT)
    if renewed(text) != text:
        yield f"{name}: a piece differs from its file; run tools/includes.py write"
    if "rulebook" in page.parts:
        for first, _, kind, source in blocks(text):
            if kind in TESTED and source is None:
                yield f"{name}:{first}: an example that no test runs; include it from a case"


def main(verb: str) -> int:
    """Check or write all pages."""
    pages = sorted(DOCS.rglob("*.md"))
    if verb == "write":
        for page in pages:
            text = page.read_text(encoding="utf-8")
            if (new := renewed(text)) != text:
                page.write_text(new, encoding="utf-8")
        return 0
    found = [problem for page in pages for problem in problems(page)]
    print("\n".join(found) or f"{len(pages)} pages, every example is a piece of a tested file")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
