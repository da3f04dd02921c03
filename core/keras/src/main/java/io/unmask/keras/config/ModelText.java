package io.unmask.keras.config;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of an archive's {@code config.json}. */
public final class ModelText {

  /** How the model was trained, which makes no difference to what it is. */
  private static final byte[] TRAINING = "\"compile_config\":".getBytes(StandardCharsets.US_ASCII);

  private final byte[] text;

  public ModelText(byte[] text) {
    this.text = text;
  }

  /**
   * Whether another text describes the same model, letter by letter, however the two were trained.
   * This one must be well-formed, the other need not be; then the answer is no.
   */
  public boolean describesTheSame(ModelText other) {
    int first = Arrays.mismatch(text, other.text);
    if (first < 0) {
      return true;
    }
    int start = training();
    if (start < 0 || first < start) {
      return false;
    }
    int end = end(start);
    int otherEnd = other.end(start);
    return Arrays.equals(text, end, text.length, other.text, otherEnd, other.text.length)
        && other.isJson(start, otherEnd);
  }

  private boolean isJson(int start, int end) {
    try {
      Json.parse(Arrays.copyOfRange(text, start, end));
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  /** Where the value begins that says how the outermost model was trained, or -1. */
  private int training() {
    int member = 1; // behind the bracket
    while (member < text.length) {
      int value = member + TRAINING.length;
      if (value <= text.length
          && Arrays.equals(text, member, value, TRAINING, 0, TRAINING.length)) {
        return value;
      }
      member = end(member) + 1;
      while (member < text.length && text[member] == ' ') {
        member++;
      }
    }
    return -1;
  }

  /** The place of the quotation mark that ends the string which begins at another. */
  private int endOfString(int start) {
    int i = start + 1;
    while (i < text.length && text[i] != '"') {
      i += text[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  /** Where a value ends, or a member with its key, at the comma or bracket that follows it. */
  private int end(int start) {
    int depth = 0;
    for (int i = start; i < text.length; i++) {
      byte letter = text[i];
      if (depth == 0 && (letter == ',' || letter == '}')) {
        return i;
      }
      if (letter == '"') {
        i = endOfString(i);
      } else if (letter == '{' || letter == '[') {
        depth++;
      } else if (letter == '}' || letter == ']') {
        depth--;
      }
    }
    return text.length;
  }
}
