"""What `./run` can do, one module for each command. `python -m config.commands` is its second half:

the first half, the file `run`, has found a Python and installed the packages.
"""
