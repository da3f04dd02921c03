"""Write the architectures that --architecture knows by name: resources/io/unmask/keras/architectures.zip of core/keras.

    VENV/bin/python make_architectures.py FILE.zip          (VENV as in make_golden.py)

Each is the config that Keras itself writes with model.to_json(), one file NAME.json, without what makes no difference to
inference (initializers, regularizers, constraints). Those of keras.applications are NAME(weights=None, classes=N), with
N in the config as the number 987654, which the reader replaces by the number of classes that the weights are for.
mesonet4 and mesoinception4 are those of https://github.com/DariusAf/MesoNet (classifiers.py, Apache-2.0). index.json has
the number of parameters that Keras counts for each, of those of keras.applications with two classes.
"""
import argparse
import json
import os
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import keras
from keras import layers as L

CLASSES = 987654
NEEDLESS = ("initializer", "regularizer", "constraint")
APPLICATIONS = """Xception VGG16 VGG19 ResNet50 ResNet101 ResNet152 ResNet50V2 ResNet101V2 ResNet152V2 InceptionV3
    InceptionResNetV2 MobileNet MobileNetV2 MobileNetV3Small MobileNetV3Large DenseNet121 DenseNet169 DenseNet201
    NASNetMobile NASNetLarge EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5
    EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2S
    EfficientNetV2M EfficientNetV2L ConvNeXtTiny ConvNeXtSmall ConvNeXtBase ConvNeXtLarge ConvNeXtXLarge""".split()


def mesonet4():
    inputs = x = keras.Input((256, 256, 3))
    for filters, kernel, pool in ((8, 3, 2), (8, 5, 2), (16, 5, 2), (16, 5, 4)):
        x = L.Conv2D(filters, kernel, padding="same", activation="relu")(x)
        x = L.BatchNormalization()(x)
        x = L.MaxPooling2D(pool, padding="same")(x)
    return keras.Model(inputs, meso_head(x), name="mesonet4")


def meso_head(x):
    x = L.Dropout(0.5)(L.Flatten()(x))
    x = L.LeakyReLU(negative_slope=0.1)(L.Dense(16)(x))
    return L.Dense(1, activation="sigmoid")(L.Dropout(0.5)(x))


def mesoinception4():
    def conv(filters, kernel, x, dilation=1):
        return L.Conv2D(filters, kernel, dilation_rate=dilation, padding="same", activation="relu")(x)

    def inception(a, b, c, d, x):
        x1 = conv(a, 1, x)
        x2 = conv(b, 3, conv(b, 1, x))
        x3 = conv(c, 3, conv(c, 1, x), 2)
        x4 = conv(d, 3, conv(d, 1, x), 3)
        return L.Concatenate(axis=-1)([x1, x2, x3, x4])

    inputs = keras.Input((256, 256, 3))
    x = inception(1, 4, 4, 2, inputs)
    x = L.MaxPooling2D(2, padding="same")(L.BatchNormalization()(x))
    x = inception(2, 4, 4, 2, x)
    x = L.MaxPooling2D(2, padding="same")(L.BatchNormalization()(x))
    for pool in (2, 4):
        x = L.Conv2D(16, 5, padding="same", activation="relu")(x)
        x = L.MaxPooling2D(pool, padding="same")(L.BatchNormalization()(x))
    return keras.Model(inputs, meso_head(x), name="mesoinception4")


def application(name):
    size = {"input_shape": (224, 224, 3)} if name.startswith("MobileNetV3") else {}    # which else leave it open
    return getattr(keras.applications, name)(weights=None, classes=2, **size)


def stripped(node):
    if isinstance(node, dict):
        return {k: stripped(v) for k, v in node.items()
                if not k.endswith(NEEDLESS) and k not in ("build_config", "compile_config", "registered_name")}
    return [stripped(v) for v in node] if isinstance(node, list) else node


def with_classes(node):
    """The number of classes in the layers that have it: the last with weights, and a reshape behind it."""
    layers = node["config"]["layers"]
    last = max(i for i, l in enumerate(layers) if l["class_name"] in ("Dense", "Conv2D"))
    for layer in layers[last:]:
        config = layer["config"]
        for key in ("units", "filters"):
            if key in config:
                assert config[key] == 2
                config[key] = CLASSES
        if "target_shape" in config:
            config["target_shape"] = [CLASSES if n == 2 else n for n in config["target_shape"]]
    return node


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("archive")
    ap.add_argument("--only", nargs="*", default=APPLICATIONS)
    a = ap.parse_args()
    zeros = lambda shape, *args, **kw: keras.ops.zeros(shape, kw.get("dtype") or "float32")
    keras.src.random.uniform = keras.src.random.truncated_normal = keras.src.random.normal = zeros  # nobody sees the weights
    texts, counts = {}, {}
    for name in ["mesonet4", "mesoinception4"] + a.only:
        keras.backend.clear_session()
        model = globals()[name]() if name in globals() else application(name)
        assert None not in model.input_shape[1:], name
        config = stripped(json.loads(model.to_json()))
        if name not in globals():
            config = with_classes(config)
            assert len([n for n in json.dumps(config).split(str(CLASSES))]) > 1
        config["keras_version"] = keras.__version__
        texts[name + ".json"] = json.dumps(config, separators=(",", ":"))
        counts[name] = int(model.count_params())
        print(name, model.input_shape, counts[name], len(texts[name + ".json"]), flush=True)
    texts["index.json"] = json.dumps(counts, indent=1)
    with zipfile.ZipFile(a.archive, "w", zipfile.ZIP_DEFLATED) as z:
        for name in sorted(texts):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, texts[name], compresslevel=9)


if __name__ == "__main__":
    main()
