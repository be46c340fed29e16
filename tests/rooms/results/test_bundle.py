"""The bundle that leaves the house verifies, names its signer, and shows any change."""

import json

import pytest
from django.conf import settings

from leitai.base.actor import NOBODY
from leitai.kernel.errors import DomainError
from leitai.keyring import Keyring
from leitai.results import services
from leitai.rulebook import bundle
from tests.factories import results as small
from tests.factories.results import AT, OFFICE

pytestmark = pytest.mark.django_db


def write(season):
    return services.write_bundle(actor=OFFICE, season=season, at=AT)


def test_bundle_of_the_whole_season_verifies():
    season = small.at_final()
    small.held(season, "final")
    path = write(season)
    assert (
        path == (settings.LEITAI_FILES / "bundles/small-contest-20220718T020000Z.jsonl").resolve()
    )
    fingerprint = Keyring.load(settings.LEITAI_KEYS).current("results").fingerprint
    verdict = bundle.verify(path.read_bytes(), trusted=fingerprint)
    assert (verdict.ok, verdict.fingerprint, verdict.differences) == (True, fingerprint, ())
    kinds = [json.loads(line)["kind"] for line in path.read_text().splitlines()]
    assert {kind: kinds.count(kind) for kind in ("delegation", "entry", "score", "award")} == {
        "delegation": 4,
        "entry": 11 + 11 + 6,
        "score": 11 + 6,
        "award": 7,
    }


def test_changed_bundle_does_not_verify():
    season = small.at_final()
    small.held(season, "final")
    data = write(season).read_bytes()
    changed = data.replace(b'"rank":1', b'"rank":2', 1)
    assert bundle.verify(changed, trusted=None).ok is False


def test_bundle_after_the_heat_has_what_holds_so_far():
    season = small.at_heat()
    with pytest.raises(DomainError) as refused:
        write(season)
    assert (refused.value.code, refused.value.data) == ("bundle_not_confirmed", {"stage": "晋级赛"})
    small.held(season, "heat")
    read = bundle.read(write(season).read_bytes())
    assert {entry.stage for entry in read.entries} == {"selection", "heat"}
    assert len(read.outcome.advancement) == 11 + 6


def test_bundle_waits_for_a_correction():
    season = small.at_heat()
    small.held(season, "heat")
    small.score(season, "heat", {"5101-3": (6100, 2000, 3000)})
    with pytest.raises(DomainError, match="result_stale"):
        write(season)


def test_drawn_tie_is_in_the_bundle():
    season = small.at_heat({**small.HEAT, "5103-3": small.HEAT["5103-2"]})
    result = services.compute_stage(actor=OFFICE, season=season, stage="heat", at=AT)
    result = services.resolve_by_draw(
        actor=OFFICE, result=result, index=0, numbers=[2, 4], note="见证人岑雪桥", at=AT
    )
    services.confirm_result(actor=OFFICE, result=result, at=AT)
    read = bundle.read(write(season).read_bytes())
    assert [(one.board, one.how, one.note) for one in read.resolutions] == [
        ("team:5103", "draw", "见证人岑雪桥")
    ]


def test_strangers_get_no_bundle():
    season = small.at_heat()
    small.held(season, "heat")
    with pytest.raises(DomainError, match="forbidden"):
        services.write_bundle(actor=NOBODY, season=season, at=AT)
