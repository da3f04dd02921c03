package io.unmask.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * A cluster whose executors are processes of this machine: Spark's own jars are on their class
 * path, and the bundle comes by {@code spark.jars}, as on any cluster.
 */
final class Cluster {

  static final Path BUNDLE = Path.of(System.getProperty("unmask.bundle")).normalize();

  private static final Path HOME = Path.of("target/spark-home").toAbsolutePath();

  private Cluster() {}

  /** Two executors with one processor each, unless the master says otherwise. */
  static SparkSession start(String master) throws IOException {
    prepare();
    return SparkSession.builder()
        .master(master)
        .appName("unmask-cluster-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "1g")
        .config("spark.jars", BUNDLE + "," + probes())
        .config("spark.sql.extensions", UnmaskExtension.class.getName())
        .config("spark.sql.files.maxPartitionBytes", "2m")
        .config("spark.sql.files.openCostInBytes", "60k")
        .config("spark.sql.warehouse.dir", Path.of("target/warehouse").toUri().toString())
        .getOrCreate();
  }

  /** Links Spark's jars into what executors take for an installation of Spark. */
  static Path prepare() throws IOException {
    Path jars = Files.createDirectories(HOME.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("unmask-")) {
        try {
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        } catch (FileAlreadyExistsException e) {
          // Of an earlier run.
        }
      }
    }
    return HOME;
  }

  /** The classes of these tests that run on executors. */
  private static Path probes() throws IOException {
    Path classes = Path.of("target/test-classes").toAbsolutePath();
    Path jar = Path.of("target/probes.jar").toAbsolutePath();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  /** What executors say of themselves, one each. */
  static List<Probe> probes(SparkSession spark) {
    return spark
        .range(0, 8, 1, 8)
        .mapPartitions(new Probe.Asking(), Encoders.STRING())
        .collectAsList()
        .stream()
        .distinct()
        .map(Probe::parse)
        .collect(Collectors.toMap(Probe::executor, probe -> probe, (first, second) -> second))
        .values()
        .stream()
        .toList();
  }

  /** The seconds of processor time that a process has used. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  /** The resident size of a process, in MiB. */
  static long residentMegabytes(long pid) throws IOException {
    return Arrays.stream(Files.readString(Path.of("/proc/" + pid + "/status")).split("\n", -1))
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
