"""Components as template tags. `{% load design %}`; the gallery at /design shows every one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django_vite.templatetags.django_vite import vite_asset_url

from leitai.design import assets, moments
from leitai.design.icons import GLYPHS, ICONS, MARK_LINES, TONES, WORD_PATH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.template.context import RequestContext

    from leitai.design.plan import Plan

register = template.Library()


class UnknownDrawingError(LookupError):
    """A template names an icon, a state or a tone that the house does not have."""


def _tone(name: str) -> str:
    if name not in TONES:
        message = f"tone {name!r} is none of {', '.join(TONES)}"
        raise UnknownDrawingError(message)
    return name


# Drawings -----------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "search" %}`: a 24 × 24 stroke drawing that takes the colour of its words."""
    try:
        path = ICONS[name]
    except KeyError:
        message = f"no icon {name!r}"
        raise UnknownDrawingError(message) from None
    return format_html(
        '<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        f" {css}" if css else "",
        path,
    )


def draw_glyph(shape: str, css: str = "lt-glyph") -> SafeString:
    try:
        drawing, _ = GLYPHS[shape]
    except KeyError:
        message = f"no state {shape!r}"
        raise UnknownDrawingError(message) from None
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(drawing),  # noqa: S308 - our own constant
    )


@register.simple_tag
def glyph(shape: str) -> SafeString:
    """`{% glyph "ok" %}`: the shape alone; the word must stand beside it."""
    return draw_glyph(shape)


@register.simple_tag
def mark(*, mono: bool = False) -> SafeString:
    """The mark; `mono=True` gives lines in the colour of the words."""
    lines = mark_safe(MARK_LINES)  # noqa: S308 - our own constant
    if mono:
        return format_html(
            '<svg class="mark mono" viewBox="0 0 32 32" aria-hidden="true" focusable="false" '
            'fill="none" stroke="currentColor" stroke-width="2.6">{}</svg>',
            lines,
        )
    return format_html(
        '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        '<rect class="tile" width="32" height="32" rx="6"/>'
        '<g fill="none" stroke="#fff" stroke-width="2.6">{}</g></svg>',
        lines,
    )


@register.simple_tag
def word() -> SafeString:
    return format_html(
        '<svg class="word" viewBox="0 0 80 40" role="img" aria-label="{}" fill="none" '
        'stroke="currentColor" stroke-width="3"><path d="{}"/></svg>',
        gettext("擂台"),
        WORD_PATH,
    )


@register.simple_tag
def screen(name: str) -> SafeString:
    """`{% screen "results" %}`: the style sheet of one kind of page, beside the site's own."""
    address = vite_asset_url(f"frontend/styles/{name}.css")
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag
def screen_of(entry: str) -> SafeString:
    """The style sheets that an island brings, without the island."""
    files = [name for name in assets.files_of(entry) if name.endswith(".css")]
    links = (format_html('<link rel="stylesheet" href="{}">', static(name)) for name in files)
    return mark_safe("".join(links))  # noqa: S308 - each escaped above


# States -------------------------------------------------------------------------------------


@register.simple_tag
def state(shape: str, text: str, tone: str = "") -> SafeString:
    """`{% state "half" "存于本机" tone="warn" %}`: shape, word, colour, in this order of weight."""
    return format_html(
        '<span class="lt-state k-{}">{}{}</span>',
        _tone(tone or GLYPHS[shape][1]),
        draw_glyph(shape),
        text,
    )


@register.simple_tag
def badge(shape: str, text: str, tone: str = "") -> SafeString:
    """`{% badge "half" "公示中" tone="warn" %}`; with "" for the shape it has none."""
    drawn = draw_glyph(shape) if shape else ""
    kind = _tone(tone or (GLYPHS[shape][1] if shape else "idle"))
    return format_html('<span class="badge k-{}">{}{}</span>', kind, drawn, text)


@register.simple_tag
def pip(shape: str, text: str, tone: str = "") -> SafeString:
    """A state in a matrix cell: the shape in a small tile, the word for screen readers."""
    kind = _tone(tone or GLYPHS[shape][1])
    return format_html(
        '<span class="pip k-{}" title="{}">{}<span class="sr">{}</span></span>',
        kind,
        text,
        draw_glyph(shape),
        text,
    )


# Blocks -------------------------------------------------------------------------------------

_ALERT_ICONS = {"ok": "check", "warn": "warning", "bad": "cross", "act": "info", "idle": "info"}


