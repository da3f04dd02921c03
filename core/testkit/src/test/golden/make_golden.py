"""Write the golden model files with real Keras, and Keras's own answers for them.

    python3 -m venv VENV
    VENV/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1 h5py==3.14.0 pillow scikit-image
    VENV/bin/python make_golden.py OUT                  the small models, golden.json, broken/
    VENV/bin/python make_golden.py OUT --full-size      full_size.json (builds the full-size networks; half a minute)
    VENV/bin/python make_golden.py OUT --tiny IMAGES    tiny.keras, astronaut.jpg, tiny.json; the images give statistics
                                                        to batch normalisation only
    VENV/bin/python make_golden.py OUT --pack FILE.zip  all of OUT in one deflated archive, a tenth of the size
    VENV/bin/python make_golden.py OUT --check          load every good file afresh and compare; try every broken one

OUT receives
    *.keras, *.h5      small models: one layer kind or one way of nesting each, weights random but reproducible
    variant_*          the same content in another, valid, encoding
    keras2_style_*     files rewritten into the layout that Keras 2.15 used; Keras 2 itself had no part in them. Keras 3
                       refuses the .keras one (its batch normalisation has axis [3]), though the content is sound
    golden.json        [{model, input_shape, seed, outputs: [{shape, values}]}]: Keras's float32 answers to one image
    broken/            one defect a file, described in broken/broken.json; keras_loads says whether Keras itself takes it
                       (null: not tried, for it would ask for terabytes)
Everything is seeded. A second run gives the same numbers; the bytes differ in the dates and the
shared_object_id (memory addresses) that Keras writes.

The input image for a seed: for flat index i (row-major over height, width, channel)
    u = (i * 2654435761 + seed * 40503) mod 2^32,    value = (u >> 8) / 2^24
which is exact in float32 and lies in [0, 1).

The weights of the full-size networks come from a formula too, so that they need no file. For the variable with the key
"<layer name>/<variable name>", s = crc32(key as UTF-8) and, for the flat index i,
    u = (i * 2654435761 + s * 40503) mod 2^32,  u ^= u >> 15,  u = u * 2246822519 mod 2^32,  u ^= u >> 13,
    r = (u >> 8) / 2^24
    kernel, pointwise_kernel   (2r - 1) * sqrt(6 / fan_in), fan_in = product of all dimensions but the last
    depthwise_kernel           (2r - 1) * sqrt(3 / (kernel height * kernel width))
    gamma 0.8 + 0.4r   beta 0.4r - 0.2   moving_mean 0.2r - 0.1   moving_variance 0.5 + r   bias 0.2r - 0.1
computed in double and rounded once to float32. The last layer's kernel is further multiplied by `kernel_factor`, and its
bias is the constant `bias`, so that the logit is neither saturated nor the same for all images. The images of the
full-size checks add a smooth part, for white noise averages out: with noise the value above and
    t = ((h * a + w * b + c * 37 + seed * 101) mod 256) / 256,   a = 1 + seed mod 3,   b = 1 + seed mod 5
the value is float32((1 + seed mod 4) / 4 * (0.25 * noise + 0.75 * |2t - 1|)), in double, rounded once.
"""
import argparse
import io
import json
import os
import tempfile
import zipfile
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, Sequential, layers
from keras.regularizers import l2

WEIGHTS = "model.weights.h5"


# ---------------------------------------------------------------------------------------------------------- formulas

def noise(count, seed):
    i = np.arange(count, dtype=np.uint64)
    u = (i * np.uint64(2654435761) + np.uint64(seed * 40503)) & np.uint64(0xFFFFFFFF)
    return (u >> np.uint64(8)).astype(np.float64) / 2.0 ** 24


def image(shape, seed):
    return noise(int(np.prod(shape)), seed).astype(np.float32).reshape(1, *shape)


def smooth_image(shape, seed):
    h, w, c = np.indices(shape)
    t = ((h * (1 + seed % 3) + w * (1 + seed % 5) + c * 37 + seed * 101) % 256) / 256.0
    value = (1 + seed % 4) / 4 * (0.25 * noise(t.size, seed).reshape(shape) + 0.75 * np.abs(2 * t - 1))
    return value.astype(np.float32)[None]


def formula_weight(key, shape):
    i = np.arange(int(np.prod(shape)), dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    u = (i * np.uint64(2654435761) + np.uint64(zlib.crc32(key.encode()) * 40503)) & mask
    u ^= u >> np.uint64(15)
    u = (u * np.uint64(2246822519)) & mask
    u ^= u >> np.uint64(13)
    r = (u >> np.uint64(8)).astype(np.float64) / 2.0 ** 24
    kind = key.rsplit("/", 1)[1]
    if kind == "depthwise_kernel":
        value = (2 * r - 1) * np.sqrt(3.0 / (shape[0] * shape[1]))
    elif kind in ("kernel", "pointwise_kernel"):
        value = (2 * r - 1) * np.sqrt(6.0 / np.prod(shape[:-1]))
    else:
        value = {"gamma": 0.8 + 0.4 * r, "beta": 0.4 * r - 0.2, "moving_mean": 0.2 * r - 0.1,
                 "moving_variance": 0.5 + r, "bias": 0.2 * r - 0.1}[kind]
    return value.reshape(shape)


def numbers(array):
    """The shortest decimals that read back as the same float32."""
    return [float(str(v)) for v in np.asarray(array, np.float32).ravel()]


def all_layers(model):
    for layer in model.layers:
        yield layer
        if isinstance(layer, Model):
            yield from all_layers(layer)


def randomise(model, rng):
    """Weights for which every part of a layer matters: no zero bias, no unit gamma, no trivial statistics."""
    for v in model.weights:
        shape = tuple(v.shape)
        if v.path.startswith("high_pass/"):
            continue                          # fixed filters
        if v.name in ("kernel", "pointwise_kernel"):
            value = rng.normal(0, 1.4 / np.sqrt(np.prod(shape[:-1])), shape)
        elif v.name == "depthwise_kernel":
            value = rng.normal(0, 1.4 / np.sqrt(shape[0] * shape[1]), shape)
        elif v.name == "gamma":
            value = rng.uniform(0.5, 1.5, shape) * rng.choice([-1, 1, 1, 1], shape)
        elif v.name == "moving_variance":
            value = rng.uniform(0.2, 2, shape)
        elif v.name == "alpha":
            value = rng.uniform(-0.2, 0.7, shape)
        elif v.name in ("bias", "beta", "moving_mean"):
            value = rng.normal(0, 0.3, shape)
        else:
            continue
        v.assign(value.astype(np.float32))


def moderate(model, seed):
    """Scale the kernel of a final sigmoid, so that its answer is neither 0 nor 1 and an error anywhere shows."""
    last = model.layers[-1]
    if len(model.outputs) > 1 or getattr(last, "activation", None) is not keras.activations.sigmoid:
        return
    kernel, bias = last.get_weights()
    features = Model(model.inputs, model.layers[-2].output)(image(model.input_shape[1:], seed), training=False).numpy()
    last.set_weights([kernel * (1.2 / np.abs(features @ kernel).max()), bias])


# ----------------------------------------------------------------------------------------------------------- models

def chain(shape, *steps, name=None):
    x = inputs = Input(shape)
    for step in steps:
        x = step(x)
    return Model(inputs, x, name=name)


def branches(shape, *steps, before=(), axis=-1):
    x = inputs = Input(shape)
    for step in before:
        x = step(x)
    return Model(inputs, layers.Concatenate(axis=axis)([step(x) for step in steps]))


def flat_branches(shape, *steps, before=()):
    return branches(shape, *[lambda x, s=s: layers.Flatten()(s(x)) for s in steps], before=before)


def mini_xception(alpha=2):
    """The entry, middle and exit flow of Xception in small; its residual layers get automatic names."""
    def sepconv(x, filters, name, act=True):
        x = layers.Activation("relu", name=f"{name}_act")(x) if act else x
        x = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
        return layers.BatchNormalization(name=f"{name}_bn")(x)

    inputs = Input((33, 29, 3))
    x = layers.Conv2D(2 * alpha, 3, strides=2, use_bias=False, name="block1_conv1")(inputs)
    x = layers.BatchNormalization(name="block1_conv1_bn")(x)
    x = layers.Activation("relu", name="block1_conv1_act")(x)
    residual = layers.Conv2D(3 * alpha, 1, strides=2, padding="same", use_bias=False)(x)
    residual = layers.BatchNormalization()(residual)
    x = sepconv(x, 3 * alpha, "block2_sepconv1", act=False)
    x = sepconv(x, 3 * alpha, "block2_sepconv2")
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="block2_pool")(x)
    x = layers.add([x, residual])
    y = sepconv(x, 3 * alpha, "block3_sepconv1")
    x = layers.add([y, x])
    residual = layers.Conv2D(4 * alpha, 1, strides=2, padding="same", use_bias=False)(x)
    residual = layers.BatchNormalization()(residual)
    x = sepconv(x, 4 * alpha, "block13_sepconv1")
    x = layers.MaxPooling2D(3, strides=2, padding="same", name="block13_pool")(x)
    x = layers.add([x, residual])
    x = sepconv(x, 5 * alpha, "block14_sepconv1", act=False)
    x = layers.Activation("relu", name="block14_sepconv1_act")(x)
    return Model(inputs, x, name="xception")


