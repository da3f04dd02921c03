"""Makes the HEIC and AVIF files of heif/src/test/resources/golden, and a PNG of each as heif-convert decodes it.

    python heif/src/test/golden/make_heif_golden.py

Needs heif-enc and heif-convert (libheif-examples 1.15.1 of Debian 12), pillow with AVIF, and numpy. The pictures are
drawn. Grids of tiles, and pictures that are to be turned or mirrored, are put together here out of what heif-enc
coded, as heif-enc writes neither.
"""
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "resources" / "golden"
LOSSLESS = ["-L", "-p", "chroma=444", "--matrix_coefficients=0"]
LOSSY = ["-q", "60", "-p", "chroma=444"]


def picture(width, height, phase=0):
    y, x = np.mgrid[0:height, 0:width]
    planes = [(4 * x + phase) % 256, (5 * y + 3 * phase) % 256, (x // 8 + y // 8) % 2 * 200 + 20]
    return np.stack(planes, -1).astype(np.uint8)


def smooth(width, height, phase=0):
    y, x = np.mgrid[0:height, 0:width]
    planes = [40 + x + phase, 60 + 2 * y, 200 - x - y - phase]
    return np.stack(planes, -1).clip(0, 255).astype(np.uint8)


def encoded(folder, name, pixels, *options, sixteen=False):
    """A file that heif-enc makes of pixels."""
    source, target = folder / "in.png", folder / name
    if sixteen:
        write_png_16(source, pixels)
    else:
        Image.fromarray(pixels).save(source)
    avif = ["-A"] if name.endswith("avif") else []
    subprocess.run(["heif-enc", *options, *avif, source, "-o", target], check=True, capture_output=True)
    return target.read_bytes()


def write_png_16(file, pixels):
    import zlib

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0))
                     + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def box(kind, data):
    return struct.pack(">I4s", 8 + len(data), kind) + data


def full(kind, data, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags) + data)


def boxes(data, start=0):
    """The boxes in a box: (type, content)."""
    while start < len(data):
        size, kind = struct.unpack_from(">I4s", data, start)
        yield kind, data[start + 8:start + size]
        start += size


def child(data, *path):
    for kind in path:
        data = next(content for found, content in boxes(data) if found == kind)
        if kind == b"meta":
            data = data[4:]
    return data


def coded(file):
    """The configuration and the coded bytes of a file of one picture."""
    config = child(file, b"meta", b"iprp", b"ipco", b"hvcC")
    return box(b"hvcC", config), child(file, b"mdat")


def heif(tiles, shown, properties, exif=None, grid=None):
    """A HEIC of tiles, whose picture is shown at a size; with further properties of that picture."""
    config = tiles[0][0]
    tile_size = shown if grid is None else grid[2]
    # Properties by number: 1 the codec, 2 the tile's size, 3 the picture's size, then the further ones.
    ipco = [config, full(b"ispe", struct.pack(">II", *tile_size)), full(b"ispe", struct.pack(">II", *shown))] + properties
    items, links, data, places = [], [], b"", []
    for number, (_, bytes_) in enumerate(tiles, 1):
        items.append((number, b"hvc1"))
        places.append((number, len(data), len(bytes_)))
        data += bytes_
    associations = [(number, [1, 2]) for number in range(1, len(tiles) + 1)]
    primary = 1
    if grid is not None:
        rows, columns, _ = grid
        primary = len(tiles) + 1
        descriptor = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *shown)
        items.append((primary, b"grid"))
        places.append((primary, len(data), len(descriptor)))
        data += descriptor
        links.append(box(b"dimg", struct.pack(">HH", primary, len(tiles))
                         + b"".join(struct.pack(">H", n) for n in range(1, len(tiles) + 1))))
        associations.append((primary, [3]))
    associations = [(n, list(p) + ([4 + i for i in range(len(properties))] if n == primary else []))
                    for n, p in associations]
    if exif is not None:
        number = primary + 1
        items.append((number, b"Exif"))
        places.append((number, len(data), len(exif)))
        data += exif
        links.append(box(b"cdsc", struct.pack(">HHH", number, 1, primary)))
    infe = b"".join(full(b"infe", struct.pack(">HH4s", n, 0, kind) + b"\0", version=2, flags=int(kind == b"hvc1" and grid is not None))
                    for n, kind in items)
    ipma = struct.pack(">I", len(associations)) + b"".join(
        struct.pack(">HB", n, len(p)) + bytes(0x80 | i for i in p) for n, p in associations)

    def meta(offset):
        iloc = struct.pack(">BBH", 0x44, 0, len(places)) + b"".join(
            struct.pack(">HHHII", n, 0, 1, offset + at, size) for n, at, size in places)
        return full(b"meta", full(b"hdlr", struct.pack(">I4s12x", 0, b"pict") + b"\0")
                    + full(b"pitm", struct.pack(">H", primary)) + full(b"iinf", struct.pack(">H", len(items)) + infe)
                    + (full(b"iref", b"".join(links)) if links else b"")
                    + box(b"iprp", box(b"ipco", b"".join(ipco)) + full(b"ipma", ipma)) + full(b"iloc", iloc))
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + box(b"mdat", data)


