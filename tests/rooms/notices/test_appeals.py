"""Appeals: the next level within its days, by others, with the identity under a seal of its own."""

from dataclasses import replace
from datetime import timedelta

from leitai.ledger import services as ledger
from leitai.notices import selectors, services
from leitai.notices.models import Objection, Ruling
from tests.factories.results import AT
from tests.rooms.notices.conftest import (
    LEADER,
    OBJECTOR,
    PHONE,
    SUPERVISOR,
)
from tests.rooms.notices.test_rulings import code_of, proposed


def ruled(notice):
    held = proposed(notice, outcome="rejected", reason="登分无误。")
    ledger.approve(actor=LEADER, proposal=held, at=AT)
    return Objection.objects.get(number=1)


def appealed(below, *, at):
    from uuid import uuid4

    from leitai.base.actor import NOBODY

    return services.file_appeal(
        actor=NOBODY, previous=below, text="复核时没有调阅原卷。", nonce=uuid4(), at=at
    )


def test_appeal_goes_to_the_next_level_within_the_rulebooks_days(notice):
    below = ruled(notice)
    shown = selectors.opened_of_filer(below, at=AT)
    # Three days from Monday 18 July, that day not counted: until Thursday the 21st, 24:00.
    assert shown.further.startswith(
        "自2022年7月18日（星期一）10:00起3日（当日不计），至2022年7月21日"
    )
    late = AT + timedelta(days=4)
    assert code_of(appealed, below, at=late) == "objection_late"
    made = appealed(below, at=AT + timedelta(days=1)).objection
    assert (made.kind, made.level, made.previous_id) == ("appeal", 1, below.pk)
    assert (
        selectors.opened_for(replace(SUPERVISOR, account="90"), made, at=AT).level == "活动领导小组"
    )
    assert code_of(appealed, below, at=AT + timedelta(days=1)) == "objection_appealed"


def test_who_handled_the_level_below_does_not_handle_the_appeal(notice):
    made = appealed(ruled(notice), at=AT).objection
    for actor in (SUPERVISOR, LEADER):
        code = code_of(services.accept_objection, actor=actor, objection=made, at=AT)
        assert code in {"objection_handled_below", "separation_decided"}
    fresh = replace(SUPERVISOR, account="90")
    assert services.accept_objection(actor=fresh, objection=made, at=AT).state == "accepted"


def test_identity_goes_up_with_the_appeal_under_its_own_seal(notice):
    made = appealed(ruled(notice), at=AT).objection
    fresh = replace(SUPERVISOR, account="90")
    who = services.reveal_objector(actor=fresh, objection=made, reason="核实", at=AT)
    assert (who["name"], who["phone"]) == (OBJECTOR, PHONE)


def test_last_level_has_no_further(notice):
    below = appealed(ruled(notice), at=AT).objection
    Objection.objects.filter(pk=below.pk).update(state="ruled")
    Ruling.objects.create(
        objection=below,
        outcome="rejected",
        reason="维持。",
        proposal=0,
        decided_by="90",
        decided_at=AT,
    )
    below.refresh_from_db()
    assert selectors.opened_of_filer(below, at=AT).further == ""
    assert code_of(appealed, Objection.objects.get(pk=below.pk), at=AT) == "objection_level_last"