def classifier(trunk, units=(6, 4), name="deepfake_classifier_xception"):
    trunk.trainable = False
    inputs = Input(trunk.input_shape[1:], name="input_layer")
    x = trunk(inputs, training=False)
    x = layers.GlobalAveragePooling2D(name="global_avg_pooling")(x)
    for n, count in enumerate(units, 1):
        x = layers.Dense(count, activation="relu", kernel_regularizer=l2(1e-4), name=f"dense_{n}")(x)
        x = layers.BatchNormalization(name=f"batch_norm_{n}")(x)
        x = layers.Dropout(0.3, name=f"dropout_{n}")(x)
    return Model(inputs, layers.Dense(1, activation="sigmoid", name="output_layer")(x), name=name)


def nested_xception():
    layers.Conv2D(1, 1), layers.BatchNormalization(), layers.BatchNormalization()   # automatic names do not start at 0
    return classifier(mini_xception())


def nested_xception_partly_frozen():
    """Its legacy file must list trainable weights first, from within the trunk."""
    model = nested_xception()
    trunk = model.get_layer("xception")
    trunk.trainable = True
    for layer in trunk.layers[:len(trunk.layers) // 2]:
        layer.trainable = False
    return model


def cnn():
    return Sequential([
        Input((26, 22, 3)),
        layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(3, 2, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(5, activation="relu"), layers.Dense(1, activation="sigmoid")])


def cnn_with_optimizer():
    model = cnn()
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(np.zeros((2, 26, 22, 3), "f"), np.zeros((2, 1), "f"), batch_size=2, verbose=0)
    return model


def doubly_nested():
    inner = chain((6, 5, 4), layers.Conv2D(3, 2, name="conv"), layers.BatchNormalization(name="bn"), name="inner")
    middle = chain((12, 10, 3), layers.Conv2D(4, 3, strides=2, padding="same", name="conv"), layers.ReLU(), inner,
                   layers.ReLU(), name="middle")
    return chain((14, 12, 3), layers.Conv2D(3, 3, name="conv"), middle, layers.Flatten(), layers.Dense(3, name="dense"))


def nested_twice():
    """One trunk called on two inputs (a Siamese network on an image and its scaled self)."""
    trunk = chain((9, 7, 3), layers.Conv2D(3, 3, strides=2, name="conv"), layers.BatchNormalization(name="bn"),
                  layers.GlobalAveragePooling2D(), name="trunk")
    x = inputs = Input((9, 7, 3))
    a, b = trunk(x), trunk(layers.Rescaling(-2.0, 0.5)(x))
    return Model(inputs, layers.Dense(3)(layers.Concatenate()([a, layers.Multiply()([a, b])])))


def shared_layers():
    conv = layers.Conv2D(3, 3, padding="same", name="shared_conv")
    norm = layers.BatchNormalization(name="shared_bn")
    inputs = Input((9, 7, 3))
    a = norm(conv(inputs))
    b = norm(conv(layers.ReLU()(a)))
    return Model(inputs, layers.Dense(4)(layers.Flatten()(layers.MaxPooling2D(3)(layers.Subtract()([a, b])))))


def shared_across_models():
    """Two nested models have a layer in common: Keras stores it once, under the first, and cannot load its own file."""
    conv = layers.Conv2D(3, 3, name="common")
    one = chain((9, 7, 3), conv, layers.Conv2D(2, 2, name="own_1"), name="one")
    two = chain((9, 7, 3), layers.Conv2D(3, 1, name="own_2"), conv, layers.Conv2D(2, 2, name="own_3"), name="two")
    inputs = Input((9, 7, 3))
    return Model(inputs, layers.Concatenate()([layers.GlobalMaxPooling2D()(m(inputs)) for m in (one, two)]))


def norm_of_used_convolution():
    """Folding the normalisation into the convolution would change the other user of the convolution."""
    inputs = Input((9, 7, 3))
    conv = layers.Conv2D(3, 3, padding="same", name="conv")(inputs)
    norm = layers.BatchNormalization(name="bn")(conv)
    x = layers.Add()([layers.ReLU()(norm), layers.MaxPooling2D(3, strides=1, padding="same")(conv)])
    return Model(inputs, layers.Conv2D(1, 3, strides=2)(x))


def two_outputs():
    inputs = Input((9, 7, 3))
    x = layers.Conv2D(3, 3, activation="relu", name="stem")(inputs)
    map_ = layers.Conv2D(2, 2, strides=2, name="map")(x)
    score = layers.Dense(1, activation="sigmoid", name="score")(layers.GlobalAveragePooling2D()(x))
    return Model(inputs, [score, map_])


def nested_sequential():
    block = Sequential([Input((9, 7, 3)), layers.Conv2D(3, 3, strides=2, name="conv"), layers.BatchNormalization(name="bn"),
                        layers.ReLU()], name="block")
    return chain((9, 7, 3), layers.Rescaling(2.0, -1.0), block, layers.Flatten(), layers.Dense(3, name="dense"))


def sequential_with_trunk():
    trunk = chain((9, 7, 3), layers.Conv2D(3, 3, strides=2, name="conv"), layers.BatchNormalization(name="bn"), name="trunk")
    trunk.trainable = False
    return Sequential([trunk, layers.GlobalAveragePooling2D(), layers.Dense(4, activation="relu"), layers.Dropout(0.5),
                       layers.Dense(2, activation="softmax")])


def squeeze_excite():
    x = inputs = Input((9, 7, 3))
    x = layers.Conv2D(4, 3, padding="same", strides=2)(x)
    s = layers.GlobalAveragePooling2D(keepdims=True)(x)
    s = layers.Conv2D(2, 1, activation="silu")(s)
    s = layers.Conv2D(4, 1, activation="sigmoid")(s)
    x = layers.Multiply()([x, s])
    gate = layers.Dense(1, activation="tanh")(x)                  # (h, w, 1) against (h, w, c)
    return Model(inputs, layers.Multiply()([gate, x, x]))


def add():
    x = inputs = Input((8, 5, 3))
    a, b, c = layers.Conv2D(3, 1)(x), layers.Conv2D(3, 3, padding="same")(x), layers.Conv2D(1, 1)(x)
    return Model(inputs, layers.Add()([layers.Add()([a, b, x]), c]))   # three inputs; then two, one of them broadcast


def concatenate():
    x = inputs = Input((3, 2, 3))
    channels = layers.Concatenate()([x, layers.Conv2D(2, 3, padding="same")(x)])
    columns = layers.Concatenate(axis=2)([channels, layers.ReLU(threshold=0.3)(channels), layers.ZeroPadding2D((0, 1))(channels)])
    return Model(inputs, layers.Concatenate(axis=1)([columns, layers.MaxPooling2D(1)(columns), columns]))


def operators():
    """Python operators on tensors: operations in the graph that are no layers."""
    x = inputs = Input((6, 5, 3))
    y = layers.Conv2D(3, 3, padding="same")(x)
    return Model(inputs, layers.GlobalAveragePooling2D()((x + y) * 0.5 - y))


def high_pass():
    """Fixed high-pass filters on 0..255 pixels, clipped to [-6, 6], divided by 3 and moved up by 2; then separable
    convolutions at full resolution: the architecture of small detectors that look at traces, not at faces."""
    filters = np.zeros((5, 3, 3), np.float32)
    filters[0, 1, 1:] = filters[1, 1:, 1] = -1, 1                                                 # first differences
    filters[2, 1] = filters[3, :, 1] = 1, -2, 1                                                   # second differences
    filters[4] = np.array([[-1, 2, -1], [2, -4, 2], [-1, 2, -1]]) / 4
    kernel = np.repeat(np.moveaxis(filters, 0, -1)[:, :, None], 3, 2) * (255 / 3)                 # (3, 3, channel, filter)
    stem = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=5, name="high_pass", trainable=False)
    steps = [stem, layers.ReLU(max_value=4.0), layers.Conv2D(6, 3, padding="same", use_bias=False), layers.BatchNormalization(),
             layers.ReLU()]
    for filters in (6, 8):
        steps += [layers.SeparableConv2D(filters, 3, padding="same", use_bias=False), layers.BatchNormalization(), layers.ReLU(),
                  layers.AveragePooling2D(2)]
    model = chain((18, 22, 3), *steps, layers.GlobalAveragePooling2D(), layers.Dropout(0.3), layers.Dense(1, activation="sigmoid"))
    stem.set_weights([kernel / 8, np.full(15, 2, np.float32)])   # the images here are noise, an eighth of it keeps within the clip
    return model


def covariances():
    """A head on covariances of channels, whose large eigenvalues are bent down: 2 x - x x, twice."""
    def matrix(x):
        x = layers.Conv2D(4, 1, use_bias=False)(x)
        x = layers.Subtract()([x, layers.GlobalAveragePooling2D(keepdims=True)(x)])
        x = layers.Reshape((x.shape[1] * x.shape[2], 4))(x)
        x = layers.LayerNormalization(axis=(1, 2), center=False, scale=False)(x)
        x = layers.Rescaling(1 / (4 * x.shape[1]))(layers.Dot(axes=(1, 1))([x, x]))
        return layers.Reshape((1, 4, 4))(x)
    x = inputs = Input((10, 8, 3))
    x = layers.Conv2D(5, 3, padding="same", activation="relu")(x)
    y = layers.Concatenate(axis=1)([matrix(x), matrix(layers.Conv2D(6, 3, strides=2, activation="relu")(x))])
    for _ in range(2):
        y = layers.Subtract()([layers.Rescaling(2.0)(y), keras.ops.matmul(y, y)])
    y = layers.BatchNormalization(center=False, scale=False)(layers.Flatten()(y))
    return Model(inputs, layers.Dense(1, activation="sigmoid")(y))


def odd_names():
    return chain((9, 7, 3), layers.Conv2D(3, 3, name="Faltung größer 0"), layers.BatchNormalization(name="norm.1-x"),
                 layers.GlobalMaxPooling2D(name="kernel"), layers.Dense(2, name="layers"), name="a model: \"odd\"")


def activation_branches(names):
    return lambda: branches((4, 3, 3), *[lambda x, n=n: layers.Activation(n)(x) for n in names],
                            before=[layers.Rescaling(16.0, -8.0)])


def activation_arguments():
    conv = [lambda x, n=n: layers.Conv2D(2, 1, activation=n)(x) for n in ("relu6", "leaky_relu", "elu", "swish")]
    depth = [lambda x: layers.DepthwiseConv2D(1, activation="tanh")(x), lambda x: layers.SeparableConv2D(2, 1, activation="relu")(x)]
    dense = [lambda x, n=n: layers.Dense(2, activation=n)(x) for n in ("softmax", "sigmoid", "linear", None)]
    return branches((4, 3, 3), *conv, *depth, *dense, before=[layers.Rescaling(16.0, -8.0)])


MODELS = {
    # name: (function, file formats)
    "conv2d": (lambda: chain(
        (17, 13, 3), layers.Conv2D(4, (3, 2), strides=2, padding="same"), layers.Conv2D(3, (2, 4), use_bias=False),
        layers.Conv2D(4, (5, 4), strides=(2, 1), padding="same", activation="relu"), layers.Conv2D(2, 1)), ".keras"),
    "conv2d_strides": (lambda: flat_branches(
        (13, 8, 3), layers.Conv2D(2, 3, strides=2, padding="same"), layers.Conv2D(2, 3, strides=2),
        layers.Conv2D(3, 3, strides=3, padding="same", use_bias=False), layers.Conv2D(3, (2, 5), strides=3),
        layers.Conv2D(2, 1, strides=2, padding="same"), layers.Conv2D(2, 2, strides=3, padding="same"),
        layers.Conv2D(1, (4, 1), strides=(1, 3), padding="same")), ".keras"),
    "conv2d_dilated": (lambda: flat_branches(
        (11, 9, 3), layers.Conv2D(2, 3, dilation_rate=2, padding="same"), layers.Conv2D(2, (3, 2), dilation_rate=(3, 2))), ".keras"),
    "conv2d_grouped": (lambda: chain(
        (9, 8, 6), layers.Conv2D(4, 3, groups=2, strides=2, padding="same"), layers.Conv2D(8, 2, groups=4, use_bias=False)), ".keras"),
    "depthwise_conv2d": (lambda: flat_branches(
        (10, 7, 3), layers.DepthwiseConv2D(3, strides=2, padding="same"), layers.DepthwiseConv2D((2, 3), strides=3, depth_multiplier=2),
        layers.DepthwiseConv2D((3, 4), strides=3, padding="same", depth_multiplier=2, use_bias=False),
        layers.DepthwiseConv2D(3, dilation_rate=(3, 2)), layers.DepthwiseConv2D(4, strides=2)), ".keras"),
    "separable_conv2d": (lambda: flat_branches(
        (13, 10, 3), layers.SeparableConv2D(3, 3, strides=2, padding="same"), layers.SeparableConv2D(2, (2, 3), strides=3, depth_multiplier=2),
        layers.SeparableConv2D(2, (4, 3), strides=3, padding="same", use_bias=False, activation="relu"),
        layers.SeparableConv2D(1, 3, dilation_rate=(2, 3), padding="same", depth_multiplier=2)), ".keras"),
    "dense": (lambda: chain(
        (6, 5, 3), layers.Dense(4), layers.Reshape((10, 12)), layers.Dense(3, activation="relu"), layers.Flatten(),
        layers.Dense(7, use_bias=False), layers.Dense(2)), ".keras"),
    "batch_norm_first": (lambda: chain(
        (7, 5, 3), layers.BatchNormalization(epsilon=0.02), layers.Conv2D(3, 3, padding="same"), layers.BatchNormalization()), ".keras"),
    "batch_norm_variants": (lambda: chain(
        (9, 7, 3), layers.Conv2D(3, 3, use_bias=False), layers.BatchNormalization(scale=False), layers.ReLU(),
        layers.BatchNormalization(center=False, epsilon=0.1), layers.DepthwiseConv2D(3, strides=2, padding="same"),
        layers.BatchNormalization(scale=False, center=False), layers.SeparableConv2D(3, 2), layers.BatchNormalization(),
        layers.Flatten(), layers.Dense(4), layers.BatchNormalization(momentum=0.5, epsilon=1e-5)), ".keras"),
    "batch_norm_after_activation": (lambda: chain(
        (9, 7, 3), layers.Conv2D(3, 3, activation="relu"), layers.BatchNormalization(),
        layers.Conv2D(4, 3, padding="same", activation="elu"), layers.BatchNormalization(), layers.MaxPooling2D(2)), ".keras"),
    "batch_norm_of_used_conv": (norm_of_used_convolution, ".keras"),
    "activations": (activation_branches(
        ["linear", "relu", "relu6", "leaky_relu", "elu", "sigmoid", "tanh", "softmax", "silu", "swish"]), ".keras"),
    "activations_more": (activation_branches(
        ["selu", "softplus", "softsign", "gelu", "hard_sigmoid", "hard_silu", "mish", "exponential", "log_softmax"]), ".keras"),
    "activation_arguments": (activation_arguments, ".keras"),
    "activation_layers": (lambda: branches(
        (4, 3, 3), layers.ReLU(), layers.ReLU(max_value=3.0), layers.ReLU(negative_slope=0.2), layers.ReLU(threshold=1.5),
        layers.ReLU(max_value=4.0, negative_slope=0.1, threshold=1.0), layers.LeakyReLU(), layers.LeakyReLU(negative_slope=0.07),
        layers.ELU(), layers.ELU(alpha=0.4), before=[layers.Rescaling(16.0, -8.0)]), ".keras"),
    "softmax": (lambda: branches(
        (4, 3, 3), layers.Softmax(), layers.Softmax(axis=1), layers.Softmax(axis=2), before=[layers.Rescaling(16.0, -8.0)]), ".keras"),
    "prelu": (lambda: branches(
        (4, 3, 3), layers.PReLU(), layers.PReLU(shared_axes=[1, 2]), layers.PReLU(shared_axes=[2]),
        layers.PReLU(shared_axes=[1, 2, 3]), before=[layers.Rescaling(16.0, -8.0)]), ".keras"),
    "max_pooling": (lambda: flat_branches(
        (13, 10, 3), layers.MaxPooling2D(), layers.MaxPooling2D(3, strides=2, padding="same"), layers.MaxPooling2D((2, 3), strides=3),
        layers.MaxPooling2D((4, 2), strides=3, padding="same"), before=[layers.Rescaling(4.0, -5.0)]), ".keras"),
    "average_pooling": (lambda: flat_branches(
        (13, 10, 3), layers.AveragePooling2D(2), layers.AveragePooling2D(3, strides=2, padding="same"),
        layers.AveragePooling2D((2, 3), strides=3), layers.AveragePooling2D((4, 2), strides=3, padding="same")), ".keras"),
    "global_pooling": (lambda: branches(
        (7, 6, 3), lambda x: layers.GlobalAveragePooling2D()(x), lambda x: layers.GlobalMaxPooling2D()(x),
        lambda x: layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(x)),
        lambda x: layers.Flatten()(layers.GlobalMaxPooling2D(keepdims=True)(x)), before=[layers.Rescaling(1.0, -2.0)]), ".keras"),
    "add": (add, ".keras"),
    "multiply": (squeeze_excite, ".keras"),
    "concatenate": (concatenate, ".keras"),
    "reshape": (lambda: chain(
        (6, 5, 4), layers.Conv2D(4, 2), layers.Reshape((4, 20)), layers.Reshape((-1, 2, 4)), layers.Conv2D(3, 2), layers.Flatten(),
        layers.Reshape((3, -1))), ".keras"),
    "zero_padding": (lambda: chain(
        (5, 4, 3), layers.ZeroPadding2D(((1, 0), (2, 3))), layers.Conv2D(2, 3, strides=2), layers.ZeroPadding2D((0, 1)),
        layers.ZeroPadding2D(1)), ".keras"),
    "rescaling": (lambda: chain(
        (5, 4, 3), layers.Rescaling(1 / 127.5, offset=-1.0), layers.Rescaling([0.25, 2.0, 30.0], offset=[0.5, -0.25, 7.0]),
        layers.Rescaling([1.0, 2.0, 0.5])), ".keras"),
    "dropout": (lambda: chain(
        (6, 5, 3), layers.Dropout(0.5), layers.Conv2D(3, 2), layers.SpatialDropout2D(0.4), layers.Flatten(), layers.Dense(3),
        layers.Dropout(0.9)), ".keras"),
    "nested_xception": (nested_xception, ".keras .h5"),
    "nested_xception_partly_frozen": (nested_xception_partly_frozen, ".h5"),
    "sequential_cnn": (cnn, ".keras .h5"),
    "sequential_cnn_with_optimizer": (cnn_with_optimizer, ".keras .h5"),
    "doubly_nested": (doubly_nested, ".keras"),
    "nested_twice": (nested_twice, ".keras .h5"),
    "shared_layers": (shared_layers, ".keras .h5"),
    "two_outputs": (two_outputs, ".keras .h5"),
    "nested_sequential": (nested_sequential, ".keras .h5"),
    "sequential_with_trunk": (sequential_with_trunk, ".keras .h5"),
    "operators": (operators, ".keras"),
    "odd_names": (odd_names, ".keras .h5"),
    "high_pass": (high_pass, ".keras"),
    "up_sampling": (lambda: flat_branches(
        (5, 4, 3), layers.UpSampling2D(), layers.UpSampling2D((3, 2)), layers.UpSampling2D((1, 4)),
        layers.UpSampling2D(2, interpolation="bilinear"), layers.UpSampling2D((3, 4), interpolation="bilinear"),
        before=[layers.Conv2D(3, 3, padding="same")]), ".keras"),
    "covariances": (covariances, ".keras .h5"),
}


