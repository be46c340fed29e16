"""Writing rules: every change is a new revision on the server; nothing that was saved is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from leitai.base.actor import Actor
from leitai.kernel import canonical
from leitai.kernel.errors import DomainError
from leitai.rulebook import editing, replaying, writing
from leitai.rulebook.source import from_yaml
from leitai.seasons import rules, selectors
from leitai.seasons.editor import kinds
from leitai.seasons.enums import RevisionAct, RulesDraftState
from leitai.seasons.models import RulesDraft, RulesRevision, Season
from leitai.seasons.services.opening import demand_code

TITLE = 200
MOST_DRAFTS = 50


@transaction.atomic
def begin_draft(
    *,
    actor: Actor,
    season: Season,
    at: datetime,
    text: str | None = None,
    next_code: str = "",
    year: int | None = None,
) -> RulesDraft:
    """Begin with the rules in force, with an uploaded text, or (`next_code`) for a season to come.

    Whatever the text is worth, it is kept: what is wrong with it is shown on the draft's page.
    """
    _office_only(actor, season)
    Season.objects.select_for_update().get(pk=season.pk)
    if selectors.list_drafts(season).count() >= MOST_DRAFTS:
        raise DomainError("drafts_many", most=MOST_DRAFTS)
    base = selectors.newest_rules(season)
    if next_code:
        demand_code(next_code)
    given = base.rulebook.text if text is None else _accepted(text)
    newest = RulesDraft.objects.filter(season=season).aggregate(newest=Max("number"))["newest"]
    draft = RulesDraft(
        season=season, number=(newest or 0) + 1, base=base, next_code=next_code, revision=0
    )
    act = RevisionAct.BEGUN if text is None else RevisionAct.UPLOADED
    _append(draft, given, act, actor=actor, at=at)
    whole = _whole(given)
    if whole != given:
        _append(draft, whole, RevisionAct.EXPANDED, actor=actor, at=at)
    if next_code and year is not None and text is None:
        moved = replaying.next_year(whole, next_code, year)
        _append(draft, moved, RevisionAct.WRITTEN, actor=actor, at=at)
    return draft


@transaction.atomic
def revise_draft(
    *,
    actor: Actor,
    draft: RulesDraft,
    revision: int,
    edit: Callable[[str], str],
    act: RevisionAct,
    at: datetime,
    path: str = "",
    title: str = "",
) -> RulesDraft:
    """Save a change of the newest text; `revision` is the one that the editor was looking at.

    Raises DomainError("draft_moved") where somebody saved since; then nothing is written.
    """
    held = _held(actor, draft, revision)
    text = edit(held.text)
    if text != held.text:
        _append(held, text, act, actor=actor, at=at, path=path, title=title)
    return held


def write_draft(
    *, actor: Actor, draft: RulesDraft, revision: int, text: str, uploaded: bool, at: datetime
) -> RulesDraft:
    """Put a whole text in the place of the draft's."""
    act = RevisionAct.UPLOADED if uploaded else RevisionAct.WRITTEN
    new = _accepted(text)
    return revise_draft(
        actor=actor, draft=draft, revision=revision, edit=lambda _old: new, act=act, at=at
    )


def undo_draft(*, actor: Actor, draft: RulesDraft, revision: int, at: datetime) -> RulesDraft:
    """Go back one step: the text before the last change stands again, as a further revision."""
    return _step(actor, draft, revision, RevisionAct.UNDONE, at)


def redo_draft(*, actor: Actor, draft: RulesDraft, revision: int, at: datetime) -> RulesDraft:
    """Go forth again over what was undone last."""
    return _step(actor, draft, revision, RevisionAct.REDONE, at)


def restore_draft(
    *, actor: Actor, draft: RulesDraft, revision: int, number: int, at: datetime
) -> RulesDraft:
    """Let an earlier revision's text stand again."""
    text = selectors.get_revision(draft, number).text
    return revise_draft(
        actor=actor,
        draft=draft,
        revision=revision,
        edit=lambda _old: text,
        act=RevisionAct.RESTORED,
        title=str(number),
        at=at,
    )


