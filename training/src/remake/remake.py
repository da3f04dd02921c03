"""Remakes photographs as a generator would have made them, for `unmask train --remade`.

    python3 -m venv VENV && VENV/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1 pillow      (once; needs node's npm too)
    VENV/bin/python remake.py DATA/real REMADE [--networks FOLDER] [--seed 1]

Of DATA/real/SOURCE/NAME.jpg it makes REMADE/SOURCE/NAME.png: the same picture of the same size, put through one of seven small
networks, drawn at random. Three are up-samplers, which get the picture shrunk to a half or a third: ESRGAN slim (x2, x3) and
medium (x2) of the npm packages @upscalerjs/esrgan-slim and @upscalerjs/esrgan-medium 1.0.0 (MIT). Four are autoencoders that
are trained here on the photographs first, and differ in how the decoder enlarges: bilinear and a convolution (by 2), strided
transposed convolutions, sub-pixel shuffle, nearest neighbours and a convolution (by 4). FOLDER keeps all of them; training takes
some minutes each on two cores.

What was made of the photographs for the bundled default came from this script. Nothing here is needed to build, test or run.
"""
import argparse, glob, json, os, subprocess

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf
import keras
from keras import layers as L
from PIL import Image

UPSAMPLERS = [("slim", 2), ("slim", 3), ("medium", 2)]
AUTOENCODERS = {"ae_b2": (2, 4, "bilinear"), "ae_t4": (4, 8, "transposed"), "ae_s4": (4, 8, "shuffle"), "ae_n4": (4, 8, "nearest")}
MULTIPLE = 24  # of all factors
STEPS = 500


def upsampler(folder, kind, scale):
    """An ESRGAN of TensorFlow.js as a Keras model, RGB in [0, 1]."""
    package = f"{folder}/esrgan-{kind}"
    if not os.path.exists(package):
        os.makedirs(package)
        subprocess.run(["npm", "pack", "--silent", f"@upscalerjs/esrgan-{kind}@1.0.0"], cwd=package, check=True, stdout=subprocess.DEVNULL)
        subprocess.run("tar xzf *.tgz", shell=True, cwd=package, check=True)
    model = f"{package}/package/models/x{scale}"
    topology = json.load(open(model + "/model.json"))
    arrays = {}
    for group in topology["weightsManifest"]:
        data = b"".join(open(f"{model}/{path}", "rb").read() for path in group["paths"])
        at = 0
        for entry in group["weights"]:
            n = int(np.prod(entry["shape"]))
            kind_of = np.dtype({"uint8": np.uint8, "uint16": np.uint16, "float16": np.float16}[entry["quantization"]["dtype"]]
                               if "quantization" in entry else np.float32)
            array = np.frombuffer(data, kind_of, n, at).astype(np.float32)
            if "scale" in entry.get("quantization", {}):
                array = array * entry["quantization"]["scale"] + entry["quantization"]["min"]
            at += n * kind_of.itemsize
            arrays[entry["name"]] = array.reshape(entry["shape"])
    config = topology["modelTopology"]["model_config"]["config"]
    tensors = {}
    for layer in config["layers"]:
        c, kind_of = layer["config"], layer["class_name"]
        x = [tensors[node[0]] for node in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        if kind_of == "InputLayer":
            y = keras.Input((None, None, 3))
        elif kind_of == "Conv2D":
            conv = L.Conv2D(c["filters"], c["kernel_size"], c["strides"], c["padding"], activation=c["activation"], use_bias=c["use_bias"])
            y = conv(x[0])
            conv.set_weights([arrays[c["name"] + "/kernel"]] + ([arrays[c["name"] + "/bias"]] if c["use_bias"] else []))
        elif kind_of in ("PixelShuffle", "Lambda"):
            y = L.Lambda(lambda t, s=c.get("scale") or 2: tf.nn.depth_to_space(t, s))(x[0])
        elif kind_of == "MultiplyBeta":
            y = L.Lambda(lambda t, b=c.get("beta", 0.2): t * b)(x[0])
        elif kind_of == "UpSampling2D":
            y = L.UpSampling2D(c["size"], interpolation=c["interpolation"])(x[0])
        elif kind_of == "Activation":
            y = L.Activation(c["activation"])(x[0])
        else:
            y = {"Concatenate": L.Concatenate(), "Add": L.Add(), "Multiply": L.Multiply()}[kind_of](x)
        tensors[c["name"]] = y
    return keras.Model(tensors[config["input_layers"][0][0]], tensors[config["output_layers"][0][0]])


def autoencoder(factor, channels, kind):
    """Channels numbers for each square of that side, and back."""
    same = dict(padding="same", activation="relu")
    c, k = 32, factor
    x = i = L.Input((None, None, 3))
    x = L.Conv2D(c, 3, **same)(x)
    while k > 1:
        c, k = min(c * 2, 96), k // 2
        x = L.Conv2D(c, 3, **same)(L.Conv2D(c, 4, strides=2, **same)(x))
    x = L.Conv2D(c, 3, **same)(L.Conv2D(channels, 1)(x))
    k = factor
    while k > 1:
        to = max(c // 2, 32) if k > 2 else 32
        x = L.Add()([L.Conv2D(c, 3, **same)(x), x])
        if kind == "transposed":
            x = L.Conv2DTranspose(to, 4, strides=2, **same)(x)
        elif kind == "shuffle":
            x = L.Lambda(lambda t: tf.nn.depth_to_space(t, 2))(L.Conv2D(to * 4, 3, **same)(x))
        else:
            x = L.Conv2D(to, 3, **same)(L.UpSampling2D(2, interpolation=kind)(x))
        c, k = to, k // 2
    x = L.Add()([L.Conv2D(c, 3, **same)(x), x])
    return keras.Model(i, L.Conv2D(3, 3, padding="same")(x))


def train(model, images, rng):
    """Absolute differences of pixels and of their neighbours' differences."""
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, STEPS))

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            d = model(x, training=True) - x
            loss = sum(tf.reduce_mean(tf.sqrt(t * t + 1e-6)) for t in (d, d[:, :, 1:] - d[:, :, :-1], d[:, 1:] - d[:, :-1]))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))

    large = [a for a in images if min(a.shape[:2]) >= 128]
    for _ in range(STEPS):
        crops = []
        for a in (large[i] for i in rng.integers(0, len(large), 8)):
            y, x = rng.integers(0, a.shape[0] - 95), rng.integers(0, a.shape[1] - 95)
            crops.append(a[y:y + 96, x:x + 96])
        step(tf.constant(np.stack(crops).astype(np.float32) / 255))


