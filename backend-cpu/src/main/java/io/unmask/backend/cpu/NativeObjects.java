package io.unmask.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Native objects that live as long as a program. Those made while a {@link
 * org.bytedeco.javacpp.PointerScope} is open would go with it; keeping retains them until {@link
 * #close}. Not thread-safe.
 */
final class NativeObjects implements AutoCloseable {

  private final List<Pointer> kept = new ArrayList<>();

  <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    kept.add(pointer);
    return pointer;
  }

  /** Releases all, the last one first. May be called again. */
  @Override
  public void close() {
    for (int i = kept.size() - 1; i >= 0; i--) {
      kept.get(i).releaseReference();
    }
    kept.clear();
  }
}
