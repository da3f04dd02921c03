package io.unmask.keras;

import static io.unmask.keras.ForgedHdf5.attributeOfType;
import static io.unmask.keras.ForgedHdf5.linkInfo;
import static io.unmask.keras.ForgedHdf5.message;
import static io.unmask.keras.ForgedHdf5.symbolTable;
import static io.unmask.keras.ForgedHdf5.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ModelFormatException;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.fuzz.Trial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDF5 made to keep its reader busy, or to make it take memory without end, is refused soon. */
class HostileHdf5Test {

  private static final String AGAIN = "its parts refer to each other more often";
  private static final String NAME = "hostile.h5";
  private static final long MOST_BYTES = 256 << 20;

  @TempDir Path folder;

  @Test
  void aTreeWhoseBranchesAreAllTheSame() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(32 << 10);
    long node = file.tree(0, 16, file.names(1, 0));
    for (int level = 1; level < 12; level++) {
      node = file.tree(level, 16, node);
    }
    assertRefused(file.withRoot(root(file, node)), AGAIN);
  }

  @Test
  void aTreeThatIsItsOwnBranch() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(4 << 10);
    long next = file.tree(1, 1, 0) + 24 + (4 + 1) * Long.BYTES;
    long node = file.tree(1, 1, next);
    assertThat(node).isEqualTo(next);
    assertRefused(file.withRoot(root(file, node)), "its HDF5 cannot be read");
  }

  @Test
  void manyNamesOfOneLargeObject() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(1 << 20);
    ForgedHdf5.Message[] many = new ForgedHdf5.Message[4000];
    Arrays.setAll(many, i -> message(ForgedHdf5.NIL, 0));
    long names = file.names(20_000, file.header(many));
    assertRefused(file.withRoot(root(file, file.tree(0, 1, names))), AGAIN);
  }

  @Test
  void manyTextsThatAreOne() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(5 << 20);
    long heap = file.heap(4 << 20);
    long header = file.header(texts("model_config", 4000, heap, 1));
    assertRefused(file.withRoot(header), "'model_config' should hold texts");
  }

  @Test
  void attributesThatSendToOthersForTheirTypes() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(64 << 10);
    long header = file.header(message(ForgedHdf5.NIL, 8));
    for (int level = 0; level < 12; level++) {
      long other = header;
      header =
          file.header(
              IntStream.range(0, 10)
                  .mapToObj(i -> attributeOfType("a" + i, other))
                  .toArray(ForgedHdf5.Message[]::new));
    }
    assertRefused(file.withRoot(header), "cannot be read");
  }

  @Test
  void aListThatIsDeclaredLongerThanTheFile() throws Exception {
    ForgedHdf5 file = new ForgedHdf5(4 << 10);
    long tree = file.newTree(2_000_000_000);
    ForgedHdf5.Message config = texts("model_config", 1, file.heap(64), 1);
    assertRefused(
        file.withRoot(file.header(config, linkInfo(tree, tree))),
        "a list of 2,000,000,000 entries");
  }

  @Test
  void addressesOfAnotherWidth() throws Exception {
    byte[] file = Files.readAllBytes(GoldenModels.file("base.h5"));
    file[13] = 4;
    assertRefused(file, "not of 8 bytes");
  }

  /** Each compressed chunk of a sound file is replaced by one that grows a thousandfold. */
  @Test
  void aChunkThatGrowsWithoutEnd() throws Exception {
    Path sound = GoldenModels.file("variant_gzip_chunks.keras");
    Map<String, byte[]> members = ModelFiles.members(sound);
    members.compute("model.weights.h5", (name, weights) -> withBombs(weights));
    byte[] file = Files.readAllBytes(ModelFiles.write(folder.resolve("bomb.keras"), members));
    assertRefused(file, "has a chunk of");
  }

  private static byte[] withBombs(byte[] weights) {
    byte[] bomb = deflated(16 << 20);
    ByteBuffer file =
        ByteBuffer.allocate(weights.length + bomb.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(weights).put(bomb);
    for (int node : trees(weights)) {
      if (weights[node + 4] == 1) { // of chunks; a key is a size, a mask, the place and a zero
        file.putInt(node + 24, bomb.length);
        int address = node + 24 + 8;
        while (file.getLong(address) == 0) {
          address += Long.BYTES;
        }
        file.putLong(address, weights.length);
      }
    }
    return file.array();
  }

  private static List<Integer> trees(byte[] file) {
    List<Integer> found = new ArrayList<>();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf("TREE"); at >= 0; at = text.indexOf("TREE", at + 1)) {
      found.add(at);
    }
    return found;
  }

  private static byte[] deflated(int zeros) {
    Deflater deflater = new Deflater();
    byte[] packed = new byte[zeros / 500];
    deflater.setInput(ByteBuffer.allocateDirect(zeros));
    deflater.finish();
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  private static long root(ForgedHdf5 file, long tree) {
    return file.header(
        texts("model_config", 1, file.heap(64), 1), symbolTable(tree, file.names("model_weights")));
  }

  private static void assertRefused(byte[] file, String reason) throws Exception {
    try (Trial trial = new Trial()) {
      trial.run(
          () -> {
            assertThatThrownBy(() -> KerasReader.read(NAME, file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(NAME + ": ")
                .hasMessageContaining(reason);
            return file;
          },
          MOST_BYTES);
    }
  }
}
