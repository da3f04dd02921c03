package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads CBOR (RFC 8949). Tags are skipped. */
final class CborParser {

  private static final int MOST_DEPTH = 32;
  private static final int MOST_VALUES = 20_000;
  private static final int BREAK = 0xFF;
  private static final long INDEFINITE = -1;

  private final byte[] data;
  private int at;
  private int values;

  private CborParser(byte[] data) {
    this.data = data;
  }

  /** Reads the value that the bytes begin with. */
  static CborValue parse(byte[] data) throws DamagedException {
    return new CborParser(data).value(0);
  }

  private CborValue value(int depth) throws DamagedException {
    if (depth > MOST_DEPTH || ++values > MOST_VALUES) {
      throw new DamagedException("CBOR nests too deeply or has too many values");
    }
    int first = u8();
    int major = first >> 5;
    if (major == 7) {
      return new CborValue(simple(first & 31));
    }
    long argument = argument(first & 31);
    return switch (major) {
      case 0 -> new CborValue(argument);
      case 1 -> new CborValue(-1 - argument);
      case 2 -> new CborValue(string(argument, 2));
      case 3 -> new CborValue(new String(string(argument, 3), StandardCharsets.UTF_8));
      case 4 -> new CborValue(list(argument, depth));
      case 5 -> new CborValue(map(argument, depth));
      default -> value(depth + 1); // behind a tag
    };
  }

  private long argument(int low) throws DamagedException {
    if (low < 24) {
      return low;
    }
    if (low == 31) {
      return INDEFINITE;
    }
    if (low > 27) {
      throw new DamagedException("CBOR has an unknown length");
    }
    long number = 0;
    for (int i = 0; i < 1 << (low - 24); i++) {
      number = number << 8 | u8();
    }
    if (number < 0) {
      throw new DamagedException("CBOR has a number of 64 bits");
    }
    return number;
  }

  private @Nullable Object simple(int low) throws DamagedException {
    return switch (low) {
      case 20 -> false;
      case 21 -> true;
      case 22, 23 -> null;
      case 24 -> {
        u8();
        yield null;
      }
      case 25 -> {
        argument(low); // half precision, which nothing that is read has
        yield null;
      }
      case 26 -> (double) Float.intBitsToFloat((int) bits(4));
      case 27 -> Double.longBitsToDouble(bits(8));
      default -> throw new DamagedException("CBOR has an unknown value");
    };
  }

  private long bits(int bytes) throws DamagedException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | u8();
    }
    return number;
  }

  private byte[] string(long length, int major) throws DamagedException {
    if (length != INDEFINITE) {
      if (length > data.length - at) {
        throw new DamagedException("CBOR ends too early");
      }
      at += (int) length;
      return Arrays.copyOfRange(data, at - (int) length, at);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!ends()) {
      int first = u8();
      if (first >> 5 != major || (first & 31) == 31) {
        throw new DamagedException("CBOR has a string of other parts");
      }
      all.writeBytes(string(argument(first & 31), major));
    }
    return all.toByteArray();
  }

  private List<CborValue> list(long count, int depth) throws DamagedException {
    List<CborValue> elements = new ArrayList<>();
    for (long i = 0; count == INDEFINITE ? !ends() : i < count; i++) {
      elements.add(value(depth + 1));
    }
    return elements;
  }

  private Map<Object, CborValue> map(long count, int depth) throws DamagedException {
    Map<Object, CborValue> members = new HashMap<>();
    for (long i = 0; count == INDEFINITE ? !ends() : i < count; i++) {
      @Nullable Object key = value(depth + 1).value();
      CborValue member = value(depth + 1);
      if (key instanceof String || key instanceof Long) {
        members.putIfAbsent(key, member);
      }
    }
    return members;
  }

  /** Whether something of no stated length ends here; then that is read. */
  private boolean ends() throws DamagedException {
    if (at < data.length && (data[at] & 0xFF) == BREAK) {
      at++;
      return true;
    }
    if (at >= data.length) {
      throw new DamagedException("CBOR ends too early");
    }
    return false;
  }

  private int u8() throws DamagedException {
    if (at >= data.length) {
      throw new DamagedException("CBOR ends too early");
    }
    return data[at++] & 0xFF;
  }
}
