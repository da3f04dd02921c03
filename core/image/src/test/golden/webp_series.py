"""A series of WebP files in every way that their coders have, and their right pixels.

Used by make_webp_golden.py and check_webp.py. Needs numpy, pillow, Debian's package webp (cwebp, dwebp,
img2webp, webpmux) and, as a second witness, tensorflow-cpu 2.21.
"""

import ctypes
import ctypes.util
import hashlib
import io
import itertools
import os
import subprocess
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
from PIL import Image


def picture(kind, width, height, seed=1):
    """A picture as an array [height, width, 3 or 4]."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    if kind == "flat":
        return np.full((height, width, 3), (200, 30, 90), np.uint8)
    if kind == "noise":
        return rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    if kind.startswith("palette-"):
        colors = rng.integers(0, 256, (int(kind[8:]), 3), dtype=np.uint8)
        cells = rng.integers(0, len(colors), (height // 5 + 1, width // 7 + 1))
        index = cells[y // 5, x // 7]
        speckled = rng.random((height, width)) < 0.1
        return colors[np.where(speckled, (x + y) % len(colors), index)]
    if kind == "screen":
        page = np.full((height, width, 3), 250, np.uint8)
        glyphs = rng.integers(0, 2, (24, 9, 7)).astype(bool)
        for row in range(4, height - 12, 13):
            for column in range(5, width - 9, 8):
                if rng.random() < 0.8:
                    page[row : row + 9, column : column + 7][glyphs[rng.integers(24)]] = (20, 20, 60)
        page[: height // 6] = np.linspace((30, 90, 200), (90, 160, 250), width)[None].astype(np.uint8)
        return page
    planes = []
    for c in range(4 if kind == "alpha" else 3):
        wave = 128 + 90 * np.sin((c + 1) * x / 17.0 + c) * np.cos(y / (11.0 + 3 * c))
        wave[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 4) ** 2] += 90 - 60 * c
        planes.append(wave + rng.normal(0, 4, wave.shape))
    smooth = np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)
    if kind == "alpha":
        smooth[: height // 3, :, 3] = 0
        smooth[height // 2 :, :, 3] = 255
    return smooth


def png(array):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def run(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def cwebp(array, options):
    return run("cwebp", "-quiet", *options.split(), "-o", "-", "--", "-", data=png(array))


def pillow(array, **options):
    """By the libwebp that Pillow brings, which is newer than Debian's."""
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "WEBP", **options)
    return buffer.getvalue()


def animation(arrays, options):
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, array in enumerate(arrays):
            names.append(f"{folder}/{i}.png")
            Path(names[-1]).write_bytes(png(array))
        frames = [part for name in names for part in (*options.split(), name)]
        run("img2webp", "-loop", "1", *frames, "-o", f"{folder}/out.webp")
        return Path(f"{folder}/out.webp").read_bytes()


def muxed(frames, *options):
    """Frames of (file, left, top, blending) put together by webpmux."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for i, (data, left, top, blending) in enumerate(frames):
            Path(f"{folder}/{i}.webp").write_bytes(data)
            arguments += ["-frame", f"{folder}/{i}.webp", f"+100+{left}+{top}+0{blending}"]
        run("webpmux", *arguments, *options, "-o", f"{folder}/out.webp")
        return Path(f"{folder}/out.webp").read_bytes()


def with_metadata(data):
    """The file with a colour profile, EXIF and XMP, as VP8X."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/a.webp"
        Path(file).write_bytes(data)
        exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0"
        for name, content in (("icc", b"profile!!"), ("exif", exif), ("xmp", b"<x:xmpmeta/>")):
            Path(f"{folder}/{name}").write_bytes(content)
            run("webpmux", "-set", name, f"{folder}/{name}", file, "-o", file)
        return Path(file).read_bytes()


