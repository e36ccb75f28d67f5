"""The head: its shape, ears, eyes, nose, mouth, beard and glasses. All on a canvas of 400 by 400."""

from home.starter.drawing.palette import HAIRS, INK, LIP, SKINS

JAWS = {
    "round": "M138 158C138 108 163 86 200 86S262 108 262 158C262 208 240 246 200 246S138 208 138 158Z",
    "oval": "M140 156C140 108 164 86 200 86S260 108 260 156C260 206 232 250 200 250S140 206 140 156Z",
    "square": "M138 156C138 108 163 86 200 86S262 108 262 156C262 188 259 206 250 222C241 238 222 250 200 250"
    "S159 238 150 222C141 206 138 188 138 156Z",
}
BROWS = {
    "soft": "M161 149Q174 139 188 145M212 145Q226 139 239 149",
    "flat": "M160 147Q174 141 189 146M211 146Q226 141 240 147",
    "arched": "M161 150Q172 136 188 143M212 143Q228 136 239 150",
}
NOSES = {
    "button": "M193 196Q200 203 207 196",
    "straight": "M201 172Q195 188 192 195Q195 201 203 200",
    "strong": "M203 168Q196 186 190 194Q193 203 206 201",
}


def draw_neck(skin: str) -> str:
    """The neck with the shadow of the chin; drawn before clothes and head."""
    base, shade, _ = SKINS[skin]
    return (
        f'<path d="M172 220V282Q172 312 200 312T228 282V220Z" fill="{base}"/>'
        f'<path d="M172 236Q200 272 228 236V252Q204 284 172 262Z" fill="{shade}"/>'
    )


def draw_head(skin: str, jaw: str, *, ears: bool) -> str:
    base, shade, blush = SKINS[skin]
    sides = "".join(
        f'<ellipse cx="{x}" cy="172" rx="12" ry="17" fill="{base}"/>'
        f'<path d="M{x - turn * 3} 163q{turn * 7} 6 {turn * 1} 17" fill="none" stroke="{shade}" stroke-width="3.5" '
        f'stroke-linecap="round"/>'
        for x, turn in ((137, -1), (263, 1))
    )
    cheeks = "".join(f'<ellipse cx="{x}" cy="203" rx="14" ry="9" fill="{blush}" opacity=".38"/>' for x in (163, 237))
    return f'{sides if ears else ""}<path d="{JAWS[jaw]}" fill="{base}"/>{cheeks}'


def draw_features(skin: str, hair: str, *, brows: str, nose: str, mouth: str, lashes: bool, creases: bool) -> str:
    """Brows, eyes, nose and mouth."""
    shade, brow = SKINS[skin][1], HAIRS[hair][0] if hair != "silver" else HAIRS["grey"][0]
    parts = [f'<path d="{BROWS[brows]}" fill="none" stroke="{brow}" stroke-width="5.5" stroke-linecap="round"/>']
    for x, turn in ((175, -1), (225, 1)):
        parts.append(f'<ellipse cx="{x}" cy="170" rx="6" ry="7.5" fill="{INK}"/>')
        parts.append(f'<circle cx="{x + 2}" cy="167" r="2.1" fill="#fff"/>')
        if lashes:
            parts.append(
                f'<path d="M{x - turn * 8} 164Q{x} 156 {x + turn * 9} 163l{turn * 4}-4" fill="none" stroke="{INK}" '
                'stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/>'
            )
        if creases:
            parts.append(
                f'<path d="M{x + turn * 15} 166l{turn * 6}-3m{-turn * 6} 8l{turn * 7} 1" fill="none" stroke="{shade}" '
                'stroke-width="2.4" stroke-linecap="round"/>'
            )
    parts.append(
        f'<path d="{NOSES[nose]}" fill="none" stroke="{shade}" stroke-width="4.5" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )
    return "".join(parts) + draw_mouth(skin, mouth)


def draw_mouth(skin: str, mouth: str) -> str:
    if mouth == "laugh":
        return (
            '<path d="M177 211Q200 219 223 211Q219 236 200 236T177 211Z" fill="#7c2f2f"/>'
            '<path d="M180 212Q200 219 220 212Q219 220 215 222Q200 226 185 222Q181 220 180 212Z" fill="#fff"/>'
        )
    curve = {"smile": "M178 213Q200 233 222 213", "calm": "M182 217Q200 228 218 217", "wry": "M180 216Q202 231 222 212"}
    return f'<path d="{curve[mouth]}" fill="none" stroke="{LIP[skin]}" stroke-width="5.5" stroke-linecap="round"/>'


def draw_beard(hair: str, beard: str, jaw: str) -> str:
    """What grows below the nose; the mouth is drawn upon it."""
    base = HAIRS[hair][0]
    full = (
        "M138 172C140 184 148 192 155 202C164 207 176 206 186 203Q200 199 214 203C224 206 236 207 245 202"
        "C252 192 260 184 262 172C263 226 240 258 200 258S137 226 138 172Z"
    )
    shapes = {
        "": "",
        "full": f'<path d="{full}" fill="{base}"/>',
        "stubble": f'<clipPath id="jaw"><path d="{JAWS[jaw]}"/></clipPath>'
        f'<path d="{full}" fill="{base}" opacity=".26" clip-path="url(#jaw)"/>',
        "moustache": f'<path d="M170 212Q176 202 192 203Q200 205 208 203Q224 202 230 212Q214 210 200 210T170 212Z" '
        f'fill="{base}"/>',
        "goatee": f'<path d="M172 213Q178 202 200 203T228 213Q230 252 200 254T172 213ZM181 214Q200 208 219 214'
        f'Q218 232 200 232T181 214Z" fill="{base}" fill-rule="evenodd"/>',
    }
    return shapes[beard]


def draw_glasses(glasses: str, *, arms: bool) -> str:
    frames = {
        "": "",
        "round": '<circle cx="175" cy="171" r="21"/><circle cx="225" cy="171" r="21"/><path d="M196 168q4-4 8 0"/>',
        "square": '<rect x="152" y="154" width="42" height="34" rx="9"/><rect x="206" y="154" width="42" height="34" '
        'rx="9"/><path d="M194 166q6-4 12 0"/>',
    }
    if not glasses:
        return ""
    sides = '<path d="M153 166l-13-4M247 166l13-4" stroke-linecap="round"/>' if arms else ""
    return f'<g fill="#fff" fill-opacity=".1" stroke="{INK}" stroke-width="4">{frames[glasses]}{sides}</g>'