def base():
    """The model from which the variants and the broken files are made."""
    x = inputs = Input((7, 5, 3), name="image")
    x = layers.Conv2D(2, 3, activation="relu", name="conv")(x)
    x = layers.BatchNormalization(name="bn")(x)
    x = layers.Flatten(name="flatten")(x)
    return Model(inputs, layers.Dense(1, activation="sigmoid", name="score")(x), name="base")


# -------------------------------------------------------------------------------------------------- rewriting of files

def members(path):
    with zipfile.ZipFile(path) as z:
        return {name: z.read(name) for name in z.namelist()}


def write_zip(path, parts, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as z:
        for name, data in parts.items():
            z.writestr(zipfile.ZipInfo(name), data, compression)


def edit_hdf5(data, change):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "edited.h5")
        with open(path, "wb") as f:
            f.write(data)
        with h5py.File(path, "r+") as f:
            change(f)
        with open(path, "rb") as f:
            return f.read()


def rewrite(source, target, config=None, weights=None, metadata=None, compression=zipfile.ZIP_STORED):
    """Copy a .keras file, its config (parsed) or its weights (an open HDF5 file) changed by a function."""
    parts = members(source)
    if config:
        parsed = json.loads(parts["config.json"])
        changed = config(parsed)
        parts["config.json"] = json.dumps(parsed if changed is None else changed).encode()
    if weights:
        parts[WEIGHTS] = edit_hdf5(parts[WEIGHTS], weights)
    if metadata:
        parts["metadata.json"] = json.dumps(metadata).encode()
    write_zip(target, parts, compression)


