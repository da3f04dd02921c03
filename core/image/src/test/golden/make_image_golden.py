"""Makes the images of core/image/src/test/resources/images and what TensorFlow makes of them.

Everything is synthetic. Needs tensorflow-cpu 2.21, pillow and numpy:

    python core/image/src/test/golden/make_image_golden.py

expected.tsv has one line for each image and target size: file, height, width, CRC-32 of the
little-endian floats, then the first, the middle and the last float. WebP is decoded with alpha,
which is dropped, as TensorFlow cannot drop it itself.
"""

import io
import os
import struct
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "resources" / "images"
SIZES = [(24, 24), (17, 53), (96, 80), (7, 5)]


def picture(width, height, channels=3, seed=1):
    """A smooth gradient with an edge and a little noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = []
    for c in range(channels):
        wave = 128 + 90 * np.sin((c + 1) * x / 7.0 + c) * np.cos(y / (5.0 + c))
        wave[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 4) ** 2] += 60 - 50 * c
        planes.append(wave + rng.normal(0, 6, wave.shape))
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def rgb(width=40, height=32):
    return Image.fromarray(picture(width, height))


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(image, **options):
    return saved(image, "JPEG", **{"quality": 88, **options})


def segments(data):
    """The segments before the first scan as (marker, content), and the rest."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found, data[at:]


def joined(found, rest):
    return b"\xff\xd8" + b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content for marker, content in found
    ) + rest


def edited(data, drop=(), frame=None, first=()):
    """The JPEG without some markers, with its frame header changed, with segments in front."""
    found, rest = segments(data)
    kept = []
    for marker, content in found:
        if marker in drop:
            continue
        if frame and marker in (0xC0, 0xC1, 0xC2):
            content = frame(bytearray(content))
        kept.append((marker, bytes(content)))
    return joined(list(first) + kept, rest)


def with_ids(ids):
    """Renames the components, in the frame header and in the scan."""

    def change(data):
        found, rest = segments(data)
        rest = bytearray(rest)
        for i, identity in enumerate(ids):
            rest[5 + 2 * i] = identity
        kept = []
        for marker, content in found:
            content = bytearray(content)
            if marker in (0xC0, 0xC2):
                for i, identity in enumerate(ids):
                    content[6 + 3 * i] = identity
            kept.append((marker, bytes(content)))
        return joined(kept, bytes(rest))

    return change


def sampling(factor, height=None, width=None):
    def change(content):
        content[7] = factor
        if height:
            content[1:5] = struct.pack(">HH", height, width)
        return content

    return change


def adobe(transform):
    return (0xEE, b"Adobe\x00\x64\x00\x00\x00\x00" + bytes([transform]))


def exif(orientation, order="<"):
    head = b"II*\0\x08\0\0\0" if order == "<" else b"MM\0*\0\0\0\x08"
    entry = struct.pack(order + "HHHIHH", 1, 0x0112, 3, 1, orientation, 0) + bytes(4)
    return (0xE1, b"Exif\0\0" + head + entry)