def exif(orientation):
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    return struct.pack(">I", 6) + b"Exif\0\0" + tiff


def files(folder):
    yield "lossless.heic", encoded(folder, "a.heic", picture(61, 47), *LOSSLESS)
    yield "lossless.avif", encoded(folder, "a.avif", picture(61, 47), *LOSSLESS)
    yield "halved-colours.heic", encoded(folder, "a.heic", smooth(50, 40), "-q", "90")
    yield "halved-colours.avif", encoded(folder, "a.avif", smooth(50, 40), "-q", "90")
    deep = picture(32, 20).astype(np.int64) * 257 ^ 0x9D
    yield "ten-bits.heic", encoded(folder, "a.heic", deep, *LOSSLESS, "-b", "10", sixteen=True)
    # Of ten bits heif-enc 1.15.1 makes no AVIF: it fails.
    yield "twelve-bits.avif", encoded(folder, "a.avif", deep, "-q", "95", "-p", "chroma=444", "-b", "12", sixteen=True)
    clear = np.dstack([picture(32, 20), np.mgrid[0:20, 0:32][1].astype(np.uint8) * 8])
    yield "alpha.heic", encoded(folder, "a.heic", clear, *LOSSLESS)
    yield "alpha.avif", encoded(folder, "a.avif", clear, *LOSSLESS)
    grey = smooth(24, 16)[..., 0]
    yield "grey.avif", encoded(folder, "a.avif", grey, "-L")
    # A picture of which each corner differs, turned by 90 degrees anticlockwise, or mirrored; the EXIF beside it says
    # the same, as phones write it.
    one = coded(encoded(folder, "a.heic", smooth(128, 64), *LOSSY))
    yield "turned.heic", heif([one], (128, 64), [box(b"irot", b"\1")], exif(8))
    yield "mirrored.heic", heif([one], (128, 64), [box(b"imir", b"\1")], exif(2))
    yield "exif-alone.heic", heif([one], (128, 64), [], exif(6))
    tiles = [coded(encoded(folder, "a.heic", smooth(64, 64, 20 * i), *LOSSY)) for i in range(6)]
    yield "grid.heic", heif(tiles, (150, 100), [box(b"irot", b"\3")], exif(6), grid=(2, 3, (64, 64)))
    Image.fromarray(picture(33, 21)).save(folder / "first.png")
    Image.fromarray(picture(20, 30, 100)).save(folder / "second.png")
    subprocess.run(["heif-enc", *LOSSLESS, folder / "first.png", folder / "second.png", "-o", folder / "two.heic"],
                   check=True, capture_output=True)
    yield "two-pictures.heic", (folder / "two.heic").read_bytes()
    frames = [Image.fromarray(picture(32, 20, 60 * i)) for i in range(3)]
    frames[0].save(folder / "three.avif", save_all=True, append_images=frames[1:], duration=100, quality=100, subsampling="4:4:4")
    yield "sequence.avif", (folder / "three.avif").read_bytes()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, data in files(folder):
            (OUT / name).write_bytes(data)
            shown = folder / "shown.png"
            for old in folder.glob("shown*.png"):
                old.unlink()
            copy = folder / "copy.heic"
            copy.write_bytes(data[:8] + data[8:12].replace(b"avis", b"avif") + data[12:])  # it refuses sequences
            done = subprocess.run(["heif-convert", copy, shown], capture_output=True, text=True)
            written = sorted(folder.glob("shown*.png"))
            if not written:
                raise SystemExit(f"{name}: {done.stdout}{done.stderr}")
            # 16 bits lose the lower 8 and transparency is dropped, as of any PNG: Pillow does both.
            Image.open(written[0]).convert("RGB").save(OUT / f"{name}.png", optimize=True)
            print(name, len(data), Image.open(written[0]).size, Image.open(written[0]).mode, len(written))


if __name__ == "__main__":
    main()
