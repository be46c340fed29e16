"""Words for search and a counter for doors: SQL that no model of ours describes.

`leitai_bigrams` gives every two neighbouring characters of a text, lower case, so that a search
for a Chinese word of two characters uses an index (trigrams never do).
"""

from django.db import migrations

BIGRAMS = """
CREATE FUNCTION leitai_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), at, 2)), '{}')
    FROM generate_series(1, greatest(char_length(words) - 1, 1)) AS at
$$
"""
DOOR = """
CREATE UNLOGGED TABLE base_door (
    door text NOT NULL,
    opened_at timestamptz NOT NULL,
    tries integer NOT NULL,
    PRIMARY KEY (door)
)
"""


class Migration(migrations.Migration):

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION leitai_bigrams(text)"),
        migrations.RunSQL(DOOR, "DROP TABLE base_door"),
    ]
