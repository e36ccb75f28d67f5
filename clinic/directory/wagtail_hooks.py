from wagtail import hooks

from clinic.directory.viewsets import ClinicGroup


@hooks.register("register_admin_viewset")
def register_clinic() -> ClinicGroup:
    return ClinicGroup()
