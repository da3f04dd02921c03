package io.unmask.fuzz;

import io.unmask.testkit.fuzz.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes to JSON that leave most of it well formed: values and whole subtrees are exchanged. */
final class JsonText {

  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[-+.\\w]+|[\\[\\]{},:]");

  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1",
    "2",
    "3.5",
    "1e999",
    "-0.0",
    "NaN",
    "-Infinity",
    "2147483647",
    "-2147483648",
    "2147483648",
    "9223372036854775807",
    "1" + "0".repeat(40),
    "65536",
    "1000000",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "\"\"",
    "\"..\"",
    "\"/\"",
    "\"a/b\"",
    "[1, 1]",
    "[1000000, 1000000]",
    "[-1, 0]",
    "[[1, 2], [3, 4]]",
    "[[[[[[[[]]]]]]]]",
    "\"valid\"",
    "\"same\"",
    "\"causal\"",
    "\"channels_first\"",
    "\"Conv2D\"",
    "\"Dense\"",
    "\"Functional\"",
    "\"Sequential\"",
    "\"InputLayer\"",
    "\"Add\"",
    "\"Concatenate\"",
    "\"BatchNormalization\"",
    "\"MaxPooling2D\"",
    "\"Reshape\"",
    "\"Flatten\"",
    "\"Softmax\"",
    "\"UpSampling2D\"",
    "\"relu\"",
    "\"crop\"",
    "\"windows:9\"",
    "\"windows:99999999999\"",
    "\"softmax\"",
    "\"linear\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "{\"class_name\": \"__numpy__\", \"config\": {\"value\": 1}}"
  };

  private final String text;
  private final List<int[]> tokens = new ArrayList<>();

  private JsonText(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
  }

  /** A document with a few changes. */
  static byte[] mutated(byte[] document, Random random) {
    String text = new String(document, StandardCharsets.UTF_8);
    int count = 1 + random.nextInt(random.nextInt(3) == 0 ? 8 : 2);
    for (int i = 0; i < count && !text.isEmpty(); i++) {
      text = new JsonText(text).once(random);
    }
    byte[] changed = text.getBytes(StandardCharsets.UTF_8);
    return random.nextInt(20) == 0 ? Bytes.mutated(changed, random) : changed;
  }

  private String once(Random random) {
    if (tokens.isEmpty()) {
      return text;
    }
    int[] here = subtree(random.nextInt(tokens.size()), random);
    int[] other = subtree(random.nextInt(tokens.size()), random);
    String value = text.substring(here[0], here[1]);
    String replacement =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> VALUES[random.nextInt(VALUES.length)];
          case 3, 4 -> text.substring(other[0], other[1]);
          case 5 -> value + ", " + value;
          case 6 -> Long.toString(Bytes.odd(random));
          default -> nested(value, random);
        };
    String changed = text.substring(0, here[0]) + replacement + text.substring(here[1]);
    return changed.length() > 4 << 20 ? text : changed;
  }

  private static String nested(String value, Random random) {
    int depth = random.nextInt(10) == 0 ? 300 : 1 + random.nextInt(3);
    return "[".repeat(depth) + value + "]".repeat(depth);
  }

  /** The place of a value that begins with a token, brackets with all that is between them. */
  private int[] subtree(int first, Random random) {
    int index = first;
    while (index > 0 && random.nextInt(3) == 0) {
      index--; // brackets are rare among tokens, and what they hold is worth a change
    }
    int depth = 0;
    for (int i = index; i < tokens.size(); i++) {
      char start = text.charAt(tokens.get(i)[0]);
      depth += start == '[' || start == '{' ? 1 : start == ']' || start == '}' ? -1 : 0;
      if (depth <= 0) {
        return new int[] {tokens.get(index)[0], tokens.get(i)[1]};
      }
    }
    return tokens.get(index);
  }
}