def rewrite_hdf5(source, target, change):
    with open(source, "rb") as f:
        data = f.read()
    with open(target, "wb") as f:
        f.write(edit_hdf5(data, change))


def replace(f, path, **dataset):
    del f[path]
    f.create_dataset(path, **dataset)


def datasets(f):
    found = []
    f.visititems(lambda name, node: found.append(name) if isinstance(node, h5py.Dataset) else None)
    return found


def map_json(node, change):
    """Apply a function to every JSON object, innermost first; it returns the replacement."""
    if isinstance(node, list):
        return [map_json(n, change) for n in node]
    if isinstance(node, dict):
        return change({k: map_json(v, change) for k, v in node.items()})
    return node


def batch_input_shape(node):
    return {("batch_input_shape" if k == "batch_shape" else k): v for k, v in node.items()}


def plain_dtype(node):
    return node["config"]["name"] if node.get("class_name") == "DTypePolicy" else node


def dtype_policy(node):
    if isinstance(node.get("dtype"), str) and "name" in node:
        node["dtype"] = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": node["dtype"]}, "registered_name": None}
    return node


def plain_names(node):
    """Without the module and the registered name, as legacy files have it."""
    if "class_name" in node:
        return {k: v for k, v in node.items() if k not in ("module", "registered_name", "build_config")}
    return node