@register.simple_block_tag
def alert(content: str, tone: str, title: str, icon_name: str = "", role: str = "") -> SafeString:
    """`{% alert "warn" "网络已断开" icon_name="offline" %}what to do{% endalert %}`."""
    body = content.strip()
    return format_html(
        '<div class="alert k-{}"{}>{}<div><p class="title">{}</p>{}</div></div>',
        _tone(tone),
        format_html(' role="{}"', role) if role else "",
        icon(icon_name or _ALERT_ICONS.get(tone, "info")),
        title,
        format_html('<div class="muted">{}</div>', mark_safe(body)) if body else "",  # noqa: S308
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """An empty state says the next step: `{% empty "还没有人报名" %}<p>…</p>{% endempty %}`."""
    return format_html(
        '<div class="empty">{}<p class="title">{}</p>{}</div>',
        mark(mono=True),
        title,
        mark_safe(content),  # noqa: S308 - template text, escaped when it was rendered
    )


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> SafeString:
    """A dialog opened by `data-lt-open="<name>"`; buttons with `data-lt-close` shut it."""
    return format_html(
        '<div class="lt-dialog" id="{}" hidden><div class="box" role="dialog" aria-modal="true" '
        'aria-labelledby="{}-title" tabindex="-1"><h2 id="{}-title">{}</h2>{}</div></div>',
        name,
        name,
        name,
        title,
        mark_safe(content),  # noqa: S308 - template text, escaped when it was rendered
    )


# Figures ------------------------------------------------------------------------------------


@register.inclusion_tag("design/parts/stages.html")
def stages(steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Steps: {"label", "state": done|now|todo, "note"?, "url"?}."""
    return {"steps": steps}


@register.inclusion_tag("design/parts/stat.html")
def stat(label: str, value: object, unit: str = "", note: str = "") -> dict[str, Any]:
    """One tile; put tiles into `<div class="lt-stats">`."""
    return {"label": label, "value": value, "unit": unit, "note": note}


@register.simple_tag
def bar(share: float, tone: str = "act", label: str = "") -> SafeString:
    """A data bar from zero; `share` in percent. Drawn as SVG: the CSP allows no style attribute."""
    width = f"{max(0.0, min(100.0, float(share))):g}"
    named = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="lt-bar k-{}" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<rect class="all" width="100" height="8"/>'
        '<rect class="part" width="{}" height="8"/></svg>',
        _tone(tone),
        mark_safe(named),  # noqa: S308 - escaped above
        width,
    )


@register.simple_tag
def spread(low: float, middle: float, high: float, floor: float, ceiling: float) -> SafeString:
    """The score strip of a team: lowest, mean and highest on a scale from floor to ceiling."""
    width = float(ceiling) - float(floor)

    def place(value: float) -> str:
        share = (float(value) - float(floor)) / width * 100 if width > 0 else 0.0
        return f"{max(0.0, min(100.0, share)):.1f}"

    return format_html(
        '<svg class="spread" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="base" d="M0 6h100"/><path class="range" d="M{} 6H{}"/>'
        '<path class="mid" d="M{} 0v12"/></svg>',
        place(low),
        place(high),
        place(middle),
    )


@register.inclusion_tag("design/parts/plan.html")
def season_plan(plan: Plan) -> dict[str, Any]:
    """The season's months, bars and milestones: build `plan` with `design.plan.draw`."""
    return {"plan": plan}


# Forms and lists ----------------------------------------------------------------------------


def _control_class(bound: BoundField) -> str:
    kind = getattr(bound.field.widget, "input_type", "")
    if kind in {"checkbox", "radio"}:
        return "form-check-input"
    return "form-select form-control" if kind == "select" else "form-control"


@register.inclusion_tag("design/parts/field.html")
def field(bound: BoundField, hint: str = "", css: str = "") -> dict[str, Any]:
    """A form field with label, hint and error, tied together for screen readers."""
    errors = list(bound.errors)
    own_hint = hint or str(bound.help_text)
    described = " ".join(
        part
        for part in (
            f"{bound.id_for_label}-error" if errors else "",
            f"{bound.id_for_label}-hint" if own_hint else "",
        )
        if part
    )
    kind = getattr(bound.field.widget, "input_type", "")
    many = kind in {"radio", "checkbox"} and bool(getattr(bound.field, "choices", ()))
    # a list of choices would carry the class on its wrapper: the style sheet finds its inputs
    attrs: dict[str, str | bool] = {} if many else {"class": _control_class(bound)}
    if errors:
        attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = described
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "errors": errors,
        "hint": own_hint,
        "css": css,
        "inline": kind == "checkbox" and not many,
        "many": many,
    }


@register.inclusion_tag("design/parts/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Page links that keep the other query parameters."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop("page", None)
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "query": query.urlencode() if query else "",
    }


# Time, language, addresses ------------------------------------------------------------------


@register.simple_tag
def moment(at: datetime | None, shape: str = "full") -> SafeString:
    """`{% moment exam.opens_at %}` → 7月15日（星期五）9:30; shapes as in `design.moments`."""
    if at is None:
        return mark_safe("—")
    return format_html(
        '<time datetime="{}">{}</time>', at.isoformat(), moments.moment_text(at, shape)
    )


@register.simple_tag
def span(start: datetime, end: datetime) -> SafeString:
    return format_html('<span class="num">{}</span>', moments.span_text(start, end))


@register.simple_tag
def countdown(at: datetime) -> SafeString:
    """The time left until `at`; `site.ts` keeps it true by the server's clock."""
    return format_html(
        '<time class="num" datetime="{}" data-lt-countdown>{}</time>',
        at.isoformat(),
        moments.moment_text(at, "full"),
    )


@register.simple_tag
def html_lang() -> str:
    """The `lang` of the page: zh-Hans or en."""
    return "zh-Hans" if moments.is_chinese() else (get_language() or "en")


@register.simple_tag
def url_or_nothing(name: str, *args: object) -> str:
    """An address by name, or "" where the house is built without that room."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def way_of(ways: Mapping[str, str], name: str, part: str) -> str:
    """The address of one part of a higher room, or "" where there is none."""
    return ways.get(f"{name}-{part}", "")


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """`{{ one.scope|named:season_names }}`: what a code stands for."""
    return names[code]


@register.simple_tag(takes_context=True)
def csrf_header(context: RequestContext) -> SafeString:
    """The header that htmx sends with every request, as JSON for `hx-headers`."""
    request = context.get("request")
    token = get_token(request) if request is not None else ""
    return format_html('{{"X-CSRFToken": "{}"}}', token)