class Picture(ctypes.Structure):
    """WebPPicture (encode.h), of which the room behind is not looked at."""

    _fields_ = [
        ("use_argb", ctypes.c_int), ("colorspace", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
        ("y", ctypes.c_void_p), ("u", ctypes.c_void_p), ("v", ctypes.c_void_p),
        ("y_stride", ctypes.c_int), ("uv_stride", ctypes.c_int), ("a", ctypes.c_void_p), ("a_stride", ctypes.c_int),
        ("pad1", ctypes.c_uint32 * 2), ("argb", ctypes.c_void_p), ("argb_stride", ctypes.c_int),
        ("pad2", ctypes.c_uint32 * 3), ("writer", ctypes.c_void_p), ("custom_ptr", ctypes.c_void_p),
        ("rest", ctypes.c_uint8 * 512),
    ]  # fmt: skip


class Written(ctypes.Structure):
    """WebPMemoryWriter."""

    _fields_ = [("mem", ctypes.c_void_p), ("size", ctypes.c_size_t), ("max", ctypes.c_size_t), ("pad", ctypes.c_uint32)]


def partitioned(array, log2, quality=75, method=4):
    """With 2 to 8 partitions, which cwebp has no option for; WebPConfig's nineteenth word tells how many."""
    library = ctypes.CDLL(ctypes.util.find_library("webp"))
    config = (ctypes.c_int * 64)()
    assert library.WebPConfigInitInternal(config, 0, ctypes.c_float(quality), 0x020F)
    config[2] = method
    config[18] = log2
    image, written = Picture(), Written()
    assert library.WebPPictureInitInternal(ctypes.byref(image), 0x020F)
    image.height, image.width = array.shape[:2]
    rgb = np.ascontiguousarray(array)
    assert library.WebPPictureImportRGB(ctypes.byref(image), rgb.ctypes.data_as(ctypes.c_void_p), 3 * image.width)
    library.WebPMemoryWriterInit(ctypes.byref(written))
    image.writer = ctypes.cast(library.WebPMemoryWrite, ctypes.c_void_p)
    image.custom_ptr = ctypes.addressof(written)
    assert library.WebPEncode(config, ctypes.byref(image))
    data = ctypes.string_at(written.mem, written.size)
    library.WebPPictureFree(ctypes.byref(image))
    start = data.index(b"VP8 ")
    return data if start == 12 else data


SIZES = [(1, 1), (2, 1), (1, 3), (15, 16), (16, 17), (17, 15), (31, 33), (48, 48), (100, 7), (3, 120), (129, 65)]
FILTERS = ["-f 0", "-f 10", "-f 100", "-nostrong", "-nostrong -f 100", "-sharpness 3", "-sharpness 7 -f 80", "-af"]


def lossy(size=(129, 65), sizes=SIZES):
    """Pairs of a name and a file: lossy ones."""
    for method, quality in itertools.product(range(7), (0, 5, 30, 75, 95, 100)):
        yield f"m{method}-q{quality}", cwebp(picture("smooth", *size), f"-m {method} -q {quality}")
    for i, (width, height) in enumerate(sizes):
        for method in (0, 4):
            array = picture("smooth", width, height, i)
            yield f"size-{width}x{height}-m{method}", cwebp(array, f"-m {method} -q {30 + 6 * i}")
    for i, option in enumerate(FILTERS):
        for quality in (10, 60):
            yield f"filter-{i}-q{quality}", cwebp(picture("smooth", *size, 3), f"{option} -q {quality}")
    for segments, sns in itertools.product((1, 2, 3, 4), (0, 40, 100)):
        array = picture("smooth", *size, 4)
        array[: size[1] // 2] = picture("noise", *size, 4)[: size[1] // 2]
        yield f"segments{segments}-sns{sns}", cwebp(array, f"-segments {segments} -sns {sns} -q 40")
    for log2 in (1, 2, 3):
        yield f"partitions{log2}", partitioned(picture("smooth", *size, 5), log2)
    for kind in ("flat", "noise", "palette-5", "screen"):
        for method in (0, 2, 5):
            yield f"{kind}-m{method}", cwebp(picture(kind, *size), f"-m {method} -q 50")
    for preset in ("photo", "picture", "drawing", "icon", "text"):
        yield f"preset-{preset}", cwebp(picture("smooth", *size, 6), f"-preset {preset} -q 55")
    for i, option in enumerate(("-sharp_yuv", "-jpeg_like", "-pass 6 -size 1500", "-partition_limit 100", "-pre 4")):
        yield f"option-{i}", cwebp(picture("smooth", *size, 7), option)
    for quality, alpha in itertools.product((20, 80), (0, 60, 100)):
        yield f"alpha-q{quality}-a{alpha}", cwebp(picture("alpha", *size), f"-q {quality} -alpha_q {alpha}")
    yield "alpha-exact", cwebp(picture("alpha", *size), "-exact -alpha_method 0")
    yield "alpha-dropped", cwebp(picture("alpha", *size), "-noalpha")
    yield "metadata", with_metadata(cwebp(picture("smooth", *size, 8), "-q 70"))
    for method in range(7):
        yield f"newer-m{method}", pillow(picture("smooth", *size, 9), quality=12 * method + 8, method=method)


def lossless(size=(97, 61), sizes=SIZES):
    """Pairs of a name and a file: lossless ones."""
    for colors in (1, 2, 3, 4, 5, 16, 17, 256, 257):
        for level in (0, 6, 9):
            kind = "flat" if colors == 1 else f"palette-{colors}"
            yield f"palette{colors}-z{level}", cwebp(picture(kind, *size), f"-z {level}")
    for kind in ("smooth", "noise", "screen"):
        for level in range(10):
            yield f"{kind}-z{level}", cwebp(picture(kind, *size, 2), f"-z {level}")
    for i, (width, height) in enumerate(sizes):
        for kind in ("smooth", "flat", "palette-2", "palette-16"):
            yield f"{kind}-size-{width}x{height}", cwebp(picture(kind, width, height, i), "-lossless -m 4")
    for near in (0, 20, 40, 60, 80):
        yield f"near{near}", cwebp(picture("smooth", *size, 3), f"-near_lossless {near}")
    for hint in ("photo", "picture", "graph"):
        yield f"hint-{hint}", cwebp(picture("screen", *size, 4), f"-lossless -hint {hint} -q 90 -m 6")
    yield "alpha", cwebp(picture("alpha", *size), "-lossless")
    yield "alpha-exact", cwebp(picture("alpha", *size), "-lossless -exact -z 9")
    gray = np.repeat(picture("smooth", *size, 5)[:, :, :1], 3, 2)
    yield "gray", cwebp(gray, "-lossless")
    one_alpha = picture("alpha", *size)
    one_alpha[:, :, 3] = 77
    yield "one-alpha", cwebp(one_alpha, "-lossless -exact")
    clear = picture("screen", *size, 6)
    clear = np.dstack([clear, np.where(clear[:, :, 0] > 240, 0, 255).astype(np.uint8)])
    yield "clear", cwebp(clear, "-lossless -z 8")
    yield "metadata", with_metadata(cwebp(picture("palette-4", *size, 8), "-lossless"))
    for method in range(7):
        array = picture(("smooth", "palette-200", "screen")[method % 3], *size, 9)
        yield f"newer-m{method}", pillow(array, lossless=True, quality=15 * method, method=method)


def animated(size=(60, 44)):
    """Pairs of a name and a file with several frames."""
    frames = [picture("smooth", *size, seed) for seed in range(3)]
    clear = [picture("alpha", *size, seed) for seed in range(3)]
    for name, arrays in (("opaque", frames), ("clear", clear)):
        for i, options in enumerate(("-lossless", "-lossless -m 0", "-lossy -q 50", "-lossy -q 90 -m 0 -d 40")):
            yield f"{name}-{i}", animation(arrays, options)
    small = (size[0] // 2, size[1] // 2 - 1)
    for i, options in enumerate(("-q 60", "-lossless", "-z 9")):
        whole = cwebp(frames[0], options)
        part = cwebp(picture("smooth", *small, 5), options)
        glass = cwebp(picture("alpha", *small, 5), options)
        yield f"part-first-{i}", muxed([(part, 6, 4, "+b"), (whole, 0, 0, "+b")])
        yield f"glass-first-{i}", muxed([(glass, 2, 8, "+b"), (whole, 0, 0, "-b")], "-bgcolor", "255,10,200,30")
        yield f"glass-unblended-{i}", muxed([(glass, 10, 0, "-b"), (whole, 0, 0, "+b")])
        yield f"part-second-{i}", muxed([(whole, 0, 0, "+b"), (part, 6, 4, "+b")])
    images = [Image.fromarray(a) for a in clear]
    buffer = io.BytesIO()
    images[0].save(buffer, "WEBP", save_all=True, append_images=images[1:], duration=50, minimize_size=True)
    yield "newer", buffer.getvalue()


class Bits:
    """Lossless data bit by bit, to order its steps as no coder does."""

    def __init__(self, width, height):
        self.value, self.length = 0, 0
        self.put(0x2F, 8).put(width - 1, 14).put(height - 1, 14).put(1, 4)

    def put(self, value, count):
        self.value |= value << self.length
        self.length += count
        return self

    def image(self, pixels, picture=False):
        """Pixels of (red, green, blue, alpha), each component of at most two values."""
        self.put(0, 2 if picture else 1)  # no cache, no tiles
        codes = []
        for component in (1, 0, 2, 3):
            values = sorted({pixel[component] for pixel in pixels})
            self.put(1, 1).put(len(values) - 1, 1).put(1, 1)
            for value in values:
                self.put(value, 8)
            codes.append((component, values))
        self.put(1, 4)  # distances
        for pixel in pixels:
            for component, values in codes:
                self.put(values.index(pixel[component]), len(values) - 1)
        return self

    def palette(self, differences):
        return self.put(1, 1).put(3, 2).put(len(differences) - 1, 8).image(differences)

    def green(self):
        return self.put(1, 1).put(2, 2)

    def prediction(self, way):
        return self.put(1, 1).put(0, 2).put(7, 3).image([(0, way, 0, 255)])

    def color(self, parts):
        return self.put(1, 1).put(1, 2).put(7, 3).image([(*parts, 255)])

    def file(self):
        data = self.value.to_bytes((self.length + 7) // 8, "little")
        data += b"\0" * (len(data) & 1)
        chunk = b"VP8L" + len(data).to_bytes(4, "little") + data
        return b"RIFF" + (4 + len(chunk)).to_bytes(4, "little") + b"WEBP" + chunk


def crafted():
    """Pairs of a name and a file whose steps come in an order that no coder takes."""
    colors = [(250, 30, 90, 255), (10, 200, 33, 40)]
    bundles = [(0, 0b10110010, 0, 255), (0, 0b01101, 0, 255)] * 3  # of 13 pixels a row
    yield "green-palette", Bits(13, 3).green().palette(colors).put(0, 1).image(bundles, True).file()
    yield "prediction-palette", Bits(13, 3).prediction(11).palette(colors).put(0, 1).image(bundles, True).file()
    indices = [(9, 1, 7, 255), (9, 0, 7, 0)] * 6
    many = colors * 9  # what is added to a colour makes the next
    yield "prediction-many", Bits(4, 3).prediction(12).palette(many).put(0, 1).image(indices, True).file()
    yield "palette-prediction", Bits(4, 3).palette(many).prediction(7).put(0, 1).image(indices, True).file()
    three = Bits(4, 3).color((200, 100, 50)).prediction(13).green().put(0, 1)
    yield "color-prediction-green", three.image(indices, True).file()
    for way in range(16):
        pixels = [(90, 200, 7, 255), (250, 3, 180, 255)] * 3
        yield f"way{way}", Bits(3, 2).prediction(way).put(0, 1).image(pixels, True).file()


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array, np.uint8).tobytes()).hexdigest()


def flags(data):
    return data[20] if data[12:16] == b"VP8X" else 0


def by_libwebp(data):
    """The sum of the pixels by dwebp, or of an animation by libwebp's WebPAnimDecoder, which Pillow calls."""
    if flags(data) & 2:
        with Image.open(io.BytesIO(data)) as image:
            return sha256(np.asarray(image)[..., :3])
    header, pixels = run("dwebp", "-quiet", "-ppm", "-o", "-", "--", "-", data=data).split(b"\n255\n", 1)
    return hashlib.sha256(pixels).hexdigest()


def by_tensorflow(data):
    """The sum by TensorFlow, or None: of animations without alpha it copies four bytes a pixel into three."""
    import tensorflow as tf

    if flags(data) & 0x12 == 2:
        return None
    return sha256(tf.image.decode_image(data, channels=0, expand_animations=False).numpy()[..., :3])
