package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is left of a file when stretches of it are left out. */
final class Ranges {

  private final long end;

  /** Stretches left out, from their starts to their ends; none touches another. */
  private final TreeMap<Long, Long> excluded = new TreeMap<>();

  Ranges(long end) {
    this.end = end;
  }

  /** Leaves a stretch out. Returns false if the file does not have it. */
  boolean exclude(long start, long length) {
    if (start < 0 || length < 0 || length > end - start) {
      return false;
    }
    long from = start;
    long to = start + length;
    Map.Entry<Long, Long> near = excluded.floorEntry(to);
    while (near != null && near.getValue() >= from) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      excluded.remove(near.getKey());
      near = excluded.floorEntry(to);
    }
    if (to > from) {
      excluded.put(from, to);
    }
    return true;
  }

  /** How many bytes are left. */
  long size() {
    return end - total();
  }

  private long total() {
    return excluded.entrySet().stream().mapToLong(range -> range.getValue() - range.getKey()).sum();
  }

  /** The stretches that are left out, in order. */
  List<Piece.Place> excluded() {
    return excluded.entrySet().stream()
        .map(range -> new Piece.Place(range.getKey(), range.getValue()))
        .toList();
  }

  /** How many bytes are left out that do not lie in the given places. */
  long excludedBesides(List<Piece.Place> places) {
    Ranges with = new Ranges(end);
    Ranges alone = new Ranges(end);
    excluded.forEach((from, to) -> with.exclude(from, to - from));
    for (Piece.Place place : places) {
      with.exclude(place.start(), place.end() - place.start());
      alone.exclude(place.start(), place.end() - place.start());
    }
    return with.total() - alone.total();
  }

  /** Hashes what is left, and the positions that are asked for, in eight bytes each. */
  void feed(FileBytes file, long[] offsets, MessageDigest digest) throws DamagedException {
    long at = 0;
    int next = 0;
    while (at < end) {
      Map.Entry<Long, Long> hole = excluded.floorEntry(at);
      boolean inside = hole != null && hole.getValue() > at;
      Map.Entry<Long, Long> following = excluded.higherEntry(at);
      long until = inside ? hole.getValue() : following == null ? end : following.getKey();
      while (next < offsets.length && offsets[next] < until) {
        if (!inside) {
          file.feed(at, offsets[next] - at, digest::update);
          at = offsets[next];
        }
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, offsets[next]));
        next++;
      }
      if (!inside) {
        file.feed(at, until - at, digest::update);
      }
      at = until;
    }
  }
}
