"""Which user the servers run as. PostgreSQL refuses root, so root lends them somebody else's name."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.faults import StartFault


@dataclass(frozen=True)
class Identity:
    """A user that a process can be started as by root."""

    uid: int
    gid: int

    def as_process(self) -> dict[str, Any]:
        """Arguments for `subprocess`."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, place: Path) -> bool:
        """Whether `place` can be entered (a folder) or run (a file), going by the permission bits."""
        return all(self.may_pass(each) for each in (place, *place.parents))

    def may_pass(self, place: Path) -> bool:
        try:
            found = place.stat()
        except FileNotFoundError:
            return True  # ours to make
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        return bool(found.st_mode & (0o010 if found.st_gid == self.gid else 0o001))


def choose_identity(project: Path) -> Identity | None:
    """Whom the servers run as: ourselves (None), or under root the owner of `project`, else "nobody"."""
    if os.geteuid() != 0:
        return None
    owner = project.stat()
    if owner.st_uid != 0:
        return Identity(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise StartFault(
            "PostgreSQL cannot run as root, and there is no user named nobody. Start as another user."
        ) from None
    return Identity(nobody.pw_uid, nobody.pw_gid)
