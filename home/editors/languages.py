"""The views of a snippet, only in the languages that one writes. Wagtail's own ask about the model, not the row."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from content.translation.panels import TranslatedSnippetEditView
from home.editors.policies import languages_of

View = Callable[..., HttpResponseBase]


class LanguageIndexView(IndexView):
    """Everybody sees what there is; what leads to a change is there only for one's own languages."""

    def get_edit_url(self, instance: Any) -> str | None:
        url: str | None = super().get_edit_url(instance)
        return url if self.user_has_permission_for_instance("change", instance) else None

    def get_list_buttons(self, instance: Any) -> list[Any]:
        buttons: list[Any] = super().get_list_buttons(instance)
        return buttons if self.user_has_permission_for_instance("change", instance) else []


class WholeEditView(TranslatedSnippetEditView):
    """Says what an old version lacks. Wagtail takes it as it takes a draft, and falls over it when it is to be kept."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().form_valid(form)
        except ValidationError as fault:
            for name, faults in fault.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, faults)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            answer = self.form_invalid(form)
        return answer


class LanguageViewSet(SnippetViewSet):
    """Refuses every view about one row, and the form of a new one, in a language that one does not write."""

    index_view_class = LanguageIndexView
    edit_view_class = WholeEditView
    # Wagtail's own word would stay in the language that the process started in.
    breadcrumbs_items = [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        view: View = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **names: Any) -> HttpResponseBase:
            mine = languages_of(request.user)
            if key := names.get("pk") or (args[0] if args else None):
                language = self.model.objects.filter(pk=key).values_list("locale__language_code", flat=True).first()
                if language and language not in mine:
                    raise PermissionDenied
            elif view_class in {self.add_view_class, self.preview_on_add_view_class}:
                language = request.GET.get("locale", settings.LANGUAGE_CODE)
                if language not in mine and "locale" not in request.GET and mine:
                    return HttpResponseRedirect(f"{request.path}?locale={mine[0]}")
                if language not in mine:
                    raise PermissionDenied
            return view(request, *args, **names)

        return guarded
