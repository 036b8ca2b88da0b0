"""Puts the PNG files into the containers that Windows (.ico) and macOS (.icns) want."""

import struct
from pathlib import Path


def png(size):
    return Path(f"png/partflow-{size}.png").read_bytes()


def ico(sizes):
    images = [png(size) for size in sizes]
    offset = 6 + 16 * len(sizes)
    directory = struct.pack("<HHH", 0, 1, len(sizes))
    for size, image in zip(sizes, images):
        edge = size % 256  # 256 is written as 0
        directory += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return directory + b"".join(images)


def icns(types):
    body = b"".join(kind + struct.pack(">I", 8 + len(png(size))) + png(size) for kind, size in types)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


Path("partflow.ico").write_bytes(ico([16, 24, 32, 48, 64, 128, 256]))
# the second of each pair is the one for screens of double density
Path("partflow.icns").write_bytes(
    icns(
        [
            (b"ic07", 128), (b"ic13", 256), (b"ic08", 256), (b"ic14", 512),
            (b"ic09", 512), (b"ic10", 1024), (b"ic11", 32), (b"ic12", 64),
        ]
    )
)
