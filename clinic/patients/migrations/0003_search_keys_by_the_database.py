import django.contrib.postgres.indexes
import django.db.models.expressions
from django.db import migrations, models

# The keys by which people are found are made by the database, for every writer: docs/decisions/0038.
#
# patients_fold says the same as clinic.lib.arabic.for_search: one spelling for all that readers take for one word.
# patients_sounds is what is left of a name that two scripts spell: the consonants that both tell apart, "A" for a
# vowel or ayn at the beginning, "X", "C" and "G" for kha, shin and ghayn.
FUNCTIONS = r"""
CREATE FUNCTION patients_fold(typed text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
    replace(lower(regexp_replace(
        normalize(
            translate(
                regexp_replace(typed, '[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]', '', 'g'),
                'أإآٱىئؤةیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
                'ااااييوهيك01234567890123456789'
            ),
            NFKD
        ),
        '[\u0300-\u036f\u0653-\u0655\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'
    )), 'ß', 'ss'),
    '\s+', ' ', 'g'
));

CREATE FUNCTION patients_sound(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(regexp_replace(
    translate(
        -- Two Latin letters that stand for one of Arabic, and doubled ones.
        regexp_replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            regexp_replace(word, '^ou(?=[aeiy])', 'w'),
            'x', 'ks'), 'sch', 'C'), 'sh', 'C'), 'ch', 'C'), 'kh', 'X'), 'gh', 'G'), 'ph', 'f'), 'ck', 'k'), 'dj', 'j'),
            '([a-z])\1+', '\1', 'g'),
        'aeiouاعءqcgvpzبپتثجچحخدذرزسشصضطظغفقكگلمنهوي',
        'AAAAAAAAkkjfbdbbttjChXddrdsCsdtdGfkkjlmnhwy'
    ),
    '([td])h', '\1', 'g'),
    -- Of vowels and their like only the first of the word is told by both scripts; of a last h neither is sure.
    '(?<=.)[Awy]+', '', 'g'),
    '(?<=.)h$', ''
);

CREATE FUNCTION patients_sounds(typed text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(' ' || string_agg(sound, ' ' ORDER BY place) || ' ', '')
    FROM (
        SELECT patients_sound(word) AS sound, place
        FROM regexp_split_to_table(
            -- "Abd" is a word of its own however it is joined to the next, and the article is dropped.
            regexp_replace(regexp_replace(regexp_replace(regexp_replace(
                regexp_replace(patients_fold(typed), '[''’‘ʿʾ`´]', '', 'g'),
                '[^a-zء-يپچگ]+', ' ', 'g'),
                '(^| )عبد ?(ال)?(?=[^ ]{2})', '\1عبد ', 'g'),
                '(^| )abd ?[aeiou]+([lrsdntz]|sh)? ?(?=[a-z]{2})', '\1abd ', 'g'),
                '(^| )(ال(?=[^ اي][^ ]{2})|[ae]l(?=[^ aeiouy][^ ]{2}))', '\1', 'g'),
            ' '
        ) WITH ORDINALITY AS words (word, place)
        WHERE word !~ '^([aeiu][lrsdntz]|[aeu]sh|ال)?$'
    ) sounds
    WHERE sound <> ''
);

CREATE FUNCTION patients_sounds(name_en text, name_ar text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN patients_sounds(name_en || ' ' || name_ar);

CREATE FUNCTION patients_search_text(name_en text, name_ar text, phone text, email text, id bigint)
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '| ' || patients_fold(name_en) || ' | ' || patients_fold(name_ar) || ' | ' || phone || ' | '
    || patients_fold(email) || ' | ' || (100000 + id)::text || ' |';
"""

FORGOTTEN = """
DROP FUNCTION patients_search_text(text, text, text, text, bigint);
DROP FUNCTION patients_sounds(text, text);
DROP FUNCTION patients_sounds(text);
DROP FUNCTION patients_sound(text);
DROP FUNCTION patients_fold(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0002_find_by_email'),
    ]

    operations = [
        migrations.RunSQL(sql=FUNCTIONS, reverse_sql=FORGOTTEN),
        migrations.RemoveIndex(model_name='patient', name='patient_search'),
        migrations.RemoveField(model_name='patient', name='search_text'),
        migrations.AddField(
            model_name='patient',
            name='search_text',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.Func('name_en', 'name_ar', 'phone', 'email', 'id', function='patients_search_text'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='patient',
            name='search_sounds',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.Func('name_en', 'name_ar', function='patients_sounds'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='patient_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_sounds'], name='patient_sounds', opclasses=['gin_trgm_ops']),
        ),
    ]
