"""The board: a day or a week of a location in columns, as data for its script."""

from clinic.desk.board.asked import Asked, BoardForm
from clinic.desk.board.data import board_of

__all__ = ["Asked", "BoardForm", "board_of"]
