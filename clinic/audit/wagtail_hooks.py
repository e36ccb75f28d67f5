from wagtail import hooks

from clinic.audit.viewsets import AuditViewSet


@hooks.register("register_admin_viewset")
def register_audit() -> AuditViewSet:
    return AuditViewSet()