def old_inbound_nodes(node):
    """{"args": [tensor], "kwargs": {...}} becomes [["layer", 0, 0, {...}]], a list of such for several inputs."""
    def history(value):
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            return [value["config"]["keras_history"]]
        return [h for v in value for h in history(v)] if isinstance(value, list) else []

    def many(ends):
        return [ends] if ends and isinstance(ends[0], str) else ends

    if isinstance(node.get("inbound_nodes"), list):
        node["inbound_nodes"] = [
            [[*h, {k: v for k, v in call["kwargs"].items() if v is not None and k != "mask"}] for h in history(call["args"])]
            for call in node["inbound_nodes"]]
    for key in ("input_layers", "output_layers"):
        if isinstance(node.get(key), list):
            node[key] = many(node[key])
    return node


def keras2_config(config):
    """Rename what Keras 2.15 named otherwise."""
    def change(node):
        if node.get("class_name") == "LeakyReLU":
            node["config"]["alpha"] = node["config"].pop("negative_slope")
        if node.get("class_name") == "BatchNormalization":
            shape = node["inbound_nodes"][0]["args"][0]["config"]["shape"]
            node["config"]["axis"] = [node["config"]["axis"] % len(shape)]
            node["config"].pop("synchronized", None), node["config"].pop("renorm", None)
        return node
    for step in (change, plain_dtype, old_inbound_nodes, batch_input_shape):
        config = map_json(config, step)
    return config


def keras2_weights(f):
    """<layer>/<Keras 3 path> becomes <layer>/<owner>/<variable>:0, as fixed-length strings."""
    top = f["model_weights"]
    for layer in list(top):
        group = top[layer]
        names = [n if isinstance(n, str) else n.decode() for n in group.attrs["weight_names"]]
        values = [group[n][()] for n in names]
        for child in list(group):
            del group[child]
        new = ["/".join(n.split("/")[-2:]) + ":0" for n in names]
        for n, v in zip(new, values):
            group.create_dataset(n, data=v)
        group.attrs["weight_names"] = np.array([n.encode() for n in new], dtype="S") if new else np.array([])
    top.attrs["keras_version"] = f.attrs["keras_version"] = b"2.15.0"
    model_config = map_json(keras2_config(json.loads(f.attrs["model_config"])), plain_names)
    f.attrs["model_config"] = json.dumps(model_config).encode()


def without_names(f):
    def strip(_, node):
        node.attrs.pop("name", None)
    f.visititems(strip)


def chunk_names(f):
    """layer_names in pieces, as Keras writes it when the names are longer than 64,512 bytes together."""
    group = f["model_weights"]
    names = np.asarray([n if isinstance(n, str) else n.decode() for n in group.attrs["layer_names"]]).astype("S")
    del group.attrs["layer_names"]
    for i, part in enumerate(np.array_split(names, 3)):
        group.attrs[f"layer_names{i}"] = part


def reencode(**options):
    def change(f):
        for path in datasets(f):
            value = f[path][()]
            extra = {} if value.shape else {"chunks": None, "compression": None, "shuffle": None}
            replace(f, path, data=value.astype(options.get("dtype", value.dtype)), **{
                k: v for k, v in {**options, **extra}.items() if k != "dtype" and v is not None})
    return change


def latest_hdf5(data):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "new.h5")
        with h5py.File(io.BytesIO(data)) as old, h5py.File(path, "w", libver="latest") as new:
            for key in old:
                old.copy(key, new)
        with open(path, "rb") as f:
            return f.read()


def write_variants(out):
    """Valid files in other encodings. Returns {file name: the file whose answers they share}."""
    def path(name):
        return os.path.join(out, name)

    same = {}

    def keras_variant(name, source, **changes):
        rewrite(path(source), path(name), **changes)
        same[name] = source

    keras_variant("variant_batch_input_shape.keras", "base.keras", config=lambda c: map_json(c, batch_input_shape))
    keras_variant("variant_dtype_string.keras", "base.keras", config=lambda c: map_json(c, plain_dtype))
    keras_variant("variant_dtype_policy.keras", "base.keras",
                  config=lambda c: map_json(map_json(c, plain_dtype), dtype_policy))
    keras_variant("variant_old_inbound_nodes.keras", "two_outputs.keras", config=lambda c: map_json(c, old_inbound_nodes))
    keras_variant("variant_old_inbound_nodes_merge.keras", "batch_norm_of_used_conv.keras",
                  config=lambda c: map_json(c, old_inbound_nodes))
    keras_variant("variant_without_names.keras", "base.keras", weights=without_names)
    keras_variant("variant_big_endian.keras", "base.keras", weights=reencode(dtype=">f4"))
    keras_variant("variant_float64.keras", "base.keras", weights=reencode(dtype="<f8"))
    keras_variant("variant_float16.keras", "base.keras", weights=reencode(dtype="<f2"))
    keras_variant("variant_gzip_chunks.keras", "base.keras", weights=reencode(chunks=True, compression="gzip", shuffle=True))
    keras_variant("variant_deflated.keras", "base.keras", compression=zipfile.ZIP_DEFLATED)
    parts = members(path("base.keras"))
    write_zip(path("variant_other_member_order.keras"), dict(reversed(parts.items())))
    same["variant_other_member_order.keras"] = "base.keras"
    write_zip(path("variant_latest_hdf5.keras"), {**parts, WEIGHTS: latest_hdf5(parts[WEIGHTS])})
    same["variant_latest_hdf5.keras"] = "base.keras"
    rewrite_hdf5(path("sequential_cnn.h5"), path("variant_chunked_layer_names.h5"), chunk_names)
    same["variant_chunked_layer_names.h5"] = "sequential_cnn.h5"
    for name in ("nested_xception", "sequential_cnn", "shared_layers"):
        rewrite_hdf5(path(f"{name}.h5"), path(f"keras2_style_{name}.h5"), keras2_weights)
        same[f"keras2_style_{name}.h5"] = f"{name}.h5"
    keras_variant("keras2_style_nested_xception.keras", "nested_xception.keras", config=keras2_config, weights=without_names,
                  metadata={"keras_version": "2.15.0", "date_saved": "2024-01-01@00:00:00"})
    return same


# -------------------------------------------------------------------------------------------------------- broken files

def layer_config(config, name):
    return next(l for l in config["config"]["layers"] if l["config"]["name"] == name)


def feed(config, layer, source):
    tensor = layer_config(config, layer)["inbound_nodes"][0]["args"][0]
    tensor["config"]["keras_history"][0] = source


