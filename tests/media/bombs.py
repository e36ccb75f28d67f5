"""Small files that announce enormous pictures."""

import struct
import zlib
from io import BytesIO

from PIL import Image as Pillow


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side: int, *, true: bool = True) -> bytes:
    """A black square of `side` pixels in colour; without its pixels when it is not `true`."""
    packed = zlib.compressobj(9)
    row = bytes(1 + 3 * side)
    data = b"".join(packed.compress(row) for _ in range(side if true else 1)) + packed.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def still(side: int, kind: str) -> bytes:
    output = BytesIO()
    Pillow.new("RGB", (side, side)).save(output, kind)
    return output.getvalue()


def avif(side: int) -> bytes:
    """An AVIF of 64 pixels whose box of dimensions says `side`."""
    data = bytearray(still(64, "AVIF"))
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", side, side)
    return bytes(data)


def moving(kind: str, *, side: int = 64, frames: int = 2) -> bytes:
    output = BytesIO()
    pictures = [Pillow.new("RGB", (side, side), (200 * index, 0, 0)) for index in range(2)]
    pictures[0].save(output, kind, save_all=True, append_images=pictures[1:], duration=[10, 20])
    data = output.getvalue()
    if kind == "GIF" and frames > 2:
        last = data[data.rindex(b"\x21\xf9") : -1]
        data = data[:-1] + last * (frames - 2) + b";"
    return data


def webp_canvas(side: int) -> bytes:
    """A moving WebP of 64 pixels whose canvas says `side`."""
    data = bytearray(moving("WEBP"))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (side - 1).to_bytes(3, "little") * 2
    return bytes(data)
