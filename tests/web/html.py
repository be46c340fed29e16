"""A page as a strict reader sees it: what the content policy forbids, and what people need."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
FIELD = re.compile(r"\{\{[\u4e00-\u9fff]+\}\}")  # as organisers write one
LEFTOVERS = re.compile(r"\bNone\b|\{\{|\}\}|\{%|%\}|\bNaN\b|\bundefined\b|%\(\w+\)s|&lt;[a-z]+ ")
NEED_NO_LABEL = frozenset({"hidden", "submit", "button", "image", "reset"})


@dataclass
class Control:
    """A field of a form, and what could name it."""

    tag: str
    attributes: dict[str, str]
    in_label: bool


@dataclass
class Named:
    """A link or a button: it needs words."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    source: str
    faults: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    controls: list[Control] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    language: str = ""
    title: str = ""
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._acts: list[Named] = []
        self._data = False
        self.feed(self.source)
        self.close()
        self._look()

    @property
    def whole(self) -> bool:
        return self.source.lstrip().lower().startswith("<!doctype html")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._forbid(tag, given)
        if tag == "html":
            self.language = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label" and "for" in given:
            self.labels.add(given["for"])
        if tag in {"input", "select", "textarea"}:
            self.controls.append(Control(tag, given, in_label="label" in self._open))
        if tag in {"a", "button"}:
            act = Named(tag, given)
            self.named.append(act)
            self._acts.append(act)
        if tag == "svg" and self._acts and "aria-label" in given:
            self._acts[-1].text += given["aria-label"]
        if tag == "h1":
            self.headings.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in {"a", "button"} and self._acts:
            self._acts.pop()

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "script":
            if data.strip() and not self._data:  # data for an island is never run
                self.faults.append("words inside <script>")
            return
        if inside == "title":
            self.title += data
        if "h1" in self._open:
            self.headings[-1] += data
        for act in self._acts:
            act.text += data
        if inside == "textarea":  # where a template's text is edited its fields stand in braces
            data = FIELD.sub("", data)
        if inside != "code":  # a field is written in braces for whoever makes a template
            self.text.append(data)

    def _forbid(self, tag: str, given: dict[str, str]) -> None:
        """What the content policy would refuse to apply or to run."""
        if "style" in given or tag == "style":
            self.faults.append(f"style in <{tag}>")
        self._data = tag == "script" and given.get("type") == "application/json"
        if tag == "script" and not self._data and not given.get("src", "").startswith("/"):
            self.faults.append("a script that is not ours")
        for name, value in given.items():
            if name.startswith("on") and len(name) > 2 and "-" not in name:
                self.faults.append(f"{name} in <{tag}>")
            if name in {"href", "src", "action"} and value.startswith(("javascript:", "//")):
                self.faults.append(f"{name}={value}")
        if tag == "img" and "alt" not in given:
            self.faults.append("an <img> without alt")

    def _look(self) -> None:
        for control in self.controls:
            given = control.attributes
            if given.get("type") in NEED_NO_LABEL:
                continue
            by = given.get("id") in self.labels or control.in_label
            if not by and not given.keys() & {"aria-label", "aria-labelledby"}:
                self.faults.append(f"no label: <{control.tag} name={given.get('name')}>")
        for act in self.named:
            if act.attributes.get("aria-hidden") == "true":
                continue
            if not (act.text.strip() or act.attributes.get("aria-label")):
                self.faults.append(f"no words: <{act.tag} {act.attributes.get('href', '')}>")
        for twice in sorted({one for one in self.ids if self.ids.count(one) > 1}):
            self.faults.append(f"id twice: {twice}")
        for words in self.text:
            if LEFTOVERS.search(words):
                self.faults.append(f"left over: {words.strip()[:60]}")
