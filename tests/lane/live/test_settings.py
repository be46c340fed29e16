"""Where the stage listens and where browsers find it."""

import pytest

from leitai.lane.live import settings


def test_the_stage_listens_beside_the_lane():
    assert settings.stage_bind({}) == "127.0.0.1:8002"
    assert settings.watch_bind({"LEITAI_LANE_BIND": "[::1]:9100"}) == "[::1]:9102"
    assert settings.stage_bind({"LEITAI_LANE_BIND": "127.0.0.1:0"}) == "127.0.0.1:0"
    assert settings.stage_bind({"LEITAI_STAGE_BIND": "0.0.0.0:7"}) == "0.0.0.0:7"
    found = settings.watch_settings(
        {"LEITAI_DATABASE_URL": "x", "LEITAI_KEYS": "k", "LEITAI_LANE_BIND": "127.0.0.1:50"}
    )
    assert (found.host, found.port) == ("127.0.0.1", 52)
    assert settings.stage_url({"LEITAI_LANE_BIND": "127.0.0.1:50"}) == "ws://127.0.0.1:51"
    assert settings.stage_url({"LEITAI_STAGE_FEED": "ws://stage:1"}) == "ws://stage:1"


@pytest.mark.parametrize(
    ("lane", "stage"),
    [
        ("http://127.0.0.1:8001", "ws://127.0.0.1:8002"),
        ("http://[::1]:8001", "ws://[::1]:8002"),
        ("https://lt.example.gov.cn", "wss://lt.example.gov.cn"),
        ("https://lt.example.gov.cn:8443", "wss://lt.example.gov.cn:8444"),
    ],
)
def test_a_browser_finds_the_stage_from_the_lanes_address(lane, stage):
    assert settings.public_url(lane, 1) == stage
