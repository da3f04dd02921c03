"""The reference's own way to a verdict: Keras on TensorFlow, as its notebooks do it.

    keras_peer.py IMAGE MODEL... [--repeat N]

Loads the models, classifies the image with each and prints the mean probability as a line of JSON.
With --repeat N it then classifies the image N times more with the first model, and says how many
milliseconds each took. benchmarks/compare runs it where Python has TensorFlow.
"""

import argparse
import json
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf  # noqa: E402
from tensorflow import keras  # noqa: E402


def prepared(path, height, width):
    image = tf.image.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
    return tf.image.resize(image, [height, width])[tf.newaxis] / 255.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("image")
    parser.add_argument("models", nargs="+")
    parser.add_argument("--repeat", type=int, default=0)
    arguments = parser.parse_args()

    models = [keras.models.load_model(path, compile=False) for path in arguments.models]
    height, width = models[0].input_shape[1:3]

    def probability(model):
        return float(model.predict(prepared(arguments.image, height, width), verbose=0)[0][0])

    answer = {"probability": sum(map(probability, models)) / len(models)}
    milliseconds = []
    for _ in range(arguments.repeat):
        start = time.perf_counter()
        probability(models[0])
        milliseconds.append((time.perf_counter() - start) * 1000)
    if milliseconds:
        answer["milliseconds"] = milliseconds
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
