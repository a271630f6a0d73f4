from django.db import migrations
from django.db.models import Q


def clear_extra_marks(apps, schema_editor):
    """Leave one usual meaning a number at most, and none where the registry has the number.

    Of several the one that was shown first stays: that of the vendor whose slug comes first.
    """
    codes = apps.get_model("codes", "StatusCode").objects.using(schema_editor.connection.alias)
    registered = codes.filter(vendor=None).values("number")
    codes.filter(Q(vendor=None) | Q(number__in=registered), usual=True).update(usual=False)
    seen = set()
    for key, number in codes.filter(usual=True).order_by("number", "vendor__slug").values_list("pk", "number"):
        if number in seen:
            codes.filter(pk=key).update(usual=False)
        seen.add(number)


class Migration(migrations.Migration):
    # Apart from the constraints: PostgreSQL alters no table that has changes waiting for their triggers.

    dependencies = [
        ('codes', '0005_choosing'),
    ]

    operations = [
        migrations.RunPython(clear_extra_marks, migrations.RunPython.noop),
    ]