def remade(image, scale, network, filter_):
    h, w = image.shape[:2]
    padded = np.pad(image, ((0, -h % MULTIPLE), (0, -w % MULTIPLE), (0, 0)), "symmetric")
    if scale:
        small = Image.fromarray(padded).resize((padded.shape[1] // scale, padded.shape[0] // scale), filter_)
        padded = np.asarray(small)
    y = network(tf.constant(padded.astype(np.float32)[None] / 255)).numpy()[0, :h, :w]
    return Image.fromarray(np.clip(y * 255, 0, 255).round().astype(np.uint8))


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("photographs"); p.add_argument("out"); p.add_argument("--networks", default="remake-networks"); p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    rng = np.random.default_rng(a.seed)
    files = sorted(f for f in glob.glob(a.photographs + "/*/*") if f.lower().endswith((".jpg", ".jpeg", ".png", ".webp")))
    images = [np.asarray(Image.open(f).convert("RGB")) for f in files]
    networks = {f"{kind}{scale}": (scale, tf.function(upsampler(a.networks, kind, scale))) for kind, scale in UPSAMPLERS}
    for name, shape in AUTOENCODERS.items():
        weights = f"{a.networks}/{name}.weights.h5"
        model = autoencoder(*shape)
        if os.path.exists(weights):
            model.load_weights(weights)
        else:
            train(model, images, rng)
            model.save_weights(weights)
        networks[name] = (None, tf.function(model))
    rng = np.random.default_rng(a.seed)  # anew, whether or not anything was trained
    names, filters = sorted(networks), [Image.BICUBIC, Image.BOX, Image.LANCZOS]
    for file, image in zip(files, images):
        scale, network = networks[names[rng.integers(len(names))]]
        to = f"{a.out}/{os.path.splitext(os.path.relpath(file, a.photographs))[0]}.png"
        os.makedirs(os.path.dirname(to), exist_ok=True)
        remade(image, scale, network, filters[rng.integers(len(filters))]).save(to)
    print(len(files), "remade in", a.out)
