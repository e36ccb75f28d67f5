from config.translations.sources import messages_of


def test_a_template_yields_its_texts_as_django_looks_them_up() -> None:
    template = """{% load i18n %}
    <p>"an open quotation { [</p>
      {% translate "A page" %} {% translate "May" context "month" %} {{ _("Filtered")|upper }}
    {% include "x.html" with label=_("A label") %}
    {% blocktranslate trimmed count n=visits with name=who %}
        {{ n }} visit of {{ name }}
    {% plural %}
        {{ n }} visits of {{ name }}
    {% endblocktranslate %}
    {# {% translate "Not shown" %} #}
    {% blocktranslate trimmed %}
        Up to 50% of
        the visits
    {% endblocktranslate %}"""
    assert [message.key for message in messages_of(template, name="templates/a.html")] == [
        ("", "A page", ""),
        ("month", "May", ""),
        ("", "Filtered", ""),
        ("", "A label", ""),
        ("", "%(n)s visit of %(name)s", "%(n)s visits of %(name)s"),
        ("", "Up to 50%% of the visits", ""),
    ]


def test_python_yields_every_kind_of_text() -> None:
    source = """
title = _("A title of "
          "two lines")
pgettext_lazy("verb", "Book")
ngettext_lazy("%(n)d day", "%(n)d days", "n")
npgettext("age", "%d year", "%d years", n)
gettext(variable)
"""
    assert [message.key for message in messages_of(source, name="clinic/a.py")] == [
        ("", "A title of two lines", ""),
        ("verb", "Book", ""),
        ("", "%(n)d day", "%(n)d days"),
        ("age", "%d year", "%d years"),
    ]


def test_a_text_says_which_file_it_stands_in() -> None:
    (message,) = messages_of('_("Today")', name="clinic/desk/a.py")
    assert message.files == {"clinic/desk/a.py"}
