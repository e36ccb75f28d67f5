"""Portraits of people who do not exist: one dictionary of features makes one SVG file.

The files under `site/seed/portraits/` are what this draws from `faces.toml` beside them. Every shape is our own.
"""

from dataclasses import dataclass
from typing import Any

from home.starter.drawing.clothes import draw_coat, draw_scrubs, draw_stethoscope
from home.starter.drawing.faces import draw_beard, draw_features, draw_glasses, draw_head, draw_neck
from home.starter.drawing.hairstyles import draw_hair, draw_scarf
from home.starter.drawing.palette import GROUNDS
from home.starter.files import read_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """The features of one person; each name is a key of the tables in this package, each colour `#rrggbb`."""

    ground: str
    skin: str
    jaw: str = "oval"
    hair: str = "black"
    style: str = ""
    scarf: tuple[str, str, str] = ("", "", "")
    brows: str = "soft"
    nose: str = "straight"
    mouth: str = "smile"
    lashes: bool = False
    creases: bool = False
    beard: str = ""
    glasses: str = ""
    shirt: str = "#7fb2c4"
    collar: str = "#6ba0b3"
    tie: str = ""
    scrubs: tuple[str, str] = ("", "")
    stethoscope: bool = False
    earrings: str = ""


def draw_portrait(face: Face) -> str:
    """The portrait as an SVG document of 400 by 400 units, ending with a newline."""
    ground, disc = GROUNDS[face.ground]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">\n'
        f'<rect width="400" height="400" fill="{ground}"/><circle cx="200" cy="196" r="150" fill="{disc}"/>\n'
        f"{draw_person(face)}\n</svg>\n"
    )


def draw_person(face: Face) -> str:
    """Head and shoulders without a ground, on a canvas of 400 by 400 units."""
    wears_scarf = bool(face.scarf[0])
    behind, upon = draw_scarf(*face.scarf) if wears_scarf else draw_hair(face.style, face.hair)
    clothes = (
        draw_scrubs(*face.scrubs, face.skin) if face.scrubs[0] else draw_coat(face.shirt, face.collar, tie=face.tie)
    )
    studs = "".join(f'<circle cx="{x}" cy="192" r="4.5" fill="{face.earrings}"/>' for x in (136, 264))
    features = draw_features(
        face.skin,
        face.hair,
        brows=face.brows,
        nose=face.nose,
        mouth=face.mouth,
        lashes=face.lashes,
        creases=face.creases,
    )
    layers = [
        # A scarf falls over the coat, hair falls behind it.
        *([draw_neck(face.skin), clothes, behind] if wears_scarf else [behind, draw_neck(face.skin), clothes]),
        draw_head(face.skin, face.jaw, ears=not wears_scarf),
        studs if face.earrings else "",
        draw_beard(face.hair, face.beard, face.jaw),
        features,
        upon,
        draw_glasses(face.glasses, arms=not wears_scarf),
        draw_stethoscope() if face.stethoscope else "",
    ]
    return "\n".join(layer for layer in layers if layer)


def read_faces() -> dict[str, Face]:
    """The features of each portrait by the slug of its practitioner."""
    faces = {}
    for slug, features in read_data("portraits/faces").items():
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in features.items()
        }
        faces[slug] = Face(**values)
    return faces
