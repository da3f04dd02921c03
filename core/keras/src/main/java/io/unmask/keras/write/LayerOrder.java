package io.unmask.keras.write;

import io.unmask.keras.config.Call;
import io.unmask.keras.write.WrittenLayer.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order that Keras gives the layers of a functional model, whatever their order in the file is:
 * the farther from the outputs the earlier, and those equally far as a search from the outputs
 * meets them. Keras finds weights by it, so that it must be met.
 *
 * <p>This is {@code map_graph} of {@code keras/src/ops/function.py} (3.15).
 */
final class LayerOrder {

  private record Call(WrittenLayer layer, int number) {}

  /** The uses of layers, each behind those that it reads. */
  private final List<Call> calls = new ArrayList<>();

  /** The layers with the order in which the search met them. */
  private final Map<WrittenLayer, Integer> met = new LinkedHashMap<>();

  private LayerOrder() {}

  static List<WrittenLayer> sort(List<WrittenLayer> layers, List<Use> outputs) {
    LayerOrder order = new LayerOrder();
    order.search(outputs);
    Map<WrittenLayer, Integer> depths = order.depths();
    if (depths.size() != layers.size()) {
      throw new IllegalArgumentException("a layer is read by no other");
    }
    return layers.stream()
        .sorted(
            Comparator.<WrittenLayer, Integer>comparing(depths::get)
                .reversed()
                .thenComparing(order.met::get))
        .toList();
  }

  /** Depth first, without recursion, as networks may be deep. */
  private void search(List<Use> outputs) {
    Set<Call> entered = new HashSet<>();
    Deque<Call> open = new ArrayDeque<>();
    Deque<Deque<Use>> unread = new ArrayDeque<>();
    for (Use output : outputs) {
      enter(output, entered, open, unread);
      while (!open.isEmpty()) {
        Use next = unread.getLast().poll();
        if (next != null) {
          enter(next, entered, open, unread);
        } else {
          unread.removeLast();
          calls.add(open.removeLast());
        }
      }
    }
  }

  private void enter(Use use, Set<Call> entered, Deque<Call> open, Deque<Deque<Use>> unread) {
    Call call = new Call(use.layer(), use.call());
    if (entered.add(call)) {
      met.putIfAbsent(use.layer(), met.size());
      open.addLast(call);
      unread.addLast(new ArrayDeque<>(use.layer().calls().get(use.call())));
    }
  }

  private Map<WrittenLayer, Integer> depths() {
    Map<Call, Integer> depths = new HashMap<>();
    Map<WrittenLayer, Integer> layers = new HashMap<>();
    List<Call> fromOutputs = new ArrayList<>(calls);
    Collections.reverse(fromOutputs);
    for (Call call : fromOutputs) {
      int depth = Math.max(depths.getOrDefault(call, 0), layers.getOrDefault(call.layer(), 0));
      layers.put(call.layer(), depth);
      for (Use read : call.layer().calls().get(call.number())) {
        depths.merge(new Call(read.layer(), read.call()), depth + 1, Math::max);
      }
    }
    return layers;
  }
}
