"""Writes what tf.image.resize(antialias=True) makes of regions of a picture that is a formula.

    python core/image/src/test/golden/make_antialias_golden.py

antialiased.tsv has one line for each case: the picture's width and height, the region's left, top,
width and height, the target's height and width, the CRC-32 of all floats (little-endian, 0..255),
then 24 of the floats, evenly spread. Needs tensorflow-cpu 2.21 and numpy.
"""

import os
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf

OUT = Path(__file__).resolve().parents[1] / "resources" / "images" / "antialiased.tsv"
CASES = [
    # photo, region, target (height, width)
    (640, 480, 0, 0, 640, 480, 96, 128),
    (640, 480, 101, 37, 333, 401, 224, 224),
    (640, 480, 13, 7, 97, 89, 24, 31),
    (640, 480, 600, 440, 40, 40, 41, 17),
    (640, 480, 300, 200, 30, 20, 64, 96),
    (640, 480, 0, 0, 1, 480, 9, 9),
    (640, 480, 5, 5, 640 - 5, 1, 3, 50),
    (37, 29, 0, 0, 37, 29, 29, 37),
    (37, 29, 1, 2, 3, 3, 1, 1),
    (1, 1, 0, 0, 1, 1, 4, 5),
    (90001, 3, 0, 0, 90001, 3, 2, 11),
    (3, 2500, 0, 0, 3, 2500, 13, 2),
]


def picture(width, height):
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    return np.stack([(x * x * (c + 3) + y * y * 7 + x * y * 5 + c * 31) // 16 % 256 for c in range(3)], -1).astype(
        np.uint8
    )


def main():
    lines = []
    for case in CASES:
        width, height, left, top, region_width, region_height, rows, columns = case
        region = picture(width, height)[top : top + region_height, left : left + region_width]
        floats = tf.image.resize(region, [rows, columns], antialias=True).numpy().astype("<f4").reshape(-1)
        samples = [float(floats[i * (len(floats) - 1) // 23]) for i in range(24)]
        crc = f"{zlib.crc32(floats.tobytes()):08x}"
        lines.append("\t".join([*map(str, case), crc, *map(repr, samples)]) + "\n")
    OUT.write_text("".join(lines))


if __name__ == "__main__":
    main()
