"""Convert MediaPipe's face detectors to Keras models, once; their files are resources of this module.

    npm pack @mediapipe/face_detection@0.4.1657300184 && tar xzf mediapipe-face_detection-*.tgz
    python3 -m venv VENV && VENV/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1 h5py==3.14.0
    VENV/bin/python make_blazeface.py package ../resources/io/unmask/faces

The package's detectors (BlazeFace, short and full range; Apache-2.0) keep their weights in half precision, and so do
the files that this writes: nothing is rounded. Each operation becomes the layer of Keras that computes the same:
    PAD of channels      the channels are seen as columns (Reshape, ZeroPadding2D, Reshape)
    RESIZE_BILINEAR      UpSampling2D; both measure from the centres of pixels
    ADD, RELU, ...       the layer of that name; a ReLU behind a convolution becomes the convolution's own
The outputs are scores (anchor, 1), before the sigmoid, then boxes and points (anchor, 16), in both models.
The script compares each model it has written with the TFLite interpreter on noise, and stops if they differ.
"""
import io
import json
import os
import sys
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, layers
from tensorflow.lite.python import schema_py_generated as schema

MODELS = {"face_detection_short_range.tflite": "blazeface_short_range.keras",
          "face_detection_full_range.tflite": "blazeface_full_range.keras"}
OPERATORS = {v: k for k, v in vars(schema.BuiltinOperator).items() if not k.startswith("_")}
TYPES = {schema.TensorType.FLOAT16: np.float16, schema.TensorType.FLOAT32: np.float32, schema.TensorType.INT32: np.int32}