@transaction.atomic
def rebase_draft(
    *, actor: Actor, draft: RulesDraft, revision: int, at: datetime
) -> tuple[RulesDraft, tuple[str, ...]]:
    """Put the draft's changes onto the version that was adopted meanwhile.

    Returns the places that both had changed: there the draft's words stand, for the office to see.
    """
    held = _held(actor, draft, revision)
    now = selectors.newest_rules(held.season)
    if now.pk == held.base_id:
        return held, ()
    done = replaying.replay(_whole(held.base.rulebook.text), held.text, _whole(now.rulebook.text))
    held.base = now
    _append(held, done.text, RevisionAct.REBASED, actor=actor, at=at, title=str(now.number))
    return held, done.clashes


@transaction.atomic
def drop_draft(*, actor: Actor, draft: RulesDraft, revision: int, at: datetime) -> RulesDraft:
    """Give a draft up; its revisions stay as the record."""
    held = _held(actor, draft, revision)
    held.state, held.saved_at = RulesDraftState.DROPPED, at
    held.save(update_fields=["state", "saved_at"])
    return held


def lock_draft(actor: Actor, draft: RulesDraft, revision: int) -> RulesDraft:
    """The draft, locked, open, and still as the office saw it."""
    return _held(actor, draft, revision)


def _held(actor: Actor, draft: RulesDraft, revision: int) -> RulesDraft:
    _office_only(actor, draft.season)
    RulesDraft.objects.select_for_update().get(pk=draft.pk)
    held = selectors.get_draft(draft.season, draft.number)
    if held.state != RulesDraftState.OPEN:
        raise DomainError("draft_closed", state=held.get_state_display())
    if held.revision != revision:
        raise DomainError("draft_moved", name=held.editor_name)
    return held


def _step(
    actor: Actor, draft: RulesDraft, revision: int, act: RevisionAct, at: datetime
) -> RulesDraft:
    steps = selectors.steps_of(draft)
    number = steps.back if act == RevisionAct.UNDONE else steps.forth
    if number is None:
        raise DomainError("draft_no_step")
    row = selectors.get_revision(draft, number)
    with transaction.atomic():
        held = _held(actor, draft, revision)
        _append(held, row.text, act, actor=actor, at=at, path=row.path, title=row.title)
    return held


def _append(
    draft: RulesDraft,
    text: str,
    act: RevisionAct,
    *,
    actor: Actor,
    at: datetime,
    path: str = "",
    title: str = "",
) -> None:
    draft.text, draft.revision = text, draft.revision + 1
    draft.editor, draft.editor_name, draft.saved_at = actor.account, actor.name[:120], at
    draft.save()
    RulesRevision.objects.create(
        draft=draft,
        number=draft.revision,
        act=act,
        path=path[:TITLE],
        title=title[:TITLE],
        text=text,
        problems=len(selectors.check(text).problems),
        saved_by=actor.account,
        saved_name=actor.name[:120],
        saved_at=at,
    )


def _accepted(text: str) -> str:
    if "\x00" in text:
        raise DomainError("text_nul")
    if len(text) > editing.MOST:
        raise DomainError("edit_too_long", most=editing.MOST)
    return editing.tidy(text)


def _whole(text: str) -> str:
    """Write rules that extend others, or leave much unsaid, in full; others stay as they are."""
    law = selectors.check(text).law
    if law is None:
        return text
    plain = canonical.decode(law.canonical)
    if from_yaml(text, selectors.FILE).plain == plain:
        return text
    return writing.text_of(kinds.in_order(plain))


def _office_only(actor: Actor, season: Season) -> None:
    if not rules.can_run_office(actor, season.code, selectors.host_path(season)):
        raise DomainError("forbidden")
