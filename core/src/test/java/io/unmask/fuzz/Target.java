package io.unmask.fuzz;

import io.unmask.image.FaceSquare;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.image.ViewSampler;
import io.unmask.image.provenance.Evidence;
import io.unmask.image.provenance.LabelledFiles;
import io.unmask.image.provenance.Provenance;
import io.unmask.keras.KerasReader;
import io.unmask.keras.StartWeights;
import io.unmask.model.ModelFile;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import io.unmask.network.pass.Passes;
import io.unmask.spi.Face;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import io.unmask.spi.Views;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.fuzz.Bytes;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** What is tried: where inputs come from, how they are changed, and what reads them. */
enum Target {
  /** {@code .keras} and {@code .h5} files, up to the network as a backend gets it. */
  MODELS(200, 64 << 20) {
    @Override
    List<byte[]> corpus() throws IOException {
      return files(GoldenModels.file(""), ".keras", ".h5");
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return ModelBytes.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) throws IOException {
      Network network;
      if (random.nextInt(8) == 0) {
        Path file = Files.write(folder.resolve("model.keras"), input);
        network = KerasReader.read(file);
        KerasReader.version(file);
      } else {
        network = KerasReader.read("model.keras", input);
      }
      use(Passes.forInference().apply(network));
    }
  },

  /** Files that only weights are taken from. */
  START_WEIGHTS(40, 64 << 20) {
    @Override
    List<byte[]> corpus() throws IOException {
      return files(GoldenModels.file("start"), ".keras", ".h5");
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return ModelBytes.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) throws IOException {
      Path file = Files.write(folder.resolve("start.h5"), input);
      Network network = KerasReader.read(GoldenModels.file("start/whole.keras"));
      use(StartWeights.atLeast(file, network, name -> name.startsWith("xception")).network());
    }
  },

  /** {@code unmask.json}. */
  MANIFESTS(800, 16 << 20) {
    @Override
    List<byte[]> corpus() {
      return Stream.of(
              """
              {"version": 1, "description": "of the test", "threshold": 0.4, "channelOrder": "BGR",
               "members": ["model.keras"], "fusion": "mean", "weights": {"model.keras": 0.5},
               "maxSpread": 0.3, "band": [0.4, 0.6], "inputSize": {"height": 7, "width": 5},
               "models": {"model.keras": {"fakeClass": 0, "threshold": 0.6,
                "scaling": {"divisor": 127.5, "offset": -1}}}}
              """,
              """
              {"version": 1, "calibration": {"scale": 0.75, "offset": -0.5},
               "expects": {"images": "crops", "minSide": 128, "maxSide": 1024, "minQuality": 40, "aspect": [0.8, 1.25]},
               "provenance": {"data": ["a", {"b": 1}], "figures": {"auc": 0.9, "folds": [1, 2]}}}
              """,
              """
              {"version": 1, "faces": "crop", "margin": 0.4, "minFace": 80, "mirrored": true,
               "views": ["resize", "shrink", "windows:4"], "expects": {"scope": "two cameras"},
               "models": {"model.keras": {"faces": "whole", "views": ["shrink"], "mirrored": false}}}
              """)
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return JsonText.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) throws IOException {
      Path model = folder.resolve("model.keras");
      if (!Files.exists(model)) {
        Files.copy(GoldenModels.file("base.keras"), model);
      }
      Files.write(folder.resolve("unmask.json"), input);
      ModelFile.read(model, OptionalInt.empty());
    }
  },

  /** JPEG, PNG, BMP and GIF, whole and in parts. */
  IMAGES(3000, 32 << 20) {
    @Override
    List<byte[]> corpus() throws IOException {
      return images(".jpg", ".png", ".bmp", ".gif");
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return ImageFileBytes.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) {
      sample(input, random);
    }
  },

  /** WebP: lossy, lossless, with alpha, animated; whole and in parts. */
  WEBP(3000, 32 << 20) {
    @Override
    List<byte[]> corpus() throws IOException {
      return images(".webp");
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return ImageFileBytes.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) {
      sample(input, random);
    }
  },

  /** What files claim about themselves, of all carriers. */
  EVIDENCE(1500, 16 << 20) {
    @Override
    List<byte[]> corpus() {
      return LabelledFiles.all();
    }

    @Override
    byte[] mutated(byte[] input, Random random) {
      return random.nextBoolean()
          ? ImageFileBytes.mutated(input, random)
          : Bytes.mutated(input, random);
    }

    @Override
    void read(byte[] input, Path folder, Random random) throws IOException {
      List<Evidence> evidence;
      if (random.nextInt(8) == 0) {
        try (FileChannel file = FileChannel.open(Files.write(folder.resolve("file"), input))) {
          evidence = Provenance.of(file);
        }
      } else {
        evidence = Provenance.of(input);
      }
      for (Evidence one : evidence) {
        if (one.detail().startsWith("reading it failed")) {
          throw new IllegalStateException("an exception that was caught: " + one);
        }
        if (one.claim() == Evidence.Claim.UNREADABLE) {
          throw new IllegalArgumentException(one.toString()); // which counts as refused
        }
      }
    }
  };

  private static final InputFormat FORMAT = InputFormat.unitRange(32, 32);
  private static final Views VIEWS =
      new Views(
          true,
          0,
          0,
          List.of(
              new Views.View.Resize(Views.View.Resampling.ANTIALIASED), new Views.View.Windows(2)));
  private static final long MOST_PIXELS = 1 << 20;

  /** What may be allocated for each byte of the input. */
  private static final long BYTES_PER_BYTE = 64;

  private final int inputs;
  private final long allowed;

  Target(int inputs, long allowed) {
    this.inputs = inputs;
    this.allowed = allowed;
  }

  /** How many inputs a build tries, which takes a few seconds. */
  int inputs() {
    return inputs;
  }

  abstract List<byte[]> corpus() throws IOException;

  abstract byte[] mutated(byte[] input, Random random);

  /** Reads an input as its users do; the folder is for files. */
  abstract void read(byte[] input, Path folder, Random random) throws IOException;

  /** The bound of memory for an input of that many bytes. */
  long mostBytes(int length) {
    return allowed + BYTES_PER_BYTE * length;
  }

  private static void use(Network network) {
    for (Node node : network.nodes()) {
      for (Weights weights : node.layer().weights()) {
        weights.copyTo(FloatBuffer.allocate(weights.size()));
      }
    }
  }

  /** Decodes a picture and looks at all of it and at a part. */
  private static void sample(byte[] input, Random random) {
    JavaPreprocessor preprocessor =
        JavaPreprocessor.withOptions(new ImageOptions(random.nextBoolean(), MOST_PIXELS));
    FloatBuffer floats = FloatBuffer.allocate(4 * FORMAT.size());
    preprocessor.process(input, "face.jpg", FORMAT, floats);
    Photo photo = preprocessor.decode(input, "face.jpg", random.nextBoolean());
    double side = random.nextDouble() * photo.width();
    Face.Box box = new Face.Box(-side, -side / 2, side, side);
    Region part = FaceSquare.around(photo.size(), box, random.nextDouble());
    new ViewSampler(preprocessor, VIEWS, FORMAT).put(photo, part, floats);
  }

  private static List<byte[]> images(String... endings) throws IOException {
    return files(Path.of("image", "src", "test", "resources"), endings);
  }

  private static List<byte[]> files(Path folder, String... endings) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        for (String ending : endings) {
          if (file.toString().endsWith(ending)) {
            contents.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return contents;
  }
}
