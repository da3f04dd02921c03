package io.unmask.backend.cpu;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory handed out piece by piece from large blocks, in huge pages where the system has
 * them. A network's weights do not fit into the processor's caches and are read once for every
 * image; in huge pages the processor fetches them ahead further and looks up fewer addresses.
 */
final class WeightMemory {

  private static final long SLAB = 16L << 20;

  private final engine engine;
  private final NativeObjects kept;
  private Pointer slab = new BytePointer();
  private long size;
  private long used;

  /** Takes blocks from the engine and hands them to {@code kept}. */
  WeightMemory(engine engine, NativeObjects kept) {
    this.engine = engine;
    this.kept = kept;
  }

  /** Memory of the given number of bytes, at a multiple of 64, that lives as long as its block. */
  Pointer take(long bytes) {
    if (bytes > size - used) {
      size = Math.max(SLAB, bytes);
      slab = allocate(engine, kept, size);
      used = 0;
    }
    Pointer piece = new BytePointer(slab).getPointer(used);
    used = Arena.align(used + bytes);
    return piece;
  }

  /** A block of memory that the engine allocates, aligned as the engine likes it. */
  static Pointer allocate(engine engine, NativeObjects kept, long size) {
    memory.desc bytes =
        new memory.desc(new long[] {size}, memory.data_type.s8, memory.format_tag.a);
    Pointer block = kept.keep(new memory(bytes, engine)).get_data_handle();
    HugePages.advise(block.address(), size);
    return block;
  }
}
