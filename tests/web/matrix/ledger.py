"""A certificate's revocation, proposed in the home season by somebody who is none of ours."""

from leitai.certificates.models import Certificate
from leitai.ledger import services
from tests.factories import people
from tests.world import HOME

FORMS = {"ledger:reject": {"reason": "理由不足"}}
NO_PAGE = {"/ledger/<slug:season>/export/"}


def things(world, _place):
    certificate = Certificate.objects.order_by("serial").first()
    proposal = services.propose(
        actor=people.actor("office", season=HOME, account="somebody-else"),
        deed="certificate.revoke",
        chain=HOME,
        subject=f"certificate:{certificate.serial}",
        data={"serial": certificate.serial, "host": "51/"},
        reason="姓名有误",
        level="province",
        at=world.now,
    )
    return {"seq": 1, "proposal": proposal.pk}
