import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Copies jHDF's classes into a folder, renamed, with a log of ours in the place of SLF4J: {@code
 * Relocation JAR FOLDER}. Only the names in the classes' tables of constants are changed. It is run
 * by the build from this file.
 */
final class Relocation {

  private static final String FROM = "io/jhdf/";
  private static final String TO = "io/unmask/jhdf/";
  private static final String LOG = "org/slf4j/";

  // Kinds of constants, and how many bytes follow: the Java Virtual Machine Specification, 4.4.
  private static final int UTF8 = 1;

  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final Set<Integer> OF_TWO = Set.of(7, 8, 16, 19, 20);
  private static final Set<Integer> OF_THREE = Set.of(15);
  private static final Set<Integer> OF_FOUR = Set.of(3, 4, 9, 10, 11, 12, 17, 18);

  private Relocation() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    int classes = 0;
    try (ZipFile jar = new ZipFile(args[0])) {
      Enumeration<? extends ZipEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        if (entry.getName().startsWith(FROM) && entry.getName().endsWith(".class")) {
          write(folder.resolve(renamed(entry.getName())), relocated(bytes));
          classes++;
        } else if (entry.getName().equals("LICENSE")) {
          write(folder.resolve("META-INF/LICENSE-jhdf"), bytes);
        }
      }
    }
    if (classes == 0) {
      throw new IOException(args[0] + ": there are no classes of jHDF in it");
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static String renamed(String text) {
    return text.replace(FROM, TO).replace(LOG, TO + "log/");
  }

  /** A class with other names in its table of constants; what follows the table stays. */
  private static byte[] relocated(byte[] code) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(in.readNBytes(8)); // magic number and version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int kind = in.readUnsignedByte();
      out.writeByte(kind);
      if (kind == UTF8) {
        out.writeUTF(renamed(in.readUTF()));
      } else if (kind == LONG || kind == DOUBLE) {
        out.write(in.readNBytes(8));
        i++; // which takes two places
      } else {
        out.write(in.readNBytes(size(kind)));
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static int size(int kind) throws IOException {
    if (OF_TWO.contains(kind)) {
      return 2;
    }
    if (OF_THREE.contains(kind)) {
      return 3;
    }
    if (OF_FOUR.contains(kind)) {
      return 4;
    }
    throw new IOException("a class has a constant of the unknown kind " + kind);
  }
}
