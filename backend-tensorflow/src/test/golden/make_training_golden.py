"""Train a small model with real Keras for ten steps, in several ways, and keep what it comes to.

    VENV/bin/python make_training_golden.py OUT.zip         (VENV as in core/testkit/src/test/golden/make_golden.py)

OUT.zip receives
    start.keras        the weights before; a trunk with every kind of layer that is trained, nested as in the reference, and
                       the reference's head in small
    CASE.keras         the weights after ten steps
    training.json      {"batch": 8, "cases": [{"name", "loss": [...], "correct": [...], "evaluated": loss, "rates": [...]}]}
                       loss and hits of each step as train_on_batch gives them, then the loss on the first batch as at inference
The cases
    scratch    everything trained, batch statistics everywhere, AdamW (decay 0.01 on kernels), label smoothing 0.1
    head       the trunk frozen and called with training=False, as the reference's phase 1
    fine_tune  the trunk unfrozen and called with training=False, as the reference's phase 2 was meant: its batch
               normalisations keep their statistics and learn gamma and beta; the learning rate is halved after five steps
Dropout has rate 0. Batch n, from 0, has the images 2 x - (s mod 3) / 2 of seeds s = 8 n + 1 to 8 n + 8, x by make_golden.py's formula; the label of
seed s is 1 if s * 7 mod 11 is below 5.
"""
import json
import os
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../core/testkit/src/test/golden"))
import numpy as np
import tensorflow as tf
from make_golden import image, keras, randomise
from keras import Input, Model, layers
from keras.regularizers import l2

SHAPE = (19, 17, 3)
BATCH = 8
STEPS = 10


def trunk():
    inputs = Input(SHAPE)
    x = layers.Conv2D(6, 3, strides=2, use_bias=False, name="conv")(inputs)
    x = layers.BatchNormalization(name="conv_bn")(x)
    x = layers.Activation("relu", name="conv_act")(x)
    shortcut = layers.Conv2D(8, 1, strides=2, padding="same", use_bias=False, name="shortcut")(x)
    shortcut = layers.BatchNormalization(name="shortcut_bn")(shortcut)
    x = layers.SeparableConv2D(8, 3, padding="same", use_bias=False, name="sepconv")(x)
    x = layers.BatchNormalization(name="sepconv_bn")(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="pool")(x)
    x = layers.Add(name="add")([x, shortcut])
    x = layers.DepthwiseConv2D(2, activation="relu", name="depthwise")(x)
    x = layers.Conv2D(7, 2, groups=1, activation="relu", name="biased")(x)
    return Model(inputs, x, name="trunk")


def model(frozen, training):
    base = trunk()
    base.trainable = not frozen
    inputs = Input(SHAPE, name="input_layer")
    x = base(inputs, training=training)
    x = layers.GlobalAveragePooling2D(name="global_avg_pooling")(x)
    x = layers.Dense(6, activation="relu", kernel_regularizer=l2(1e-2), name="dense_1")(x)
    x = layers.BatchNormalization(name="batch_norm_1")(x)
    x = layers.Dropout(0.0, name="dropout_1")(x)
    return Model(inputs, layers.Dense(1, activation="sigmoid", name="output_layer")(x), name="small")


def batch(n):
    seeds = range(BATCH * n + 1, BATCH * n + BATCH + 1)
    images = np.concatenate([image(SHAPE, s) * 2 - 0.5 * (s % 3) for s in seeds]).astype(np.float32)
    return images, np.array([[float(s * 7 % 11 < 5)] for s in seeds], np.float32)


def centre(m):
    """Biases for which each unit of dense_1 is on for some images and off for others. Else the batch normalisation behind it
    takes out what the bias adds, the bias's gradient is nothing but rounding, and Adam divides it by its own size."""
    kernel, bias = m.get_layer("dense_1").get_weights()
    statistics = m.get_weights()
    features = Model(m.inputs[0], m.get_layer("global_avg_pooling").output)
    values = [features(batch(n)[0], training=t).numpy() @ kernel for n in range(STEPS) for t in (False, True)]
    m.set_weights(statistics)       # which training=True has moved
    m.get_layer("dense_1").set_weights([kernel, -np.median(np.concatenate(values), axis=0)])


def adam_w():
    optimizer = keras.optimizers.AdamW(1e-3, weight_decay=0.01)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def keeping_statistics(m):
    """A step by hand: fit and train_on_batch pass training=True down and so override the training=False of the trunk."""
    head = Model(m.get_layer("global_avg_pooling").input, m.output)

    def step(images, labels):
        with tf.GradientTape() as tape:
            answers = head(m.get_layer("trunk")(images, training=False), training=True)
            loss = keras.losses.BinaryCrossentropy()(labels, answers) + sum(m.losses)
        gradients = tape.gradient(loss, m.trainable_variables)
        m.optimizer.apply_gradients(zip(gradients, m.trainable_variables))
        return loss, np.mean((answers.numpy() > 0.5) == (labels > 0.5))

    return step


def main():
    keras.utils.set_random_seed(5)
    start = model(False, None)
    randomise(start, np.random.default_rng(5))
    centre(start)
    cases = {
        "scratch": (False, None, adam_w(), 0.1, [1e-3] * STEPS),
        "head": (True, False, keras.optimizers.Adam(1e-3), 0.0, [1e-3] * STEPS),
        "fine_tune": (False, False, keras.optimizers.Adam(1e-3), 0.0, [1e-3] * 5 + [5e-4] * 5),
    }
    done = []
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive, tempfile.TemporaryDirectory() as folder:
        def add(name, trained):
            trained.save(f"{folder}/{name}.keras")
            archive.write(f"{folder}/{name}.keras", f"{name}.keras")

        add("start", start)
        for name, (frozen, training, optimizer, smoothing, rates) in cases.items():
            m = model(frozen, training)
            m.get_layer("trunk").set_weights(start.get_layer("trunk").get_weights())
            for layer in m.layers:
                if layer.name != "trunk":
                    layer.set_weights(start.get_layer(layer.name).get_weights())
            m.compile(optimizer, keras.losses.BinaryCrossentropy(label_smoothing=smoothing), metrics=["accuracy"], jit_compile=False)
            losses, correct = [], []
            step_of = keeping_statistics(m) if name == "fine_tune" else m.train_on_batch
            for step, rate in enumerate(rates):
                m.optimizer.learning_rate.assign(rate)
                m.reset_metrics()
                loss, accuracy = step_of(*batch(step))
                losses.append(float(loss))
                correct.append(round(float(accuracy) * BATCH))
            images, labels = batch(0)
            evaluated = float(keras.losses.BinaryCrossentropy()(labels, m(images, training=False)) + sum(m.losses))
            done.append({"name": name, "loss": losses, "correct": correct, "evaluated": evaluated, "rates": rates})
            print(name, losses, correct, evaluated, len(m.trainable_variables))
            m.compile()
            add(name, m)
        archive.writestr("training.json", json.dumps({"batch": BATCH, "cases": done}, indent=1))


main()
