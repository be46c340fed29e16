"""A cache that every process sees: what may be used once is used once, wherever it is tried.

Unlogged: after a power cut it is simply empty. The columns are those of Django's database cache.
"""

from django.db import migrations

CACHE = """
CREATE UNLOGGED TABLE base_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX base_cache_expires ON base_cache (expires)
"""


class Migration(migrations.Migration):

    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunSQL(CACHE, "DROP TABLE base_cache")]
