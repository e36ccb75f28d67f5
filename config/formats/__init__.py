"""How dates and times are written, where Django's own choice for a language would mislead here.

Django reads this package through FORMAT_MODULE_PATH; what a module leaves out is Django's.
"""
