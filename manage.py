#!/usr/bin/env python
import sys

from config.values import EnvironmentFault

if __name__ == "__main__":
    try:
        from config.env import point_at_settings
    except EnvironmentFault as fault:
        sys.exit(f"Iyada: {fault}")
    point_at_settings()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"Iyada: {fault}")