def set_config(layer, **values):
    return lambda c: layer_config(c, layer)["config"].update(values)


def write_broken(out):
    source, legacy = os.path.join(out, "base.keras"), os.path.join(out, "base.h5")
    folder = os.path.join(out, "broken")
    os.makedirs(folder, exist_ok=True)
    described = []
    kernel = "layers/conv2d/vars/0"
    legacy_kernel = "model_weights/conv/conv/kernel"
    with h5py.File(legacy) as f:
        assert legacy_kernel in f, datasets(f)
    parts = members(source)

    def note(name, sentence, loads=False):
        described.append({"file": name, "defect": sentence, "keras_loads": loads})
        return os.path.join(folder, name)

    def raw(name, data, sentence):
        with open(note(name, sentence), "wb") as f:
            f.write(data)

    def archive(name, changed, sentence, loads=False):
        write_zip(note(name, sentence, loads), changed)

    def edited(name, sentence, loads=False, **changes):
        rewrite(source, note(name, sentence, loads), **changes)

    def less(member):
        return {k: v for k, v in parts.items() if k != member}

    with open(source, "rb") as f:
        whole = f.read()
    with open(legacy, "rb") as f:
        whole_legacy = f.read()
    raw("not_a_zip.keras", b"version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 90682311\n",
        "A text (a Git LFS pointer) instead of a ZIP archive.")
    raw("empty.keras", b"", "A file of no bytes.")
    raw("empty.h5", b"", "A file of no bytes.")
    raw("truncated.keras", whole[:len(whole) * 6 // 10], "The first 60 % of a good archive: the central directory is missing.")
    raw("truncated.h5", whole_legacy[:len(whole_legacy) * 6 // 10], "The first 60 % of a good HDF5 file.")
    archive("missing_config.keras", less("config.json"), "The archive has no config.json.")
    archive("missing_weights.keras", less(WEIGHTS), "The archive has no model.weights.h5.")
    archive("missing_metadata.keras", less("metadata.json"), "The archive has no metadata.json; nothing in it is needed.", loads=True)
    archive("config_not_json.keras", {**parts, "config.json": b"{\"class_name\": \"Functional\", "}, "config.json ends in mid-object.")
    archive("config_is_a_list.keras", {**parts, "config.json": b"[1, 2]"}, "config.json is JSON, but a list.")
    archive("deep_config.keras", {**parts, "config.json": b"[" * 20000}, "config.json opens 20,000 brackets: a recursive parser runs out of stack.")
    archive("weights_not_hdf5.keras", {**parts, WEIGHTS: b"not HDF5 at all, just text\n" * 40}, "model.weights.h5 is text.")
    archive("weights_truncated.keras", {**parts, WEIGHTS: parts[WEIGHTS][:len(parts[WEIGHTS]) // 2]},
            "model.weights.h5 inside the archive is cut in half.")
    archive("dotdot_entry.keras", {**parts, "../../escaped.txt": b"outside"},
            "A member is named ../../escaped.txt. All else is good; nothing may be written outside.", loads=True)
    bomb = note("zip_bomb.keras", "config.json is 16 MiB of blanks before the object, deflated to 16 KiB.", loads=True)
    with zipfile.ZipFile(bomb, "w") as z:
        for name, data in parts.items():
            blanks = b" " * (1 << 24) if name == "config.json" else b""
            z.writestr(zipfile.ZipInfo(name), blanks + data, zipfile.ZIP_DEFLATED if blanks else zipfile.ZIP_STORED)

    edited("unknown_layer.keras", "A layer of class LSTM between others that are known.",
           config=lambda c: layer_config(c, "flatten").update(class_name="LSTM"))
    edited("custom_layer.keras", "A layer of the user's own class.", config=lambda c: layer_config(c, "flatten").update(
        class_name="MyLayer", module="my.package", registered_name="my>MyLayer"))
    edited("lambda_layer.keras", "A Lambda layer, which carries Python byte code.", config=lambda c: layer_config(c, "flatten").update(
        class_name="Lambda", config={"name": "flatten", "trainable": True, "function": {
            "class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}}))
    edited("unknown_activation.keras", "The convolution's activation is called snakeskin.", config=set_config("conv", activation="snakeskin"))
    edited("cyclic_graph.keras", "Layer conv takes the output of flatten, which depends on conv.", config=lambda c: feed(c, "conv", "flatten"))
    edited("unknown_inbound.keras", "Layer bn takes the output of a layer that does not exist.", config=lambda c: feed(c, "bn", "nowhere"))
    edited("unknown_output.keras", "The model's output is a layer that does not exist.",
           config=lambda c: c["config"].update(output_layers=["nowhere", 0, 0]))
    edited("duplicate_layer_name.keras", "Two layers are called bn.", config=set_config("flatten", name="bn"))
    edited("negative_stride.keras", "The convolution's strides are -1.", config=set_config("conv", strides=[-1, -1]))
    edited("zero_kernel.keras", "The convolution's kernel size is 0x0.", config=set_config("conv", kernel_size=[0, 0]))
    edited("kernel_larger_than_image.keras", "A valid-padded 9x9 convolution on a 7x5 image.", config=set_config("conv", kernel_size=[9, 9]))
    edited("huge_input.keras", "The input is declared 1,000,000 x 1,000,000 x 3.", loads=None,
           config=lambda c: map_json(c, lambda n: {**n, "batch_shape": [None, 1000000, 1000000, 3]} if "batch_shape" in n else n))
    edited("channels_first.keras", "The convolution's data_format is channels_first.", config=set_config("conv", data_format="channels_first"))

    edited("wrong_shape.keras", "The convolution's kernel is stored as 3x3x3x5; the config says 2 filters.",
           weights=lambda f: replace(f, kernel, data=np.ones((3, 3, 3, 5), "f")))
    edited("same_size_wrong_shape.keras", "The convolution's kernel is stored as 3x3x2x3: as many numbers, another shape.",
           weights=lambda f: replace(f, kernel, data=np.ones((3, 3, 2, 3), "f")))
    edited("missing_variable.keras", "The batch normalisation's moving variance is not stored.",
           weights=lambda f: f.__delitem__("layers/batch_normalization/vars/3"))
    edited("surplus_variable.keras", "The convolution has a third variable that its config does not explain.",
           weights=lambda f: f.create_dataset("layers/conv2d/vars/2", data=np.ones(2, "f")))
    edited("variable_is_a_group.keras", "A group lies where the convolution's kernel should.",
           weights=lambda f: (f.__delitem__(kernel), f.create_group(kernel)))
    edited("string_weight.keras", "The convolution's bias is stored as text.",
           weights=lambda f: replace(f, "layers/conv2d/vars/1", data=np.array([b"one", b"two"])))
    edited("nan_weight.keras", "A weight is NaN. Not malformed: the answer is NaN, which must not pass for a verdict.", loads=True,
           weights=lambda f: f["layers/dense/vars/0"].__setitem__((0, 0), np.nan))
    edited("huge_declared_shape.keras", "The convolution's kernel declares 2^40 numbers in chunks of which none is stored.", loads=None,
           weights=lambda f: replace(f, kernel, shape=(1 << 20, 1 << 20), chunks=(1 << 10, 1 << 10), dtype="<f4"))
    def huge_dense(f):
        replace(f, "layers/dense/vars/0", shape=(30, 1 << 30), chunks=(30, 1 << 10), dtype="<f4")
        replace(f, "layers/dense/vars/1", shape=(1 << 30,), chunks=(1 << 10,), dtype="<f4")
    edited("huge_declared_shape_in_config.keras", "Config and weights agree on 2^30 units (128 GB), of which nothing is stored.", loads=None,
           config=set_config("score", units=1 << 30), weights=huge_dense)
    edited("group_cycle.keras", "A group contains itself (a hard link): walking the whole file never ends. The weights are good.", loads=True,
           weights=lambda f: f.__setitem__("layers/conv2d/loop", f["layers"]))

    keras.backend.clear_session()
    shared_across_models().save(note("shared_across_models.keras", "Two nested models have a layer in common. Keras stores its weights once, "
                                     "under the first, and refuses the file it wrote: the second has none."))
    with h5py.File(os.path.join(folder, "external_target.h5"), "w") as f, h5py.File(io.BytesIO(parts[WEIGHTS])) as good:
        f["kernel"] = good[kernel][()]
        f["kernel"][()].astype("<f4").tofile(os.path.join(folder, "external_target.bin"))
    link, storage = h5py.ExternalLink("external_target.h5", "/kernel"), [("external_target.bin", 0, 3 * 3 * 3 * 2 * 4)]

    def external_storage(path):
        return lambda f: replace(f, path, shape=(3, 3, 3, 2), dtype="<f4", external=storage)

    def set_link(path, target):
        return lambda f: (f.__delitem__(path), f.__setitem__(path, target))

    edited("external_link.keras", "The kernel is a link to external_target.h5 (which has the right values).", weights=set_link(kernel, link))
    edited("external_storage.keras", "The kernel's bytes are in external_target.bin (which has the right values).", weights=external_storage(kernel))
    for name, sentence, change in (
            ("external_link.h5", "The kernel is a link to external_target.h5 (which has the right values).", set_link(legacy_kernel, link)),
            ("external_storage.h5", "The kernel's bytes are in external_target.bin (which has the right values).", external_storage(legacy_kernel)),
            ("soft_link.h5", "The kernel is a soft link to another place of the same file.",
             lambda f: (f.__setitem__("elsewhere", f[legacy_kernel][()]), set_link(legacy_kernel, h5py.SoftLink("/elsewhere"))(f))),
            ("soft_link_loop.h5", "The kernel is a soft link to itself.", set_link(legacy_kernel, h5py.SoftLink("/" + legacy_kernel))),
            ("no_model_config.h5", "The attribute model_config is missing: weights without an architecture.", lambda f: f.attrs.__delitem__("model_config")),
            ("missing_weight.h5", "weight_names lists a kernel that is not stored.", lambda f: f.__delitem__(legacy_kernel)),
            ("missing_layer_group.h5", "The group of the layer score is missing.", lambda f: f.__delitem__("model_weights/score"))):
        rewrite_hdf5(legacy, note(name, sentence), change)
    described.append({"file": "external_target.h5", "defect": "No model: what external_link points to.", "keras_loads": False})
    described.append({"file": "external_target.bin", "defect": "No model: what external_storage points to.", "keras_loads": False})
    with open(os.path.join(folder, "broken.json"), "w") as f:
        json.dump(described, f, indent=1)


# ------------------------------------------------------------------------------------------------------- golden files

def answer(model, file, seed):
    shape = model.input_shape[1:]
    outputs = model(image(shape, seed), training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return {"model": file, "input_shape": list(shape), "seed": seed,
            "outputs": [{"shape": list(o.shape[1:]), "values": numbers(o)} for o in outputs]}


def write_golden(out):
    answers = {}
    for n, (name, (build, formats)) in enumerate({"base": (base, ".keras .h5"), **MODELS}.items(), 1):
        keras.backend.clear_session()
        keras.utils.set_random_seed(n)
        model = build()
        randomise(model, np.random.default_rng(n))
        seed = 7919 * n                       # neighbouring seeds give nearly the same image
        moderate(model, seed)
        for suffix in formats.split():
            model.save(os.path.join(out, name + suffix))
            answers[name + suffix] = answer(model, name + suffix, seed)
    for variant, original in write_variants(out).items():
        answers[variant] = {**answers[original], "model": variant}
    half = "variant_float16.keras"            # its weights are rounded, so that it has an answer of its own
    model = keras.models.load_model(os.path.join(out, half), compile=False)
    answers[half] = answer(model, half, answers[half]["seed"])
    write_broken(out)
    with open(os.path.join(out, "golden.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(a) for a in answers.values()) + "\n]\n")


# ---------------------------------------------------------------------------------------------------------- full size

FULL_SIZE = {                                 # the last layer: factor of its kernel, and its bias
    "xception": ("output_layer", 0.04, 2.1),
    "cnn": ("dense_1", 6.0, 0.0),
}
FULL_SIZE_SEEDS = (1, 2, 3, 4)


def full_size_model(name):
    keras.backend.clear_session()
    if name == "xception":
        return classifier(keras.applications.Xception(include_top=False, weights=None, input_shape=(224, 224, 3)), (256, 128))
    return Sequential([
        Input((256, 256, 3)),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(256, activation="relu"), layers.Dense(1, activation="sigmoid")])


def fill_by_formula(model, last, factor, bias):
    keys = []
    for layer in all_layers(model):
        if isinstance(layer, Model):
            continue
        for v in layer.weights:
            key = f"{layer.name}/{v.name}"
            value = formula_weight(key, tuple(v.shape))
            if key == f"{last}/kernel":
                value = value * factor
            if key == f"{last}/bias":
                value = np.full(v.shape, bias)
            v.assign(value.astype(np.float32))
            keys.append([key, list(v.shape)])
    return keys


def write_full_size(out):
    checks = []
    for name, (last, factor, bias) in FULL_SIZE.items():
        model = full_size_model(name)
        keys = fill_by_formula(model, last, factor, bias)
        shape = model.input_shape[1:]
        found = [{"seed": s, "probability": float(model(smooth_image(shape, s), training=False)[0, 0])} for s in FULL_SIZE_SEEDS]
        checks.append({"architecture": name, "input_shape": list(shape), "last_layer": last, "kernel_factor": factor, "bias": bias,
                       "answers": found, "variables": keys})
    with open(os.path.join(out, "full_size.json"), "w") as f:
        json.dump({
            "weights": "u = (i*2654435761 + crc32(key)*40503) mod 2^32; u ^= u>>15; u = u*2246822519 mod 2^32; u ^= u>>13; "
                       "r = (u>>8)/2^24; double arithmetic, rounded once to float32",
            "kernel": "(2r-1)*sqrt(6/fan_in), fan_in = product of all dimensions but the last; also pointwise_kernel",
            "depthwise_kernel": "(2r-1)*sqrt(3/(height*width))",
            "gamma": "0.8+0.4r", "beta": "0.4r-0.2", "moving_mean": "0.2r-0.1", "moving_variance": "0.5+r", "bias": "0.2r-0.1",
            "last_layer": "kernel as above times kernel_factor (before rounding); every bias is the constant",
            "image": "noise = ((i*2654435761 + seed*40503) mod 2^32 >> 8)/2^24; t = ((h*(1+seed%3) + w*(1+seed%5) + c*37 + seed*101) mod 256)/256; "
                     "float32((1 + seed%4)/4 * (0.25*noise + 0.75*|2t-1|))",
            "checks": checks}, f)


# --------------------------------------------------------------------------------------------------------------- tiny

def read(path, size):
    """As the reference reads an image, but with the accurate DCT, which every decoder agrees on."""
    decoded = tf.io.decode_jpeg(tf.io.read_file(path), channels=3, dct_method="INTEGER_ACCURATE")
    return tf.cast(tf.image.resize(decoded, size), tf.float32) / 255.0


def tiny():
    inputs = Input((224, 224, 3))
    x = layers.Conv2D(8, 3, strides=2, use_bias=False, name="block1_conv1")(inputs)
    x = layers.BatchNormalization(name="block1_conv1_bn")(x)
    x = layers.Activation("relu", name="block1_conv1_act")(x)
    for n, filters in ((2, 12), (3, 16), (4, 24), (5, 32)):
        x = layers.SeparableConv2D(filters, 3, strides=2, padding="same", use_bias=False, name=f"block{n}_sepconv1")(x)
        x = layers.BatchNormalization(name=f"block{n}_sepconv1_bn")(x)
        x = layers.Activation("relu", name=f"block{n}_sepconv1_act")(x)
    return classifier(Model(inputs, x, name="trunk"), (16, 8), "tiny")


def calibrate_norms(model, images, rng):
    norms = [l for l in all_layers(model) if isinstance(l, layers.BatchNormalization) and l.trainable]
    for norm in norms:
        norm.momentum = 0.0
        norm.gamma.assign(rng.uniform(0.8, 1.2, norm.gamma.shape))
        norm.beta.assign(rng.normal(0, 0.2, norm.beta.shape))
    model(images, training=True)
    for norm in norms:
        norm.momentum = 0.99


def write_tiny(out, folder):
    from PIL import Image
    from skimage import data
    photo = os.path.join(out, "astronaut.jpg")
    Image.fromarray(data.astronaut()).save(photo, quality=92)
    files = sorted(os.path.join(d, f) for d, _, names in os.walk(folder) for f in names if f.lower().endswith((".jpg", ".jpeg")))
    rng = np.random.default_rng(7)
    keras.backend.clear_session()
    keras.utils.set_random_seed(7)
    images = tf.stack([read(files[i], (224, 224)) for i in sorted(rng.choice(len(files), min(24, len(files)), replace=False))])
    model = tiny()
    trunk = model.get_layer("trunk")
    trunk.trainable = True
    calibrate_norms(trunk, images, rng)
    trunk.trainable = False
    calibrate_norms(model, images, rng)
    features = Model(model.inputs, model.layers[-2].output)(images, training=False).numpy()
    direction = rng.normal(size=features.shape[1])
    direction *= 1.5 / (features @ direction).std()
    model.layers[-1].set_weights([direction[:, None].astype("f"), np.array([-(features @ direction).mean()], "f")])
    model.save(os.path.join(out, "tiny.keras"))
    probability = float(model(read(photo, (224, 224))[None], training=False)[0, 0])
    spread = model(images, training=False).numpy()[:, 0]
    print("tiny:", probability, "over the images", np.round(np.sort(spread), 3))
    with open(os.path.join(out, "tiny.json"), "w") as f:
        json.dump({"model": "tiny.keras", "image": "astronaut.jpg", "probability": probability, "seed": 3,
                   "probability_of_formula_image": float(model(image((224, 224, 3), 3), training=False)[0, 0]),
                   "preprocessing": "decode_jpeg INTEGER_ACCURATE, tf.image.resize 224x224 bilinear without antialiasing, /255"}, f, indent=1)


# -------------------------------------------------------------------------------------------------------------- check

def stored_names(f):
    """{path of a layer: the name stored with its variables}"""
    found = {}
    f.visititems(lambda p, n: found.__setitem__(p[:-len("/vars")], n.attrs["name"]) if p.endswith("/vars") and "name" in n.attrs else None)
    return found


def expected_names(config, prefix, found):
    """The same, by counting the classes of the layers in the order of the config. Operations are no layers."""
    counts = {}
    for layer in config["config"]["layers"]:
        if ".ops" in (layer.get("module") or "") or layer["class_name"] == "InputLayer" and config["class_name"] == "Sequential":
            continue
        snake = keras.src.utils.naming.to_snake_case(layer["class_name"])
        n = counts[snake] = counts.get(snake, -1) + 1
        path = f"{prefix}layers/{snake}" + (f"_{n}" if n else "")
        found[path] = layer["config"]["name"]
        if "layers" in layer["config"]:
            expected_names(layer, path + "/", found)
    return found


def acceptable(path, folder):
    """Keras 3 refuses the axis [3] that Keras 2 wrote into .keras files; it is changed back for the check alone."""
    if os.path.basename(path) != "keras2_style_nested_xception.keras":
        return path
    copy = os.path.join(folder, "copy.keras")
    rewrite(path, copy, config=lambda c: map_json(c, lambda n: {**n, "axis": n["axis"][0]} if isinstance(n.get("axis"), list) else n))
    return copy


def check(out):
    worst = 0
    with open(os.path.join(out, "golden.json")) as f:
        golden = json.load(f)
    for a in golden:
        path = os.path.join(out, a["model"])
        try:
            with tempfile.TemporaryDirectory() as d:
                model = keras.models.load_model(acceptable(path, d), compile=False)
            b = answer(model, a["model"], a["seed"])
        except Exception as e:
            print("DOES NOT LOAD", a["model"], type(e).__name__, str(e)[:300].replace("\n", " "))
            continue
        for x, y in zip(a["outputs"], b["outputs"], strict=True):
            difference = np.abs(np.subtract(x["values"], y["values"])).max()
            worst = max(worst, difference)
            if x["shape"] != y["shape"] or difference > 1e-6:
                print("DIFFERS", a["model"], difference)
            if np.std(x["values"]) < 1e-3 and len(x["values"]) > 1 or not np.isfinite(x["values"]).all():
                print("UNINFORMATIVE", a["model"], x["values"][:5])
        if path.endswith(".keras"):
            parts = members(path)
            stored = stored_names(h5py.File(io.BytesIO(parts[WEIGHTS])))
            counted = expected_names(json.loads(parts["config.json"]), "", {})
            wrong = {p: (n, counted.get(p)) for p, n in stored.items() if p.startswith("layers") and counted.get(p) != n}
            if wrong:
                print("PATHS BY COUNTING DIFFER", a["model"], wrong)
    print(len(golden), "files, largest difference", worst)
    if os.path.exists(os.path.join(out, "tiny.json")):
        with open(os.path.join(out, "tiny.json")) as f:
            a = json.load(f)
        model = keras.models.load_model(os.path.join(out, a["model"]), compile=False)
        for x, p in ((read(os.path.join(out, a["image"]), (224, 224))[None], a["probability"]),
                     (image((224, 224, 3), a["seed"]), a["probability_of_formula_image"])):
            print(a["model"], p, "difference", abs(float(model(x, training=False)[0, 0]) - p))
    with open(os.path.join(out, "broken", "broken.json")) as f:
        for b in json.load(f):
            path = os.path.join(out, "broken", b["file"])
            if b["keras_loads"] is None or not path.endswith((".keras", ".h5")):
                continue
            try:
                model = keras.models.load_model(path, compile=False)
                print("broken, loads  " if b["keras_loads"] else "broken, LOADS  ", b["file"], answer(model, "", 1)["outputs"][0]["values"])
            except Exception as e:
                print("broken, refused" if not b["keras_loads"] else "broken, REFUSED", b["file"], type(e).__name__, str(e)[:110].replace("\n", " "))


def pack(out, archive):
    """HDF5 spends a kilobyte on every group, most of it zeros: deflated, the files shrink to a tenth."""
    parts = {}
    for folder, _, names in sorted(os.walk(out)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith((".keras", ".h5", ".bin", ".json")) and not name.startswith("."):
                with open(path, "rb") as f:
                    parts[os.path.relpath(path, out)] = f.read()
    write_zip(archive, parts, zipfile.ZIP_DEFLATED)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out")
    ap.add_argument("--full-size", action="store_true")
    ap.add_argument("--tiny", metavar="IMAGES")
    ap.add_argument("--pack", metavar="FILE")
    ap.add_argument("--check", action="store_true")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if a.check:
        check(a.out)
    elif a.pack:
        pack(a.out, a.pack)
    elif a.full_size:
        write_full_size(a.out)
    elif a.tiny:
        write_tiny(a.out, a.tiny)
    else:
        write_golden(a.out)


if __name__ == "__main__":
    main()
