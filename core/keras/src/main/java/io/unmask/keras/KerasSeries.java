package io.unmask.keras;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.file.Candidate;
import io.unmask.keras.file.FileLikeness;
import io.unmask.keras.file.ModelFile;
import io.unmask.keras.file.Original;
import io.unmask.keras.hdf5.StoredArray;
import io.unmask.keras.hdf5.StoredArray.Extent;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .keras} files that may be alike in all but some numbers, as the folds of a
 * cross-validation are. While the first is read, the others are compared with it byte by byte. One
 * that has the same bytes wherever the first was read in order to understand it holds the same
 * model, with its arrays at the same places: it need not be understood once more, and arrays that
 * are the same in both are one object in both networks. All other files are read as {@link
 * KerasReader#read(Path)} reads them. The result is the same either way. Thread-safe.
 */
public final class KerasSeries {

  /** Of a file that differs in more than this share of its blocks, the rest is not compared. */
  private static final double MOST = 0.25;

  private final List<Path> files;
  private final FutureTask<Original> first;
  private final FutureTask<List<@Nullable Candidate>> comparison;

  /**
   * Begins to compare the files, in the background.
   *
   * @throws IllegalArgumentException if there are none
   */
  public KerasSeries(List<Path> files) {
    this.files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a series needs at least one file");
    }
    first = new FutureTask<>(() -> KerasReader.open(this.files.get(0), ModelFile::original));
    comparison = new FutureTask<>(this::compare);
    if (files.size() > 1) {
      Thread thread = new Thread(comparison, "unmask-comparison");
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError e) {
        // There may be no more threads. Whoever needs the comparison makes it.
      }
    }
  }

  /**
   * Reads one of the files.
   *
   * @param index its place among them
   * @throws io.unmask.error.ModelFormatException as {@link KerasReader#read(Path)}
   * @throws io.unmask.error.UnsupportedLayerException likewise
   */
  public Network read(int index) {
    @Nullable Network network = index == 0 ? first() : alike(index);
    // What could not be read is read once more, to say why.
    return network == null ? KerasReader.read(files.get(index)) : network;
  }

  private @Nullable Network first() {
    try {
      return original().network();
    } catch (ExecutionException e) {
      return null;
    }
  }

  /** The first file, read by whoever asks first. */
  private Original original() throws ExecutionException {
    first.run();
    return result(first);
  }

  private <T> T result(FutureTask<T> task) throws ExecutionException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      throw new InterruptionException(files.get(0).toString(), e);
    }
  }

  /** The model of a file that is like the first, or null. */
  private @Nullable Network alike(int index) {
    Candidate candidate;
    Candidate reference;
    Original original;
    try {
      comparison.run(); // does nothing if it has begun; its thread may not have
      List<@Nullable Candidate> candidates = result(comparison);
      reference = candidates.get(0);
      candidate = candidates.get(index);
      if (reference == null || candidate == null) {
        return null;
      }
      original = original();
    } catch (ExecutionException e) {
      return null;
    }
    try {
      return twin(original, reference, candidate);
    } catch (InterruptionException e) {
      throw e;
    } catch (RuntimeException e) {
      return null; // It is read by itself.
    }
  }

  private static @Nullable Network twin(
      Original original, Candidate reference, Candidate candidate) {
    @Nullable List<StoredArray> arrays = original.arrays();
    if (arrays == null) {
      return null;
    }
    try (FileLikeness likeness =
        new FileLikeness(reference.weights(), candidate.weights(), candidate.unknown())) {
      return twin(original, candidate, arrays, likeness);
    }
  }

  private static @Nullable Network twin(
      Original original, Candidate candidate, List<StoredArray> arrays, FileLikeness likeness) {
    Map<Long, Long> ends = new HashMap<>();
    IdentityHashMap<Weights, Weights> changed = new IdentityHashMap<>();
    for (StoredArray array : arrays) {
      Extent extent = array.extent();
      ends.put(extent.start(), extent.end());
      if (!likeness.same(extent)) {
        changed.put(array.weights(), array.in(candidate.weights()));
      }
    }
    for (Extent part : original.read()) {
      boolean array = part.end() == ends.getOrDefault(part.start(), -1L);
      if (!array && !likeness.same(part)) {
        return null;
      }
    }
    return with(original.network(), changed);
  }

  /** The network with other arrays, or null if one of those that change is not in it as it is. */
  private static @Nullable Network with(
      Network network, IdentityHashMap<Weights, Weights> changed) {
    Set<Weights> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      List<Weights> weights = node.layer().weights();
      List<Weights> replacements = new ArrayList<>();
      boolean same = true;
      for (Weights array : weights) {
        @Nullable Weights replacement = changed.get(array);
        if (replacement != null) {
          found.add(array);
          same = false;
        }
        replacements.add(replacement == null ? array : replacement);
      }
      Layer layer = same ? node.layer() : node.layer().withWeights(replacements);
      builder.add(node.name(), layer, node.inputs());
    }
    return found.size() == changed.size() ? builder.build(network.outputs()) : null;
  }

  private List<@Nullable Candidate> compare() {
    List<@Nullable Candidate> candidates = new ArrayList<>();
    for (Path file : files) {
      candidates.add(candidate(file));
    }
    @Nullable Candidate reference = candidates.get(0);
    List<Candidate> alike = new ArrayList<>();
    for (int i = 1; i < candidates.size(); i++) {
      @Nullable Candidate candidate = candidates.get(i);
      if (candidate != null && reference != null && reference.mayBeLike(candidate)) {
        alike.add(candidate);
      } else {
        candidates.set(i, null);
      }
    }
    if (reference != null) {
      compare(reference, alike);
    }
    return candidates;
  }

  /** Compares all at once, so that the first is read only once. */
  private static void compare(Candidate reference, List<Candidate> others) {
    int block = FileLikeness.BLOCK;
    int blocks = Math.toIntExact((reference.length() + block - 1) / block);
    IdentityHashMap<Candidate, WeightFile.Open> left = new IdentityHashMap<>();
    ByteBuffer bytes = ByteBuffer.allocateDirect(block);
    ByteBuffer theirs = ByteBuffer.allocateDirect(block);
    try (WeightFile.Open first = reference.weights().open()) {
      for (Candidate candidate : others) {
        left.put(candidate, candidate.weights().open());
      }
      for (int i = 0; i < blocks && !left.isEmpty(); i++) {
        long at = (long) i * block;
        int count = (int) Math.min(block, reference.length() - at);
        first.read(at, bytes.clear().limit(count));
        bytes.flip();
        for (Candidate candidate : List.copyOf(left.keySet())) {
          WeightFile.Open other = Objects.requireNonNull(left.get(candidate));
          other.read(at, theirs.clear().limit(count));
          if (!bytes.equals(theirs.flip())) {
            candidate.unknown().set(i);
            if (candidate.unknown().cardinality() > MOST * blocks) {
              candidate.unknown().set(i, blocks);
              other.close();
              left.remove(candidate);
            }
          }
        }
      }
    } finally {
      left.values().forEach(WeightFile.Open::close);
    }
  }

  /** What a file may be compared by, or null if it is none of those that can be. */
  private static @Nullable Candidate candidate(Path file) {
    try {
      return KerasReader.open(file, ModelFile::candidate);
    } catch (ModelFormatException | UnsupportedLayerException e) {
      return null;
    }
  }
}
