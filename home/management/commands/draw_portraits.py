from typing import Any

from django.core.management.base import BaseCommand

from home.starter.drawing.portraits import draw_portrait, read_faces
from home.starter.drawing.team import draw_team
from home.starter.files import picture


class Command(BaseCommand):
    help = "Draws site/seed/portraits/*.svg anew from faces.toml. For those who work on the starter clinic."

    def handle(self, **options: Any) -> None:
        for slug, face in read_faces().items():
            picture(f"portraits/{slug}").write_text(draw_portrait(face), encoding="utf-8")
            self.stdout.write(slug)
        picture("pictures/team").write_text(draw_team(read_faces()), encoding="utf-8")
