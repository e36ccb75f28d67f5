"""The settings of `./run` for a process whose servers are all away; faults are shown as visitors see them."""

from config.settings.dev import *

DEBUG = False
