"""Windows around faces from the images that sources.tsv lists, for `unmask train`.

    python windows.py MIRRORS OUT          (needs git, Pillow)

MIRRORS holds a bare or whole clone of each repository as OWNER+NAME. Each line of sources.tsv: class, source, repository,
commit, the first 16 digits of the image's git blob, and its faces as left,top,right,bottom in pixels of the image
upright. Both classes go through one chain: what was saved without loss is saved as JPEG of quality 75 to 96 in three
cases of four; half are shrunk so that the face is 90 to 240 pixels high; a window of at most 256 pixels around the face,
moved a little; JPEG of quality 80 to 95. The random numbers are the blob's, so that a second run makes the same files.
"""
import io
import os
import random
import subprocess
import sys

from PIL import Image, ImageOps

# Many faces on one image: what is cut out of it must not show the neighbours.
SHEETS = {
    "bmsg-gan",
    "gan-3d",
    "gan-genforce",
    "gemini-image",
    "identity-misc",
    "ip-adapter",
    "photomaker",
    "sd35-sheets",
    "sfhq-stylegan2",
    "sfhq-t2i",
    "stylegan2-asia",
    "stylegan2-l4rz",
    "z-image-turbo",
}
FILTERS = [Image.LANCZOS, Image.BICUBIC, Image.BILINEAR, Image.BOX, Image.HAMMING]
HERE = os.path.dirname(os.path.abspath(__file__))


def upright(data):
    image = Image.open(io.BytesIO(data))
    lossless = image.format in ("PNG", "BMP")
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "P"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    return image.convert("RGB"), lossless


def alone(image, box):
    """What is around a face on a sheet, without its neighbours and its caption."""
    left, top, right, bottom = box
    h = bottom - top
    x, y = int(max(0, left - 0.25 * h)), int(max(0, top - 0.3 * h))
    image = image.crop((x, y, int(min(image.width, right + 0.25 * h)), int(min(image.height, bottom + 0.14 * h))))
    return image, [left - x, top - y, right - x, bottom - y]


def window(image, box, lossless, rng):
    if lossless and rng.random() < 0.75:
        saved = io.BytesIO()
        image.save(saved, "JPEG", quality=rng.randint(75, 96), subsampling=rng.choice([0, 2]))
        image = Image.open(saved).convert("RGB")
    h = box[3] - box[1]
    if rng.random() < 0.5 and h > 95:
        scale = rng.uniform(90, min(240, h)) / h
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, rng.choice(FILTERS))
        box = [v * scale for v in box]
        h *= scale
    width, height = min(256, image.width), min(256, image.height)
    x = round((box[0] + box[2] - width) / 2 + rng.uniform(-0.12, 0.12) * min(h, width))
    y = round((box[1] + box[3] - height) / 2 + rng.uniform(-0.12, 0.12) * min(h, height))
    x, y = max(0, min(x, image.width - width)), max(0, min(y, image.height - height))
    made = io.BytesIO()
    part = image.crop((x, y, x + width, y + height))
    part.save(made, "JPEG", quality=rng.randint(80, 95), subsampling=rng.choice([0, 2]))
    return made.getvalue()


class Collected:
    """A line of sources.tsv; the first two elements are class and source."""

    def __init__(self, line):
        self.kind, self.source, self.repository, self.commit, self.blob, faces = line.rstrip("\n").split("\t")
        self.faces = [[float(v) for v in face.split(",")] for face in faces.split(" ")]

    def __getitem__(self, part):
        return (self.kind, self.source)[part]

    def git(self, mirrors, *command):
        git = ["git", "-C", os.path.join(mirrors, self.repository.replace("/", "+"))]
        return subprocess.run(git + list(command), check=True, capture_output=True).stdout

    def read(self, mirrors):
        return self.git(mirrors, "cat-file", "blob", self.blob)


def collected(sources=os.path.join(HERE, "sources.tsv")):
    with open(sources) as lines:
        return [Collected(line) for line in lines if not line.startswith("#")]


def main(mirrors, out):
    for line in collected():
        image, lossless = upright(line.read(mirrors))
        full = line.git(mirrors, "rev-parse", line.blob).decode().strip()
        folder = os.path.join(out, line.kind, line.source)
        os.makedirs(folder, exist_ok=True)
        for number, box in enumerate(line.faces):
            seen, place = alone(image, box) if line.source in SHEETS else (image, box)
            made = window(seen, place, lossless, random.Random(full + str(number)))
            with open(os.path.join(folder, f"{full[:12]}-{number}.jpg"), "wb") as file:
                file.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
