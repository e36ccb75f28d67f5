"""Three of the team before the hills of the north, for a hero of the home page: 600 by 720 units."""

from collections.abc import Mapping

from home.starter.drawing.portraits import Face, draw_person

# Who stands where, from the back to the front: slug, left edge, top edge, scale.
PLACES = [("sami-barakat", -70, 150, 1.0), ("rania-masri", 270, 158, 1.0), ("layla-haddad", 66, 252, 1.17)]
NEAR_HILL = '<path d="M0 544C110 496 200 500 300 530S500 490 600 540V720H0Z" fill="#5f8f76"/>'
SCENE = (
    '<rect width="600" height="720" fill="#fae5d6"/><circle cx="300" cy="240" r="190" fill="#f6cf8f"/>'
    '<circle cx="300" cy="240" r="140" fill="#eeb04f"/>'
    '<path d="M0 380C90 300 190 300 290 350S500 280 600 330V720H0Z" fill="#a9c7b4"/>'
    '<path d="M0 470C120 400 240 420 330 450S520 400 600 440V720H0Z" fill="#7fa88f"/>'
)


def draw_team(faces: Mapping[str, Face]) -> str:
    *behind, front = (
        f'<g transform="translate({x} {y}) scale({scale})">{draw_person(faces[slug])}</g>'
        for slug, x, y, scale in PLACES
    )
    people = "\n".join([*behind, NEAR_HILL, front])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="720" viewBox="0 0 600 720">\n'
        f"{SCENE}\n{people}\n</svg>\n"
    )
