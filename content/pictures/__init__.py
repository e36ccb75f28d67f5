"""Pictures of the library: prepared in advance for each place that shows one, and shown from what is there.

`uses` names the places, `preparing` makes the files in a task, `markup` writes the HTML without ever making one.
"""

from content.pictures.markup import address_of, picture, read_files

__all__ = ["address_of", "picture", "read_files"]
