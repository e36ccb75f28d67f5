from django.apps import AppConfig


class StarterConfig(AppConfig):
    name = "home.starter"
    label = "starter"
