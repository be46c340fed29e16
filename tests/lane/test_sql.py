"""Each statement of the lane is prepared against the migrated database."""

import pytest

from leitai.lane import seats, sql
from leitai.lane.database import connect
from leitai.sittings.enums import IncidentKind, SittingState


@pytest.mark.parametrize("name", sorted(sql.STATEMENTS))
async def test_statement_is_understood_by_the_migrated_database(name, database):
    statement = await database.prepare(sql.STATEMENTS[name])

    assert statement.get_query() == sql.STATEMENTS[name]


def test_every_statement_of_the_file_is_in_the_contract():
    constants = {name for name in vars(sql) if name.isupper() and name != "STATEMENTS"}

    assert constants == set(sql.STATEMENTS)


def test_states_are_those_of_the_room():
    ours = {seats.OPEN, seats.WAITING, seats.HANDED_IN, seats.CLOSED, seats.VOID, seats.CANCELLED}
    assert ours | {"absent"} == set(SittingState.values)
    assert {"take_over", "late"} <= set(IncidentKind.values)


async def test_a_session_of_the_lane_waits_for_the_disk(lane_settings):
    connection = await connect(lane_settings, "test")
    try:
        assert await connection.fetchval("SHOW synchronous_commit") == "on"
    finally:
        await connection.close()
