from __future__ import annotations

import os
import signal
import stat

import psycopg
import pytest

from leitai.base import postgres
from leitai.kernel.errors import DomainError


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "数据 库" / "postgres"
    yield folder
    postgres.stop(folder)


def test_a_new_cluster_speaks_chinese_and_distrusts_everyone(data):
    folder_mode = stat.S_IMODE(data.parent.parent.stat().st_mode)
    cluster = postgres.ensure(data)
    with psycopg.connect(cluster.url()) as connection:
        one = connection.execute(
            "SELECT datctype, datlocale, similarity('公共就业服务', '就业服务') > 0.3,"
            " rolsuper, current_setting('fsync'), current_setting('data_checksums'),"
            " current_setting('listen_addresses')"
            " FROM pg_database, pg_roles"
            " WHERE datname = current_database() AND rolname = current_user"
        ).fetchone()
    assert one == ("C.UTF-8", "C.UTF-8", True, False, "on", "on", "127.0.0.1")
    assert stat.S_IMODE(data.parent.parent.stat().st_mode) == folder_mode
    wrong = cluster.url().replace(cluster.app_password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong, connect_timeout=3)


def test_a_running_cluster_is_joined_and_a_killed_one_started_again(data):
    first = postgres.ensure(data)
    with psycopg.connect(first.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    pid = int((data / "postmaster.pid").read_text().split()[0])
    assert postgres.ensure(data) == first
    assert int((data / "postmaster.pid").read_text().split()[0]) == pid
    os.kill(pid, signal.SIGKILL)
    assert postgres.ensure(data) == first
    with psycopg.connect(first.url()) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "theirs").write_text("x")
    with pytest.raises(DomainError) as refused:
        postgres.ensure(tmp_path / "postgres")
    assert refused.value.code == "database_foreign"
    assert [file.name for file in (tmp_path / "postgres").iterdir()] == ["theirs"]