def jpegs():
    plain = jpeg(rgb(), subsampling=0)
    cmyk = jpeg(Image.fromarray(picture(40, 32, 4), "CMYK"))
    ycck = edited(cmyk, drop=(0xEE,), first=[adobe(2)])
    half = jpeg(rgb(32, 32), subsampling=1)
    quarter = jpeg(rgb(64, 64), subsampling=2)
    yield "gray", jpeg(rgb().convert("L"))
    yield "gray-progressive", jpeg(rgb().convert("L"), progressive=True)
    yield "444", plain
    yield "422", jpeg(rgb(41, 33), subsampling=1)
    yield "420", jpeg(rgb(41, 33), subsampling=2)
    yield "440", edited(half, frame=sampling(0x12))
    yield "440-odd", edited(jpeg(rgb(32, 32), subsampling=1, quality=70), frame=sampling(0x12, 31, 29))
    yield "440-progressive", edited(jpeg(rgb(32, 32), subsampling=1, progressive=True), frame=sampling(0x12))
    yield "411", edited(quarter, frame=sampling(0x41))
    yield "progressive-420", jpeg(rgb(41, 33), progressive=True, subsampling=2)
    yield "progressive-444", jpeg(rgb(), progressive=True, subsampling=0)
    yield "restart-optimized", jpeg(rgb(), optimize=True, restart_marker_blocks=2)
    yield "low-quality", jpeg(rgb(), quality=5)
    yield "quality-100", jpeg(rgb(), quality=100)
    yield "rgb", jpeg(rgb(), keep_rgb=True)
    yield "rgb-ids-jfif", with_ids(b"RGB")(plain)
    yield "rgb-ids-bare", with_ids(b"RGB")(edited(plain, drop=(0xE0,)))
    yield "odd-ids-bare", with_ids(bytes([7, 8, 9]))(edited(plain, drop=(0xE0,)))
    yield "bare", edited(plain, drop=(0xE0,))
    yield "adobe-0", edited(plain, drop=(0xE0,), first=[adobe(0)])
    yield "adobe-1", edited(plain, drop=(0xE0,), first=[adobe(1)])
    yield "adobe-2-of-three", edited(plain, drop=(0xE0,), first=[adobe(2)])
    yield "jfif-and-adobe-0", edited(plain, first=[adobe(0)])
    yield "cmyk-adobe", cmyk
    yield "cmyk-bare", edited(cmyk, drop=(0xEE,))
    yield "ycck", ycck
    yield "ycck-420", edited(ycck, frame=lambda c: c)
    yield "cmyk-progressive", jpeg(Image.fromarray(picture(40, 32, 4), "CMYK"), progressive=True)
    yield "bad-icc", edited(plain, first=[(0xE2, b"ICC_PROFILE\0\x05\x02junk")])
    yield "bad-jfif", edited(plain, drop=(0xE0,), first=[(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x09\x09")])
    yield "exif-6", edited(plain, drop=(0xE0,), first=[exif(6)])
    yield "trailing-bytes", plain + b"and more"
    yield "1x1", jpeg(rgb(1, 1))
    yield "1x37", jpeg(rgb(1, 37))
    yield "37x1", jpeg(rgb(37, 1))
    yield "2x3", jpeg(rgb(2, 3))
    yield "3x2", jpeg(rgb(3, 2))
    yield "31x29", jpeg(rgb(31, 29))
    yield "24x24", jpeg(rgb(24, 24))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def packed(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = ((row.reshape(-1, 1) >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
    return np.packbits(bits.reshape(-1)).tobytes()


def filtered(kind, row, above, back):
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - back] if i >= back else 0
        b = above[i]
        c = above[i - back] if i >= back else 0
        pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        paeth = a if pa <= pb and pa <= pc else b if pb <= pc else c
        out.append((value - [0, a, b, (a + b) // 2, paeth][kind]) & 255)
    return bytes(out)


def png(width, height, color, depth, interlaced=False, extra=b"", palette=b"", seed=3, parts=1):
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    values = picture(width, height, samples, seed).astype(np.uint32) * 257
    values = values >> (16 - depth) if depth < 16 else values ^ (np.arange(width)[None, :, None] * 37 & 255)
    if color == 3:
        values = np.minimum(values, len(palette) // 3 - 1)
    raw = b""
    count = 0
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = values[y0::dy, x0::dx]
        if part.size == 0:
            continue
        above = None
        for line in part:
            row = packed(line.reshape(-1), depth)
            raw += filtered(count % 5, row, above or bytes(len(row)), max(1, samples * depth // 8))
            above = row
            count += 1
    body = zlib.compress(raw, 9)
    step = -(-len(body) // parts)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))
        + extra
        + (chunk(b"PLTE", palette) if palette else b"")
        + (chunk(b"tRNS", bytes([0, 128, 255])) if palette and extra else b"")
        + b"".join(chunk(b"IDAT", body[i : i + step]) for i in range(0, len(body), step))
        + chunk(b"IEND", b"")
    )


def pngs():
    colors = np.random.default_rng(5).integers(0, 256, 768, dtype=np.uint8).tobytes()
    gamma = chunk(b"gAMA", struct.pack(">I", 100000))
    for interlaced in (False, True):
        suffix = "-adam7" if interlaced else ""
        for depth in (1, 2, 4, 8, 16):
            yield f"gray-{depth}{suffix}", png(29, 23, 0, depth, interlaced)
        for depth in (8, 16):
            yield f"gray-alpha-{depth}{suffix}", png(29, 23, 4, depth, interlaced)
            yield f"rgb-{depth}{suffix}", png(29, 23, 2, depth, interlaced)
            yield f"rgba-{depth}{suffix}", png(29, 23, 6, depth, interlaced)
        for depth in (1, 2, 4, 8):
            yield f"palette-{depth}{suffix}", png(29, 23, 3, depth, interlaced, palette=colors[: 3 << depth])
    yield "palette-trns", png(29, 23, 3, 8, palette=colors[:300], extra=gamma)
    yield "rgb-trns", png(29, 23, 2, 8, extra=chunk(b"tRNS", bytes([0, 10, 0, 20, 0, 30])))
    yield "gray-2-trns", png(29, 23, 0, 2, extra=chunk(b"tRNS", bytes([0, 1])))
    yield "gamma", png(29, 23, 2, 8, extra=chunk(b"gAMA", struct.pack(">I", 220000)))
    yield "icc", png(29, 23, 2, 8, extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(b"junk")))
    yield "parts", png(29, 23, 2, 8, parts=7)
    yield "1x1", png(1, 1, 6, 8)
    yield "1x1-adam7", png(1, 1, 6, 8, True)
    yield "3x2-adam7", png(3, 2, 0, 1, True)
    yield "24x24", png(24, 24, 2, 8)


def bmp(width, height, bits, top_down=False, palette=b""):
    size = bits // 8
    pixels = picture(width, height, size, 4)
    rows = [row.tobytes() + bytes(-width * size % 4) for row in (pixels if top_down else pixels[::-1])]
    start = 54 + len(palette)
    return (
        b"BM" + struct.pack("<IHHI", start + sum(map(len, rows)), 0, 0, start)
        + struct.pack("<IiiHHIIiiII", 40, width, -height if top_down else height, 1, bits, 0, 0, 0, 0, 0, 0)
        + palette + b"".join(rows)
    )


def bmps():
    yield "24", bmp(29, 23, 24)
    yield "24-top-down", bmp(29, 23, 24, True)
    yield "32", bmp(29, 23, 32)
    yield "32-top-down", bmp(29, 23, 32, True)
    yield "8", bmp(29, 23, 8, palette=b"".join(bytes([i, i, i, 0]) for i in range(256)))  # TensorFlow ignores palettes
    yield "pillow-rgba", saved(Image.fromarray(picture(30, 20, 4), "RGBA"), "BMP")
    yield "1x1", bmp(1, 1, 24)


def gif_frame(image, left=0, top=0, interlace=0, palette=None, transparent=None):
    data = saved(image, "GIF", interlace=interlace)
    start = data.index(b"\x2c", 13 + 3 * (2 << (data[10] & 7)))
    body = bytearray(data[start:-1])
    body[1:5] = struct.pack("<HH", left, top)
    control = b"" if transparent is None else b"\x21\xf9\x04\x01\x00\x00" + bytes([transparent]) + b"\x00"
    if palette:
        body[9] |= 0x80 | (data[10] & 7)
        body[10:10] = palette
    return control + bytes(body), data[13 : 13 + 3 * (2 << (data[10] & 7))], data[10]


def gif(frames, width, height, table=True):
    flags = frames[0][2]
    return (
        b"GIF89a" + struct.pack("<HH", width, height) + bytes([flags if table else 0x70, 0, 0])
        + (frames[0][1] if table else b"")
        + b"".join(frame[0] for frame in frames) + b"\x3b"
    )


def gifs():
    image = rgb(29, 23).quantize(64)
    other = rgb(40, 30).quantize(64)
    shuffled = np.random.default_rng(6).integers(0, 256, 192, dtype=np.uint8).tobytes()
    yield "still", saved(image, "GIF", interlace=0)
    yield "interlaced", saved(image, "GIF", interlace=1)
    yield "noise-256", saved(Image.fromarray(np.random.default_rng(7).integers(0, 256, (90, 80), dtype=np.uint8)), "GIF")
    yield "two-colours", saved(rgb(29, 23).convert("1"), "GIF")
    yield "animated", saved(image, "GIF", save_all=True, append_images=[image.rotate(90), image.rotate(180)])
    yield "local-palette", gif([gif_frame(image, palette=shuffled)], 29, 23, table=False)
    yield "transparent", gif([gif_frame(image, transparent=3)], 29, 23)
    yield "offset", gif([gif_frame(image, left=4, top=3)], 60, 50)
    yield "larger-second", gif([gif_frame(image, left=4, top=3, transparent=5), gif_frame(other)], 60, 50)
    yield "screen-too-small", gif([gif_frame(image)], 10, 10)
    yield "interlaced-offset", gif([gif_frame(image, 2, 1, 1), gif_frame(other)], 60, 50)


def webps():
    image = rgb(37, 29)
    alpha = Image.fromarray(picture(37, 29, 4), "RGBA")
    yield "lossless", saved(image, "WEBP", lossless=True)
    yield "lossless-alpha", saved(alpha, "WEBP", lossless=True, exact=True)
    yield "lossless-palette", saved(image.quantize(12).convert("RGB"), "WEBP", lossless=True)
    yield "lossy", saved(image, "WEBP", quality=90)
    yield "lossy-alpha", saved(alpha, "WEBP", quality=90, exact=True)


def decode(data):
    if data[:2] == b"\xff\xd8":
        return tf.io.decode_jpeg(data, channels=3, dct_method="INTEGER_ACCURATE")
    if data[:4] == b"RIFF":
        return tf.image.decode_image(data, channels=0, expand_animations=False)[..., :3]
    return tf.image.decode_image(data, channels=3, expand_animations=False)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    lines = []
    for kind, images in [("jpg", jpegs()), ("png", pngs()), ("bmp", bmps()), ("gif", gifs()), ("webp", webps())]:
        for name, data in images:
            file = f"{name}.{kind}"
            (OUT / file).write_bytes(data)
            pixels = decode(data)
            for height, width in SIZES + [tuple(pixels.shape[:2])]:
                floats = (tf.cast(tf.image.resize(pixels, [height, width]), tf.float32) / 255.0).numpy()
                flat = floats.astype("<f4").reshape(-1)
                samples = "\t".join(repr(float(flat[i])) for i in (0, len(flat) // 2, len(flat) - 1))
                lines.append(f"{file}\t{height}\t{width}\t{zlib.crc32(flat.tobytes()):08x}\t{samples}\n")
    (OUT / "expected.tsv").write_text("".join(lines))


if __name__ == "__main__":
    main()
