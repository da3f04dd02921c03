"""What TensorFlow Lite and MediaPipe's own steps find in some pictures; faces.tsv holds it for FacesGoldenTest.

    VENV/bin/python make_faces_golden.py PACKAGE ASTRONAUT.jpg > ../resources/golden/faces.tsv
    VENV/bin/python make_faces_golden.py PACKAGE ASTRONAUT.jpg FILE.jpg ... > elsewhere.tsv

PACKAGE is the unpacked npm package that ../../main/scripts/make_blazeface.py names, and VENV the environment made there,
with Pillow. The pictures are made of one photo, so that nothing but numbers is committed: a part of it, enlarged by a
whole factor (each pixel repeated), on a grey canvas, turned clockwise by quarters, as each line's second column says:
    left,top,width,height*factor@x,y/width,height,grey^quarters
With files named, the pictures are these, and the second column is the file.

The steps: the picture resized to fit (tf.image.resize, bilinear), in the middle of a black square; value / 127.5 - 1; the
network; candidates of a probability of at least 0.5; overlapping ones (more than 0.3 of their union) blended by score.
Columns: model, picture, then for each face the score and sixteen places in pixels of the picture.
"""
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf
from PIL import Image

PICTURES = ["0,0,512,512*1@0,0/512,512,0^0", "0,0,512,512*1@0,0/512,512,0^1", "0,0,512,512*1@100,60/900,700,120^0",
            "150,0,160,220*1@0,0/160,220,0^0", "150,0,160,220*2@0,0/320,440,0^0", "150,0,160,220*2@40,300/1000,800,60^0",
            "150,0,160,220*3@0,0/700,660,90^0", "150,40,75,160*2@0,0/150,320,0^0", "170,60,120,60*3@0,0/360,180,0^0",
            "100,0,300,300*1@900,500/1600,900,200^0", "100,0,300,300*1@0,0/300,301,0^2", "0,300,512,212*1@0,0/512,212,0^0",
            "140,20,180,200*1@310,7/503,211,33^3"]
MODELS = {"SHORT_RANGE": ("face_detection_short_range.tflite", 128, [(16, 2), (8, 6)]),
          "FULL_RANGE": ("face_detection_full_range.tflite", 192, [(48, 1)])}


def made(photo, spec):
    spec, quarters = spec.split("^")
    part, canvas = spec.split("/")
    part, at = part.split("@")
    part, factor = part.split("*")
    left, top, width, height = map(int, part.split(","))
    x, y = map(int, at.split(","))
    columns, rows, grey = map(int, canvas.split(","))
    pixels = photo[top:top + height, left:left + width].repeat(int(factor), 0).repeat(int(factor), 1)
    picture = np.full((rows, columns, 3), grey, np.uint8)
    part = pixels[:rows - y, :columns - x]
    picture[y:y + part.shape[0], x:x + part.shape[1]] = part
    return np.rot90(picture, -int(quarters))


def square(picture, side):
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    h, w = (max(1, int(np.floor(n * scale + 0.5))) for n in (height, width))
    resized = tf.image.resize(picture, (h, w)).numpy() / 127.5 - 1
    left, top = (side - w) // 2, (side - h) // 2
    out = np.full((1, side, side, 3), -1, np.float32)
    out[0, top:top + h, left:left + w] = resized
    return out, left, top, w, h


def overlap(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(w, 0) * max(h, 0)
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)


def blend(candidates):
    faces, rest = [], sorted(candidates, key=lambda c: -c[0])
    while rest:
        same = [c for c in rest if c is rest[0] or overlap(rest[0][1], c[1]) > 0.3]
        faces.append((rest[0][0], sum(s * p for s, p in same) / sum(s for s, _ in same)))
        rest = [c for c in rest if not any(c is s for s in same)]
    return faces


class Network:
    def __init__(self, package, file, side, grids):
        self.interpreter = tf.lite.Interpreter(os.path.join(package, file))
        self.interpreter.allocate_tensors()
        self.side = side
        self.anchors = np.array([((x + 0.5) / n, (y + 0.5) / n) for n, each in grids for y in range(n) for x in range(n)
                                 for _ in range(each)])

    def find(self, picture):
        image, left, top, w, h = square(picture, self.side)
        self.interpreter.set_tensor(self.interpreter.get_input_details()[0]["index"], image)
        self.interpreter.invoke()
        outputs = sorted((self.interpreter.get_tensor(o["index"])[0].astype(np.float64) for o in self.interpreter.get_output_details()),
                         key=lambda v: v.shape[-1])
        scores = 1 / (1 + np.exp(-np.clip(outputs[0][:, 0], -100, 100)))
        places = outputs[1] / self.side
        size = places[:, 2:4] / 2
        places = np.concatenate([places[:, :2] - size, places[:, :2] + size, places[:, 4:]], 1) + np.tile(self.anchors, 8)
        places[:, 0::2] = (places[:, 0::2] * self.side - left) * picture.shape[1] / w
        places[:, 1::2] = (places[:, 1::2] * self.side - top) * picture.shape[0] / h
        return blend([(s, p) for s, p in zip(scores, places) if s >= 0.5 and p[0] < p[2] and p[1] < p[3]])


def main(package, astronaut, *files):
    photo = np.array(Image.open(astronaut).convert("RGB"))
    for name, (file, side, grids) in MODELS.items():
        network = Network(package, file, side, grids)
        for picture in files or PICTURES:
            pixels = np.array(Image.open(picture).convert("RGB")) if files else made(photo, picture)
            faces = network.find(pixels)
            print("\t".join([name, picture] + [" ".join(["%.5f" % s] + ["%.2f" % v for v in p]) for s, p in faces]))


if __name__ == "__main__":
    main(*sys.argv[1:])
