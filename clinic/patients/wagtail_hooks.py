from wagtail import hooks

from clinic.patients.viewsets import PatientViewSet


@hooks.register("register_admin_viewset")
def register_patients() -> PatientViewSet:
    return PatientViewSet()
