from wagtail.snippets.models import register_snippet

from content.search.viewsets import SynonymsViewSet

register_snippet(SynonymsViewSet)
