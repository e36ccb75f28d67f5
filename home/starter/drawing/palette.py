"""Colours of the portraits: soft grounds, warm skins, natural hair."""

GROUNDS = {
    "mint": ("#cfe9e3", "#b5dcd3"),
    "sand": ("#f7e8cf", "#efd7ae"),
    "peach": ("#fadfd2", "#f3c8b4"),
    "sky": ("#d9e8f5", "#bcd6ec"),
    "lilac": ("#e8e1f3", "#d3c7e8"),
    "sage": ("#e0ebd5", "#c8dcb6"),
    "honey": ("#fbeec4", "#f5de94"),
    "stone": ("#e8e6e1", "#d6d2c9"),
}
"""The ground and the disc upon it."""

SKINS = {
    "fair": ("#f8d7bd", "#eebd9b", "#ef9f8b"),
    "wheat": ("#f2c9a3", "#e3ac80", "#e58f74"),
    "olive": ("#e5b58b", "#d1976a", "#d67f62"),
    "tan": ("#d29a6c", "#b97f52", "#bd6a4b"),
    "brown": ("#b27a50", "#96613b", "#a5553a"),
}
"""Skin, its shade, its blush."""

HAIRS = {
    "black": ("#2a2426", "#40373a"),
    "espresso": ("#3d2b25", "#573e35"),
    "chestnut": ("#6b432e", "#875940"),
    "auburn": ("#8a4a2f", "#a8623f"),
    "grey": ("#8d8f94", "#a9abb0"),
    "silver": ("#c4c7cb", "#dadcdf"),
}
"""Hair and its light."""

INK = "#33282a"
LIP = {"fair": "#c9635c", "wheat": "#bf5a50", "olive": "#b15247", "tan": "#9c453a", "brown": "#853a32"}
COAT, COAT_SHADE, COAT_LINE = "#fbfcfd", "#e6ecef", "#c9d4da"
