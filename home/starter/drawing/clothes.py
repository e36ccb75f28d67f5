"""What people wear: a white coat over a shirt, scrubs, a tie, a stethoscope."""

from home.starter.drawing.palette import COAT, COAT_LINE, COAT_SHADE, SKINS

SHOULDERS = (
    "M44 400C46 342 78 316 128 302C150 296 164 290 172 280Q200 316 228 280C236 290 250 296 272 302"
    "C322 316 354 342 356 400Z"
)


def draw_coat(shirt: str, collar: str, *, tie: str) -> str:
    """A white coat, open over a shirt; `tie` is a colour or empty."""
    knot = (
        f'<path d="M191 308L200 302L209 308L206 322H194Z" fill="{tie}"/>'
        f'<path d="M194 322H206L213 378L200 400L187 378Z" '
        f'fill="{tie}"/><path d="M195 322H205L203 328H197Z" fill="#000" opacity=".14"/>'
        if tie
        else ""
    )
    lapels = "".join(
        f'<path d="M{200 + turn * 32} 280C{200 + turn * 44} 288 {200 + turn * 54} 294 {200 + turn * 62} 299'
        f"L{200 + turn * 74} 340L{200 + turn * 54} 344L{200 + turn * 60} 356L{200 + turn * 14} 400H{200 + turn * 2}"
        f'Q{200 + turn * 10} 340 {200 + turn * 32} 280Z" fill="{COAT}" stroke="{COAT_LINE}" stroke-width="2.5" '
        'stroke-linejoin="round"/>'
        for turn in (-1, 1)
    )
    points = "".join(
        f'<path d="M{200 + turn * 31} 279L{200 + turn * 2} 308L{200 + turn * 24} 330L{200 + turn * 42} 290Z" '
        f'fill="{collar}"/>'
        for turn in (-1, 1)
    )
    return (
        f'<path d="{SHOULDERS}" fill="{COAT}"/><path d="M172 280Q200 318 228 280L236 290L214 400H186L164 290Z" '
        f'fill="{shirt}"/>{knot}{points}{lapels}'
        f'<path d="M96 400Q92 366 102 346M304 400Q308 366 298 346" fill="none" stroke="{COAT_LINE}" stroke-width="2.5" '
        'stroke-linecap="round"/>'
        f'<path d="M258 368h42v32h-42z" fill="{COAT_SHADE}"/><path d="M258 368h42" stroke="{COAT_LINE}" '
        'stroke-width="3"/>'
    )


def draw_scrubs(cloth: str, trim: str, skin: str) -> str:
    """A V-necked tunic, as physiotherapists and dentists wear it."""
    base, shade, _ = SKINS[skin]
    return (
        f'<path d="{SHOULDERS}" fill="{cloth}"/>'
        f'<path d="M168 284L200 336L232 284L226 276Q200 300 174 276Z" fill="{base}"/>'
        f'<path d="M174 280Q200 304 226 280L222 292Q200 310 178 292Z" fill="{shade}" opacity=".6"/>'
        f'<path d="M166 286L200 340L234 286" fill="none" stroke="{trim}" stroke-width="7" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
        f'<path d="M96 400Q92 366 102 346M304 400Q308 366 298 346" fill="none" stroke="{trim}" stroke-width="3" '
        'stroke-linecap="round"/>'
        f'<path d="M252 360h44v40h-44z" fill="{trim}" opacity=".55"/>'
    )


def draw_stethoscope() -> str:
    return (
        '<g fill="none" stroke="#3c4a52" stroke-width="7" stroke-linecap="round">'
        '<path d="M160 288C140 318 142 352 160 372M240 288C262 316 262 340 250 352"/></g>'
        '<circle cx="248" cy="362" r="13" fill="#3c4a52"/><circle cx="248" cy="362" r="7" fill="#9fb0b8"/>'
        '<path d="M160 372q-10 4-10 16v12m10-28q10 4 10 16v12" fill="none" stroke="#3c4a52" stroke-width="5"/>'
    )
