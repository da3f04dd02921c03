"""Makes the BMPs of core/image/src/test/resources/pictures, and pixels.tsv, what all pictures there should look like.

    python core/image/src/test/golden/make_picture_golden.py

Needs tensorflow-cpu 2.21, pillow and numpy. The JPEGs and GIFs, and the BMPs named there, are small files that were
found to be read wrongly; they are kept as they were found. pixels.tsv has a line a file: file, width, height, CRC-32
of the RGB bytes, and who says so: TensorFlow (JPEG with the accurate DCT), Pillow, or this script, which made it.
"""
import os
import struct
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "resources" / "pictures"
W, H = 13, 7


def picture(levels=256):
    y, x = np.mgrid[0:H, 0:W]
    planes = [(37 * x + 11 * y) % 256, (5 * x + 83 * y) % 256, (x * y * 7 + 20) % 256]
    return (np.stack(planes, -1) * (levels - 1) // 255).astype(np.int64)


def bmp(bits, rows, compression=0, masks=b"", palette=b"", top_down=False, info=40, gap=0, offset=None, used=0):
    """rows: one bytes object a row, from the top down, not padded."""
    rows = [row + b"\0" * (-len(row) % 4) for row in rows]
    body = b"".join(rows if top_down else rows[::-1])
    header = struct.pack("<iiHHIIiiII", W, -H if top_down else H, 1, bits, compression, len(body), 2835, 2835, used, 0)
    inside = masks + b"\0" * (info - 40 - len(masks)) if info > 40 else b""
    outside = b"" if info > 40 else masks
    begin = 14 + info + len(outside) + len(palette) + gap
    return (b"BM" + struct.pack("<IHHI", begin + len(body), 0, 0, begin if offset is None else offset)
            + struct.pack("<I", info) + header + inside + outside + palette + b"\0" * gap + body)


def indexed(bits, colours, **options):
    rng = np.random.default_rng(bits)
    index = rng.integers(0, colours, (H, W))
    table = rng.integers(0, 256, (colours, 3))
    rows = []
    for row in index:
        text = "".join(format(i, f"0{bits}b") for i in row)
        text += "0" * (-len(text) % 8)
        rows.append(int(text, 2).to_bytes(len(text) // 8, "big"))
    palette = b"".join(bytes([int(b), int(g), int(r), 0]) for r, g, b in table)
    return bmp(bits, rows, palette=palette, **options), table[index]


def masked(bits, red, green, blue, **options):
    def shifted(plane, mask):
        low = (mask & -mask).bit_length() - 1
        most = mask >> low
        return plane * most // 255 << low, most
    rgb = picture()
    value, shown = 0, []
    for c, mask in enumerate((red, green, blue)):
        stored, most = shifted(rgb[..., c], mask)
        low = (mask & -mask).bit_length() - 1
        value = value | stored
        shown.append(((stored >> low) * 255 + most // 2) // most)
    rows = [b"".join(struct.pack("<H" if bits == 16 else "<I", int(v)) for v in row) for row in value]
    masks = struct.pack("<III", red, green, blue)
    return bmp(bits, rows, compression=3, masks=masks, **options), np.stack(shown, -1)


def bmps():
    yield "bmp-1-bit", indexed(1, 2)
    yield "bmp-4-bit", indexed(4, 16)
    yield "bmp-4-bit-of-five-colours", indexed(4, 5, used=5)
    yield "bmp-8-bit-top-down", indexed(8, 256, top_down=True)
    yield "bmp-8-bit-offset-0", indexed(8, 256, offset=0)
    yield "bmp-8-bit-gap-before-pixels", indexed(8, 200, used=200, gap=10)
    yield "bmp-565", masked(16, 0xF800, 0x07E0, 0x001F)
    yield "bmp-555-masks-in-header", masked(16, 0x7C00, 0x03E0, 0x001F, info=56)
    yield "bmp-32-bit-rgb-in-the-middle", masked(32, 0xFF00, 0xFF0000, 0xFF000000)
    yield "bmp-32-bit-ten-bits-a-colour", masked(32, 0x3FF00000, 0xFFC00, 0x3FF, info=124)
    rgb = picture(32)
    rows = [b"".join(struct.pack("<H", int(r << 10 | g << 5 | b)) for r, g, b in row) for row in rgb]
    yield "bmp-16-bit-without-masks", (bmp(16, rows), (rgb * 255 + 15) // 31)


def judged(file):
    data = file.read_bytes()
    if file.suffix == ".jpg":
        return tf.io.decode_jpeg(data, channels=3, dct_method="INTEGER_ACCURATE").numpy(), "TensorFlow"
    if file.suffix == ".gif":
        return tf.image.decode_image(data, channels=3, expand_animations=False).numpy(), "TensorFlow"
    if file.name == "bmp-32bit-masks-rgba.bmp":  # Pillow refuses it; it is the same picture as
        file = file.with_name("bmp-data-offset-0.bmp")
    return np.asarray(Image.open(file).convert("RGB")), "Pillow"


def main():
    lines = {}
    for name, (data, rgb) in bmps():
        (OUT / f"{name}.bmp").write_bytes(data)
        lines[f"{name}.bmp"] = (rgb, "made so")
    for file in sorted(OUT.iterdir()):
        if file.suffix in (".jpg", ".gif", ".bmp") and not file.name.startswith("heic") and file.name not in lines:
            lines[file.name] = judged(file)
    with open(OUT / "pixels.tsv", "w") as out:
        for name, (rgb, who) in sorted(lines.items()):
            crc = zlib.crc32(np.ascontiguousarray(rgb, np.uint8).tobytes())
            out.write(f"{name}\t{rgb.shape[1]}\t{rgb.shape[0]}\t{crc:08x}\t{who}\n")


if __name__ == "__main__":
    main()
