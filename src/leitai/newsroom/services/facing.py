"""A season's face: what the home page and the foot of every page say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from leitai.base.actor import Actor
from leitai.kernel.errors import DomainError
from leitai.ledger import services as ledger
from leitai.newsroom.assets import keep_assets
from leitai.newsroom.enums import MediaKind
from leitai.newsroom.models import SeasonFace
from leitai.newsroom.services.common import demand_desk
from leitai.seasons.models import Season


@dataclass(frozen=True, slots=True)
class Face:
    host_words: str = ""
    welcome: str = ""
    record_number: str = ""
    police_number: str = ""
    telephone: str = ""
    hours: str = ""
    address: str = ""
    banner_alt: str = ""


@transaction.atomic
def set_face(
    *,
    actor: Actor,
    season: Season,
    face: Face,
    uploads: Sequence[str] = (),
    no_banner: bool = False,
    at: datetime,
) -> SeasonFace:
    demand_desk(actor, season)
    if len(uploads) > 1:
        raise DomainError("newsroom_banner_many")
    held = SeasonFace.objects.select_for_update().filter(season=season).first()
    held = held or SeasonFace(season=season)
    for name, value in asdict(face).items():
        setattr(held, name, value.strip())
    if no_banner:
        held.banner = None
    for asset in keep_assets(actor=actor, season=season, unit=None, uploads=uploads, at=at):
        if asset.kind != MediaKind.PICTURE:
            raise DomainError("newsroom_banner_many")
        held.banner = asset
    if held.banner is not None and not held.banner_alt:
        raise DomainError("newsroom_banner_alt")
    held.changed_at, held.changed_name = at, actor.name
    held.save()
    ledger.append(
        chain=season.code,
        actor=actor,
        act="newsroom.face_set",
        subject=f"season:{season.code}",
        data={"record": held.record_number or "—", "telephone": held.telephone or "—"},
        at=at,
    )
    return held