class Conversion:
    def __init__(self, path):
        with open(path, "rb") as f:
            model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(f.read(), 0))
        self.graph = model.subgraphs[0]
        self.buffers = model.buffers
        self.codes = [OPERATORS[max(c.builtinCode, c.deprecatedBuiltinCode)] for c in model.operatorCodes]
        self.values = {}
        self.weights = {}
        self.uses = [i for o in self.graph.operators for i in o.inputs]

    def constant(self, tensor):
        if tensor in self.values:
            return self.values[tensor]
        t = self.graph.tensors[tensor]
        return np.frombuffer(self.buffers[t.buffer].data.tobytes(), TYPES[t.type]).reshape(t.shape)

    def run(self):
        inputs = Input([int(n) for n in self.graph.tensors[self.graph.inputs[0]].shape[1:]], name="image")
        self.values[self.graph.inputs[0]] = inputs
        operators = list(self.graph.operators)
        skipped = set()
        for n, o in enumerate(operators):
            if n in skipped:
                continue
            kind = self.codes[o.opcodeIndex]
            out = o.outputs[0]
            activation = None
            if kind in ("CONV_2D", "DEPTHWISE_CONV_2D") and self.uses.count(out) == 1:
                reader = next(i for i, r in enumerate(operators) if out in r.inputs)
                if self.codes[operators[reader].opcodeIndex] == "RELU":
                    skipped.add(reader)
                    activation, out = "relu", operators[reader].outputs[0]
            self.values[out] = self.convert(kind, o, activation)
        outputs = sorted((self.values[o] for o in self.graph.outputs), key=lambda v: v.shape[-1])
        model = Model(inputs, outputs)
        for layer, weights in self.weights.items():
            model.get_layer(layer).set_weights([w.astype(np.float32) for w in weights])
        return model

    def convert(self, kind, o, activation):
        if kind == "DEQUANTIZE":
            return self.constant(o.inputs[0])
        options = o.builtinOptions
        x = self.values[o.inputs[0]]
        name = f"{kind.lower()}_{sum(1 for v in self.values.values() if not isinstance(v, np.ndarray))}"
        if kind in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            kernel, bias = self.constant(o.inputs[1]), self.constant(o.inputs[2])
            common = dict(strides=(options.strideH, options.strideW), padding=("same", "valid")[options.padding],
                          activation=activation, name=name)
            if kernel.shape[1:3] == (1, 1):
                common["padding"] = "valid"
            if kind == "CONV_2D":
                self.weights[name] = (kernel.transpose(1, 2, 3, 0), bias)
                return layers.Conv2D(kernel.shape[0], kernel.shape[1:3], **common)(x)
            self.weights[name] = (kernel.transpose(1, 2, 3, 0), bias)
            return layers.DepthwiseConv2D(kernel.shape[1:3], **common)(x)
        if kind == "ADD":
            return layers.Add(name=name)([x, self.values[o.inputs[1]]])
        if kind == "RELU":
            return layers.ReLU(name=name)(x)
        if kind == "MAX_POOL_2D":
            return layers.MaxPooling2D((options.filterHeight, options.filterWidth), (options.strideH, options.strideW),
                                       padding=("same", "valid")[options.padding], name=name)(x)
        if kind == "PAD":
            (height, width, channels), padding = x.shape[1:], self.constant(o.inputs[1])
            assert not padding[:3].any(), padding
            before, after = (int(p) for p in padding[3])
            y = layers.Reshape((height * width, channels, 1), name=name + "_columns")(x)
            y = layers.ZeroPadding2D(((0, 0), (before, after)), name=name)(y)
            return layers.Reshape((height, width, before + channels + after), name=name + "_channels")(y)
        if kind == "RESIZE_BILINEAR":
            assert options.halfPixelCenters and not options.alignCorners
            height, width = self.constant(o.inputs[1])
            return layers.UpSampling2D((int(height) // x.shape[1], int(width) // x.shape[2]), interpolation="bilinear", name=name)(x)
        if kind == "RESHAPE":
            return layers.Reshape([int(n) for n in self.graph.tensors[o.outputs[0]].shape[1:]], name=name)(x)
        if kind == "CONCATENATION":
            return layers.Concatenate(axis=options.axis, name=name)([self.values[i] for i in o.inputs])
        raise ValueError(kind)


def brief(node):
    """A config without what has a default, or only training or saving would ask for: it is read at each start."""
    if isinstance(node, list):
        return [brief(n) for n in node]
    if not isinstance(node, dict):
        return node
    left_out = ("build_config", "compile_config", "shared_object_id", "trainable", "sparse", "ragged", "optional")
    return {k: brief(v) for k, v in node.items()
            if k not in left_out and not k.endswith(("_initializer", "_regularizer", "_constraint"))
            and not (k == "dtype" and isinstance(v, dict))}


def write(model, path):
    """As Keras does, but with weights in half precision and compressed, and without a date."""
    whole = path + ".tmp.keras"
    model.save(whole)
    with zipfile.ZipFile(whole) as z:
        parts = {name: z.read(name) for name in z.namelist()}
    os.remove(whole)
    weights = io.BytesIO()
    with h5py.File(io.BytesIO(parts["model.weights.h5"])) as source, h5py.File(weights, "w", libver="latest") as target:
        def copy(name, node):
            if isinstance(node, h5py.Dataset):
                half = node[()].astype(np.float16)
                assert (half.astype(np.float32) == node[()]).all()
                target.create_dataset(name, data=half)
        source.visititems(copy)
    parts["config.json"] = json.dumps(brief(json.loads(parts["config.json"])), separators=(",", ":")).encode()
    parts["model.weights.h5"] = weights.getvalue()
    parts["metadata.json"] = b'{"keras_version": "%s"}' % keras.__version__.encode()
    with zipfile.ZipFile(path, "w") as z:
        for name, data in parts.items():
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)


def check(tflite, path):
    interpreter = tf.lite.Interpreter(tflite)
    interpreter.allocate_tensors()
    model = keras.models.load_model(path, compile=False)
    image = np.random.default_rng(1).uniform(-1, 1, (1, *model.input_shape[1:])).astype(np.float32)
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], image)
    interpreter.invoke()
    expected = sorted((interpreter.get_tensor(o["index"]) for o in interpreter.get_output_details()), key=lambda v: v.shape[-1])
    for e, a in zip(expected, model(image, training=False), strict=True):
        difference = np.abs(e - a.numpy()).max()
        print(os.path.basename(path), e.shape, "values up to", np.abs(e).max(), "difference", difference)
        assert difference < 1e-3 * max(1, np.abs(e).max()), difference


def main(package, out):
    for tflite, name in MODELS.items():
        path = os.path.join(out, name)
        keras.backend.clear_session()
        write(Conversion(os.path.join(package, tflite)).run(), path)
        check(os.path.join(package, tflite), path)
        print(name, os.path.getsize(path), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
