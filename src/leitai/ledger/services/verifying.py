"""Verify a chain link by link, and against signed checkpoints, so that a cut tail shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitai.kernel import canonical
from leitai.kernel import chain as hashing
from leitai.kernel.errors import DomainError
from leitai.ledger.enums import Fault
from leitai.ledger.models import LedgerEntry
from leitai.ledger.services.appending import instant
from leitai.ledger.services.claims import Claim, claims_of, standing_of

_FOUND = {
    "": ngettext_lazy("%(count)s条记录首尾相连", "%(count)s条记录首尾相连", "count"),
    Fault.LINK: _("自第%(seq)s条起不相连"),
    Fault.CUT: _("检查点载明%(claimed)s条，现只有%(count)s条"),
    Fault.HEAD: _("第%(claimed)s条与检查点所载摘要不符"),
    Fault.FORGED: _("载明%(claimed)s条的检查点签名不符，不是由本系统签发"),
    Fault.KEY: _("载明%(claimed)s条的检查点，签名密钥不在本机，无法核验"),
}
_NEWEST = ngettext_lazy("最近%(count)s条记录首尾相连", "最近%(count)s条记录首尾相连", "count")
PAGE_LIMIT = 1000  # entries that a page walks at most


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """`count` links hold; `head` is the last one's digest. `broken` is the first bad number.

    `since` entries were not walked; a checkpoint vouched for the first `vouched` of them, the
    others a page leaves out.
    `fault` says what is wrong; `claimed` is the count of the checkpoint that disagrees. `rows`
    are all that the table has, where they were counted.
    """

    ok: bool
    count: int
    head: str
    broken: int | None = None
    since: int = 0
    fault: str = ""
    claimed: int = 0
    rows: int = 0
    vouched: int = 0

    @property
    def left_out(self) -> int:
        """How many neither a checkpoint vouched for nor this walk has seen."""
        return self.since - self.vouched

    @property
    def walked(self) -> int:
        return self.count - self.since

    @property
    def first_left_out(self) -> int:
        return self.vouched + 1

    @property
    def fault_label(self) -> str:
        return str(Fault(self.fault).label) if self.fault else ""

    @property
    def sentence(self) -> str:
        """What was found, for people."""
        if self.ok and self.left_out:
            return str(_NEWEST % {"count": self.walked})
        told = {"count": self.count, "seq": self.broken, "claimed": self.claimed}
        return str(_FOUND[self.fault] % told)  # not str() first: a count chooses its form


def verify_chain(chain: str) -> ChainVerdict:
    """Walk the chain from its first link: numbers, links, digests, and the columns beside them."""
    return verify_entries(LedgerEntry.objects.filter(chain=chain).order_by("seq").iterator())


def verify_against(chain: str, claims: Iterable[Claim]) -> ChainVerdict:
    """The whole chain, and every claim about it: signature, count and head."""
    judged = [(standing_of(claim), claim) for claim in claims]
    good = sorted((c for fault, c in judged if not fault), key=lambda one: one.count)
    heads = {claim.count: "" for claim in good}
    entries = LedgerEntry.objects.filter(chain=chain).order_by("seq")
    verdict = verify_entries(entries.iterator(), heads=heads)
    if not verdict.ok:
        return verdict
    for claim in good:
        if claim.count > verdict.count:
            return _wrong(verdict, Fault.CUT, claim.count)
        if claim.head != heads[claim.count]:
            return _wrong(verdict, Fault.HEAD, claim.count)
    for fault in (Fault.FORGED, Fault.KEY):
        for found, claim in judged:
            if found == fault:
                return _wrong(verdict, fault, claim.count)
    return verdict


def verify_since_checkpoint(chain: str) -> ChainVerdict:
    """For pages: from the newest checkpoint on, and never more than PAGE_LIMIT entries.

    What lies before is counted, not walked: `leitai ledger verify` walks it.
    """
    entries = LedgerEntry.objects.filter(chain=chain)
    told = entries.aggregate(rows=Count("id"), last=Max("seq"))
    rows, last = told["rows"], told["last"] or 0
    return replace(_since(chain, entries, rows, last), rows=rows)


def _since(chain: str, entries: QuerySet[LedgerEntry], rows: int, last: int) -> ChainVerdict:
    claim, standing = _newest(claims_of(chain, newest=2))
    if claim is not None and standing == Fault.FORGED:
        return ChainVerdict(False, rows, "", None, rows, Fault.FORGED, claim.count)
    vouched = claim.count if claim else 0
    if vouched > last:
        return ChainVerdict(False, rows, "", None, rows, Fault.CUT, vouched)
    start = max(vouched, last - PAGE_LIMIT)
    found = list(entries.filter(Q(seq=vouched) | Q(seq__gte=max(start, 1))).order_by("seq"))
    known = {entry.seq: bytes(entry.digest) for entry in found}
    if claim and known.get(vouched, b"").hex() != claim.head:
        return ChainVerdict(False, rows, "", vouched, start, Fault.HEAD, vouched)
    if start not in known and start:
        return ChainVerdict(False, rows, "", start, start, Fault.LINK)
    verdict = verify_entries(
        (entry for entry in found if entry.seq > start),
        prev=known.get(start, hashing.GENESIS),
        count=start,
    )
    if verdict.ok and rows != verdict.count:
        return _wrong(replace(verdict, count=rows, since=start), Fault.CUT, verdict.count)
    return replace(verdict, since=start, vouched=vouched)


def verify_entries(
    entries: Iterable[LedgerEntry],
    *,
    prev: bytes = hashing.GENESIS,
    count: int = 0,
    heads: dict[int, str] | None = None,
) -> ChainVerdict:
    """Entries that follow `count` others with the head `prev`; `heads` is filled where asked."""
    for entry in entries:
        payload = bytes(entry.payload)
        holds = (
            entry.seq == count + 1
            and bytes(entry.prev_digest) == prev
            and bytes(entry.digest) == hashing.link(prev, payload)
            and _told(entry, payload)
        )
        if not holds:
            return ChainVerdict(False, count, prev.hex(), entry.seq, fault=Fault.LINK)
        prev, count = bytes(entry.digest), count + 1
        if heads is not None and count in heads:
            heads[count] = prev.hex()
    return ChainVerdict(ok=True, count=count, head=prev.hex())


def _newest(claims: Sequence[Claim]) -> tuple[Claim | None, str]:
    """The newest whose key is at hand; one whose key was retired gives way to the one before."""
    for claim in claims:
        standing = standing_of(claim)
        if standing != Fault.KEY:
            return claim, standing
    return None, ""


def _wrong(verdict: ChainVerdict, fault: Fault, claimed: int) -> ChainVerdict:
    return replace(verdict, ok=False, fault=fault, claimed=claimed)


def _told(entry: LedgerEntry, payload: bytes) -> bool:
    """Whether the columns that pages list say the same as the hashed payload."""
    try:
        told = canonical.decode(payload)
    except DomainError:
        return False
    columns = {
        "act": entry.act,
        "actor": entry.actor,
        "at": instant(entry.at),
        "seq": entry.seq,
        "subject": entry.subject,
    }
    by = told.get("data", {}).get("by")
    return {key: told.get(key) for key in columns} == columns and by == entry.by
