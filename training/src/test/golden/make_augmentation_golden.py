"""Write what TensorFlow makes of a small image.

    python3 -m venv VENV
    VENV/bin/pip install tensorflow-cpu==2.21.0
    VENV/bin/python make_augmentation_golden.py ../resources/augmentation/golden.bin

Big-endian float32, 9 * 7 * 3 values an image: the image, and then one for each of the operations below. The
image has values outside [0, 1], as brightness makes them, and pixels whose components are equal or black.
"""
import sys

import numpy as np
import tensorflow as tf

SHAPE = (9, 7, 3)


def image():
    random = np.random.RandomState(11)
    pixels = random.uniform(0, 1, SHAPE).astype(np.float32)
    pixels[0, 0] = 0
    pixels[0, 1] = 1
    pixels[0, 2] = [0.5, 0.5, 0.25]
    pixels[0, 3] = [0.25, 0.5, 0.5]
    pixels[0, 4] = [0.5, 0.25, 0.5]
    pixels[0, 5] = [1, 0, 0]
    pixels[0, 6] = [0, 0, 1]
    pixels[1] += np.float32(0.2)
    pixels[2] -= np.float32(0.2)
    pixels[3, 0] = [-0.1, -0.2, -0.3]
    return pixels


def main(out):
    pixels = image()
    i = tf.image
    images = [
        pixels,
        i.flip_left_right(pixels),
        i.adjust_brightness(pixels, 0.15),
        i.adjust_brightness(pixels, -0.2),
        i.adjust_contrast(pixels, 0.8),
        i.adjust_contrast(pixels, 1.17),
        i.adjust_saturation(pixels, 0.8),
        i.adjust_saturation(pixels, 1.19),
        i.adjust_hue(pixels, 0.05),
        i.adjust_hue(pixels, -0.043),
        i.adjust_hue(pixels, 0.9),
    ]
    # All five in the reference's order.
    chain = i.adjust_brightness(i.flip_left_right(pixels), -0.11)
    images.append(i.adjust_hue(i.adjust_saturation(i.adjust_contrast(chain, 1.1), 0.9), 0.02))
    with open(out, "wb") as file:
        for each in images:
            file.write(np.asarray(each).astype(">f4").tobytes())


main(sys.argv[1])
