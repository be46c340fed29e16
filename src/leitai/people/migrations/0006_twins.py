from django.db import migrations, models

# Name and day of birth stand in two tables: looking for namesakes born on one day would join and
# sort a whole province. One digest of both, with an index, says it at once.
DIGEST = """
substr(sha256(convert_to(person.name, 'UTF8') || {personal}.birth_digest), 1, 16)
"""
FILL = f"""
UPDATE people_personal personal SET twin_digest = {DIGEST.format(personal="personal")}
FROM people_person person
WHERE person.id = personal.person_id AND personal.birth_digest IS NOT NULL
"""
KEEP = f"""
CREATE FUNCTION people_twin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.twin_digest := (
        SELECT {DIGEST.format(personal="NEW")} FROM people_person person
        WHERE person.id = NEW.person_id AND NEW.birth_digest IS NOT NULL
    );
    RETURN NEW;
END $$;

CREATE FUNCTION people_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE people_personal SET birth_digest = birth_digest WHERE person_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER people_twin BEFORE INSERT OR UPDATE ON people_personal
    FOR EACH ROW EXECUTE FUNCTION people_twin();

CREATE TRIGGER people_renamed AFTER UPDATE OF name ON people_person
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION people_renamed();
"""
DROP = """
DROP TRIGGER people_renamed ON people_person;
DROP TRIGGER people_twin ON people_personal;
DROP FUNCTION people_renamed();
DROP FUNCTION people_twin();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_guest_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='personal',
            name='twin_digest',
            field=models.BinaryField(max_length=16, null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, DROP),
        migrations.AddIndex(
            model_name='personal',
            index=models.Index(condition=models.Q(('twin_digest__isnull', False)), fields=['twin_digest'], name='personal_twin'),
        ),
    ]
