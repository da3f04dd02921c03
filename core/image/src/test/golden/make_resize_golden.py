"""Writes what Pillow, Keras and OpenCV make of a picture that is a formula, resized, cropped, grey and scaled.

    python core/image/src/test/golden/make_resize_golden.py pillow     # Pillow and keras
    python core/image/src/test/golden/make_resize_golden.py opencv     # OpenCV

resized-pillow.tsv and resized-opencv.tsv in src/test/resources/images have one line for each case: what was asked for
(the name of the resizing, "crop" if cropped to the target's aspect, the scaling, the order of the channels), the
picture's width and height, the target's height and width, the CRC-32 of all floats (little-endian), then 24 of the
floats, evenly spread. Written with Pillow 12.3.0, Keras 3.15.1 and OpenCV 4.6.0.
"""

import io
import os
import sys
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

OUT = Path(__file__).resolve().parents[1] / "resources" / "images"
SIZES = [
    # photo (width, height), target (height, width)
    (640, 480, 224, 224),
    (333, 401, 224, 224),
    (97, 89, 24, 31),
    (40, 40, 41, 17),
    (30, 20, 64, 96),
    (31, 20, 97, 45),
    (1, 480, 9, 9),
    (635, 1, 3, 50),
    (37, 29, 29, 37),
    (37, 29, 58, 74),
    (120, 90, 45, 60),
    (120, 90, 30, 40),
    (120, 90, 15, 12),
    (120, 90, 90, 40),
    (3, 3, 1, 1),
    (1, 1, 4, 5),
    (9001, 3, 2, 11),
    (3, 2500, 13, 2),
    (63, 21, 7, 21),
    (224, 224, 224, 224),
    (225, 223, 224, 224),
    (1279, 853, 299, 299),
]


def picture(width, height):
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    return np.stack([(x * x * (c + 3) + y * y * 7 + x * y * 5 + c * 31) // 16 % 256 for c in range(3)], -1).astype(
        np.uint8
    )


def line(case, size, floats):
    floats = np.ascontiguousarray(floats).astype("<f4").reshape(-1)
    samples = [float(floats[i * (len(floats) - 1) // 23]) for i in range(24)]
    crc = f"{zlib.crc32(floats.tobytes()):08x}"
    return "\t".join([*case, *map(str, size), crc, *map(repr, samples)]) + "\n"


def pillow():
    import keras
    from PIL import Image

    def loaded(width, height, rows, columns, **how):
        file = io.BytesIO()
        Image.fromarray(picture(width, height)).save(file, "PNG")
        file.seek(0)
        image = keras.utils.load_img(file, target_size=(rows, columns), **how)
        return keras.utils.img_to_array(image)

    for size in SIZES:
        for name, interpolation in (("nearest", "nearest"), ("pillow-bilinear", "bilinear")):
            yield line((name, "-", "none", "RGB"), size, loaded(*size, interpolation=interpolation))
            if min((size[0] * size[2]) // size[3], (size[1] * size[3]) // size[2]) > 0:  # else Pillow refuses
                cropped = loaded(*size, interpolation=interpolation, keep_aspect_ratio=True)
                yield line((name, "crop", "none", "RGB"), size, cropped)
            grey = loaded(*size, interpolation=interpolation, color_mode="grayscale")
            yield line((name, "-", "unit", "GREY"), size, grey / np.float32(255))
        smart = keras.preprocessing.image.smart_resize(picture(*size[:2]), size[2:])
        yield line(("bilinear", "crop", "none", "RGB"), size, np.asarray(smart))
    from keras.src.applications.imagenet_utils import preprocess_input

    size = SIZES[2]
    for mode, name, order in (("tf", "signed", "RGB"), ("caffe", "caffe", "BGR"), ("torch", "torch", "RGB")):
        yield line(("nearest", "-", name, order), size, preprocess_input(loaded(*size), mode=mode))


def opencv():
    import cv2

    for size in SIZES:
        width, height, rows, columns = size
        bgr = cv2.resize(picture(width, height)[..., ::-1], (columns, rows), interpolation=cv2.INTER_AREA)
        yield line(("area", "-", "none", "BGR"), size, bgr)


if __name__ == "__main__":
    lines = {"pillow": pillow, "opencv": opencv}[sys.argv[1]]()
    (OUT / f"resized-{sys.argv[1]}.tsv").write_text("".join(lines))
