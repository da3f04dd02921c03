"""Write small fold models with real Keras, and Keras's own answers for them.

    python3 -m venv VENV
    VENV/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1
    VENV/bin/python make_folds.py ../resources/golden/folds.zip

The archive receives
    fold_{1..5}_phase2_best_model.keras   one trunk, bit for bit, and five heads: what the reference publishes, small
    fold_{1,2}_phase1_best_model.keras    other heads on the same trunk
    flipped.keras                         fold 1, but for one weight of the trunk's second convolution
    distinct.keras                        the same layers with other weights throughout
    other_size.keras, two_classes.keras   do not fit the others: another input, a softmax over two classes
    answers.json                          {seed, answers: {model: Keras's probabilities}} for one image of noise, by the
                                          formula in core's make_golden.py
"""
import json
import os
import sys
import tempfile
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import Input, Model, layers

SIZE = 12
SEED = 3


def image(shape, seed):
    i = np.arange(int(np.prod(shape)), dtype=np.uint64)
    u = (i * np.uint64(2654435761) + np.uint64(seed * 40503)) & np.uint64(0xFFFFFFFF)
    return ((u >> np.uint64(8)).astype(np.float64) / 2.0 ** 24).astype(np.float32).reshape(1, *shape)


def trunk(size):
    inputs = Input((size, size, 3), name="image")
    x = layers.Conv2D(6, 3, strides=2, use_bias=False, name="conv_1")(inputs)
    x = layers.BatchNormalization(name="conv_1_bn")(x)
    x = layers.Activation("relu", name="conv_1_act")(x)
    x = layers.SeparableConv2D(8, 3, padding="same", use_bias=False, name="conv_2")(x)
    x = layers.BatchNormalization(name="conv_2_bn")(x)
    return Model(inputs, x, name="trunk")


def classifier(size=SIZE, classes=1):
    inputs = Input((size, size, 3), name="input_layer")
    x = trunk(size)(inputs, training=False)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    x = layers.Dense(5, activation="relu", name="dense_1")(x)
    x = layers.BatchNormalization(name="batch_norm_1")(x)
    x = layers.Dropout(0.3, name="dropout_1")(x)
    end = dict(activation="sigmoid") if classes == 1 else dict(activation="softmax")
    return Model(inputs, layers.Dense(classes, name="output_layer", **end)(x), name="folds")


def randomise(model, trunk_seed, head_seed):
    for layer in model.layers:
        rng = np.random.default_rng([trunk_seed if layer.name == "trunk" else head_seed, len(layer.name)])
        layer.set_weights([(np.abs(w) + 0.5 + rng.random(w.shape) if "variance" in v.path
                            else rng.normal(0, 0.6, w.shape)).astype(np.float32)
                           for v, w in zip(layer.weights, layer.get_weights())])
    return model


def flip(model):
    """The next float, which no probability shows."""
    conv = model.get_layer("trunk").get_layer("conv_2")
    depthwise, pointwise = conv.get_weights()
    pointwise[0, 0, 0, 0] = np.nextafter(pointwise[0, 0, 0, 0], np.float32(np.inf))
    conv.set_weights([depthwise, pointwise])
    return model


def main(archive):
    models = {f"fold_{n}_phase2_best_model.keras": randomise(classifier(), 1, 10 + n) for n in range(1, 6)}
    models |= {f"fold_{n}_phase1_best_model.keras": randomise(classifier(), 1, 20 + n) for n in (1, 2)}
    models["flipped.keras"] = flip(randomise(classifier(), 1, 11))
    models["distinct.keras"] = randomise(classifier(), 2, 12)
    models["other_size.keras"] = randomise(classifier(size=14), 1, 13)
    models["two_classes.keras"] = randomise(classifier(classes=2), 1, 14)
    answers = {}
    with tempfile.TemporaryDirectory() as folder, \
            zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, model in models.items():
            path = os.path.join(folder, name)
            model.save(path)
            packed.write(path, name)
            said = keras.models.load_model(path)(image(model.input_shape[1:], SEED), training=False)
            answers[name] = [float(str(p)) for p in np.asarray(said, np.float32).ravel()]
        packed.writestr("answers.json", json.dumps({"seed": SEED, "answers": answers}, indent=1))
    print(json.dumps(answers, indent=1))


main(sys.argv[1])
