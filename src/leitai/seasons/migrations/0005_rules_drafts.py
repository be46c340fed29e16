import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seasons', '0004_rule_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='RulesDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('next_code', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('open', '编写中'), ('adopted', '已采用'), ('dropped', '已放弃')], default='open', max_length=12)),
                ('text', models.TextField()),
                ('revision', models.PositiveIntegerField()),
                ('editor', models.CharField(max_length=64)),
                ('editor_name', models.CharField(max_length=120)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '规则草稿',
                'ordering': ['season', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RulesRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('begun', '建立草稿'), ('uploaded', '上传文件'), ('written', '改写全文'), ('expanded', '展开为全文'), ('changed', '修改'), ('added', '新增'), ('removed', '删去'), ('moved', '调整次序'), ('rebased', '并入新版本'), ('restored', '恢复到'), ('undone', '撤销'), ('redone', '重做')], max_length=12)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField()),
                ('problems', models.PositiveIntegerField()),
                ('saved_by', models.CharField(max_length=64)),
                ('saved_name', models.CharField(max_length=120)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '规则草稿的修改',
                'ordering': ['draft', 'number'],
            },
        ),
        migrations.AddConstraint(
            model_name='assumptionconfirmation',
            constraint=models.UniqueConstraint(fields=('season', 'key', 'answer'), name='assumption_confirmed_once'),
        ),
        migrations.AddField(
            model_name='rulesdraft',
            name='base',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seasons.seasonrules'),
        ),
        migrations.AddField(
            model_name='rulesdraft',
            name='season',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_drafts', to='seasons.season'),
        ),
        migrations.AddField(
            model_name='rulesrevision',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='seasons.rulesdraft'),
        ),
        migrations.AddConstraint(
            model_name='rulesdraft',
            constraint=models.UniqueConstraint(fields=('season', 'number'), name='rules_draft_number'),
        ),
        migrations.AddConstraint(
            model_name='rulesrevision',
            constraint=models.UniqueConstraint(fields=('draft', 'number'), name='rules_revision_number'),
        ),
    ]
