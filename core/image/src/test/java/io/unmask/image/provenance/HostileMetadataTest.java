package io.unmask.image.provenance;

import static io.unmask.image.provenance.Carriers.png;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.container.FileBytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged metadata, read without the net that {@link Provenance#of} has. Changes for each file:
 * every byte once, and as many at random as {@code -Dunmask.provenance.changes} says.
 */
class HostileMetadataTest {

  private static final int CHANGES = Integer.getInteger("unmask.provenance.changes", 500);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Loads the classes, which takes memory of its own. */
  @BeforeAll
  static void readAllOnce() {
    LabelledFiles.all().forEach(Provenance::of);
  }

  private long slowest;
  private long largest;
  private long inputs;

  @Test
  void everyByteChangedGivesEvidenceOrNoneAndNeverAnException() {
    for (byte[] file : LabelledFiles.all()) {
      Random random = new Random(file.length);
      for (int at = 0; at < file.length; at++) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) (1 + random.nextInt(255));
        read(changed);
      }
    }
    report();
  }

  @Test
  void randomChangesGiveEvidenceOrNoneAndNeverAnException() {
    for (byte[] file : LabelledFiles.all()) {
      Random random = new Random(file.length);
      for (int i = 0; i < CHANGES; i++) {
        byte[] changed = Arrays.copyOf(file, file.length);
        for (int j = 1 + random.nextInt(8); j > 0; j--) {
          int at = random.nextInt(changed.length);
          int[] odd = {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)};
          int number = odd[random.nextInt(odd.length)];
          for (int k = random.nextInt(4); k >= 0 && at + k < changed.length; k--) {
            changed[at + k] = (byte) number;
          }
        }
        read(
            random.nextInt(8) == 0
                ? Arrays.copyOf(changed, random.nextInt(changed.length))
                : changed);
      }
    }
    report();
  }

  private void read(byte[] file) {
    long start = THREADS.getCurrentThreadCpuTime(); // a busy machine costs nothing
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(Provenance.read(FileBytes.of(file))).isNotNull();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    slowest = Math.max(slowest, THREADS.getCurrentThreadCpuTime() - start);
    largest = Math.max(largest, bytes);
    inputs++;
    assertThat(bytes).as("allocated for input %,d", inputs).isLessThan(FileBytes.MOST);
  }

  private void report() {
    System.out.printf(
        "%,d inputs, at most %.1f ms of a processor and %,d bytes%n",
        inputs, slowest / 1e6, largest);
    assertThat(inputs).isPositive();
  }

  @Test
  void largeMetadataIsReadWithinItsBounds() {
    byte[] huge = new byte[20 << 20];
    Arrays.fill(huge, (byte) 'x');
    String settings = LabelsTest.SETTINGS;
    byte[] text = ByteWriter.joined(ByteWriter.latin("parameters\0" + settings), huge);
    byte[] xmp = ByteWriter.joined(ByteWriter.latin("XML:com.adobe.xmp\0\0\0\0\0<x a='"), huge);
    List<byte[]> files = new ArrayList<>();
    files.add(png(Carriers.chunk("tEXt", text)));
    files.add(png(Carriers.chunk("iTXt", xmp)));
    files.add(png(Carriers.chunk("zTXt", ByteWriter.latin("parameters\0\0"), packedZeros())));
    files.add(png(Carriers.chunk("caBX", huge)));
    files.add(png(many(Carriers.chunk("abcd"), 700_000)));
    files.add(png(many(Carriers.textChunk("a", "b"), 500_000)));
    files.add(Carriers.jpeg(many(Carriers.segment(0xE5), 3_000_000)));
    files.add(Carriers.jpeg(new byte[20 << 20]));
    files.add(ByteWriter.joined(ByteWriter.latin("<svg>"), huge));
    files.add(
        ByteWriter.joined(Carriers.fileType("heic"), many(ManifestWriter.box("free"), 2_000_000)));
    files.add(
        ByteWriter.joined(
            ByteWriter.latin("GIF89a"), new byte[7], many(new byte[] {0x21, 1, 0}, 5_000_000)));
    for (byte[] file : files) {
      read(file);
    }
    report();
    assertThat(Provenance.of(files.get(0)))
        .extracting(Evidence::claim)
        .contains(Claim.AI_GENERATED);
    assertThat(Provenance.of(files.get(4)))
        .extracting(Evidence::toString)
        .containsExactly(
            "not all of the file was looked through: there is more of it than the 16 MiB that are"
                + " read");
    assertThat(Provenance.of(files.get(2)))
        .extracting(Evidence::detail)
        .contains("packed text has more than 1 MiB");
  }

  /** 16 MiB of zeros in 16 kB. */
  private static byte[] packedZeros() {
    return LabelsTest.deflated("\0".repeat(16 << 20));
  }

  private static byte[] many(byte[] part, int times) {
    byte[] all = new byte[part.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(part, 0, all, i * part.length, part.length);
    }
    return all;
  }

  @Test
  void aFileOnDiskSaysTheSameAsItsBytes(@TempDir Path folder) throws IOException {
    for (byte[] file : LabelledFiles.all()) {
      Path path = Files.write(folder.resolve("file"), file);
      try (FileChannel channel = FileChannel.open(path)) {
        assertThat(Provenance.of(channel)).isNotEmpty().isEqualTo(Provenance.of(file));
      }
    }
  }

  @Test
  void entitiesThatGrowAreNotLookedAt() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>" + "&b;".repeat(1000) + "</x>";
    byte[] file = Carriers.jpeg(Carriers.xmpSegment(bomb));
    assertThat(Provenance.of(file))
        .extracting(Evidence::detail)
        .containsExactly("its XML declares a document type");
    String deep = "<a>".repeat(5000);
    assertThat(Provenance.of(Carriers.jpeg(Carriers.xmpSegment(deep))))
        .extracting(Evidence::detail)
        .containsExactly("its XML nests too deeply");
  }

  @Test
  void anExifDirectoryThatRefersToItselfIsReadOnce() {
    byte[] exif = new TiffWriter(true).text(0x0131, "Midjourney").text(0x9003, "2026").done();
    // The directory of the photo is the first one, too.
    int entry = C2paTest.indexOf(exif, ByteWriter.latin("\u0087i\0\4"), 0);
    exif[entry + 8 + 2] = 0;
    exif[entry + 8 + 3] = 8;
    byte[] file = Carriers.jpeg(Carriers.exifSegment(exif));
    assertThat(Provenance.of(file)).extracting(Evidence::claim).containsExactly(Claim.AI_GENERATED);
  }

  @Test
  void textInNoCharacterSetIsReadAllTheSame() {
    byte[] text = ByteWriter.latin("Software\0Stable Diffusion \u00FF\u00FE");
    assertThat(Provenance.of(png(Carriers.chunk("tEXt", text))))
        .extracting(found -> found.generator().orElse(""))
        .containsExactly("Stable Diffusion \u00FF\u00FE");
  }
}
