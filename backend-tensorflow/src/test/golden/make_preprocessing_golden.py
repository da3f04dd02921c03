"""Writes what the reference's own preprocessing makes of the synthetic images of core's tests.

Needs tensorflow-cpu 2.21:

    python backend-tensorflow/src/test/golden/make_preprocessing_golden.py

preprocessing.tsv has one line for each image and target size: file, height, width, and the CRC-32
of the little-endian floats in [0, 1]. WebP is left out, as TensorFlow 2.18 does not read it.
"""

import os
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf

ROOT = Path(__file__).resolve().parents[4]
IMAGES = ROOT / "core/image/src/test/resources/images"
OUT = Path(__file__).resolve().parents[1] / "resources" / "preprocessing.tsv"
SIZES = [(24, 24), (17, 53), (96, 80), (7, 5)]


def reference(data, size):
    image = tf.image.decode_image(data, channels=3, expand_animations=False)
    return (tf.cast(tf.image.resize(image, size), tf.float32) / 255.0).numpy()


lines = []
for path in sorted(IMAGES.iterdir()):
    if path.suffix not in (".jpg", ".png", ".gif", ".bmp"):
        continue
    data = path.read_bytes()
    for size in SIZES:
        crc = zlib.crc32(reference(data, size).astype("<f4").tobytes())
        lines.append(f"{path.name}\t{size[0]}\t{size[1]}\t{crc:08x}")
OUT.write_text("".join(line + "\n" for line in lines))
print(len(lines), "lines")
