"""The embedded mode of `./run`: real servers on this machine, plain HTTP on the loopback address."""

from config.settings.base import *
