package io.unmask.cli;

import java.util.Map;

/**
 * Letters of dots, since a server's Java may have no fonts, and fails when it is asked for one. It
 * has what verdicts and warnings need: capitals, digits and a few signs; small letters are drawn as
 * capitals.
 */
final class PixelFont {

  /** The height of a line, in dots. */
  static final int HEIGHT = 7;

  private static final int WIDTH = 5;
  private static final int ADVANCE = WIDTH + 1;

  /** Seven rows of five dots each; the highest bit is the leftmost dot. */
  private static final Map<Character, int[]> GLYPHS =
      Map.ofEntries(
          glyph('A', 0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001),
          glyph('C', 0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110),
          glyph('E', 0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111),
          glyph('F', 0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000),
          glyph('I', 0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110),
          glyph('K', 0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001),
          glyph('L', 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111),
          glyph('N', 0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001),
          glyph('R', 0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001),
          glyph('T', 0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100),
          glyph('U', 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110),
          glyph('B', 0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110),
          glyph('D', 0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110),
          glyph('G', 0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01111),
          glyph('H', 0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001),
          glyph('J', 0b00111, 0b00010, 0b00010, 0b00010, 0b00010, 0b10010, 0b01100),
          glyph('M', 0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001),
          glyph('O', 0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110),
          glyph('P', 0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000),
          glyph('Q', 0b01110, 0b10001, 0b10001, 0b10001, 0b10101, 0b10010, 0b01101),
          glyph('S', 0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110),
          glyph('V', 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b00100),
          glyph('W', 0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001),
          glyph('X', 0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001),
          glyph('Y', 0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100),
          glyph('Z', 0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b11111),
          glyph('-', 0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000),
          glyph(':', 0b00000, 0b01100, 0b01100, 0b00000, 0b01100, 0b01100, 0b00000),
          glyph(',', 0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b00100, 0b01000),
          glyph('0', 0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110),
          glyph('1', 0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110),
          glyph('2', 0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111),
          glyph('3', 0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110),
          glyph('4', 0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010),
          glyph('5', 0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110),
          glyph('6', 0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110),
          glyph('7', 0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000),
          glyph('8', 0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110),
          glyph('9', 0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100),
          glyph('.', 0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b01100, 0b01100),
          glyph(' ', 0, 0, 0, 0, 0, 0, 0));

  /** What fills a rectangle. */
  interface Brush {
    void fill(int x, int y, int width, int height);
  }

  private PixelFont() {}

  /** The width of a text in dots. */
  static int width(String text) {
    return text.length() * ADVANCE - 1;
  }

  /** Draws a text whose upper left corner is at the given point, with dots of the given size. */
  static void draw(String text, int x, int y, int dot, Brush brush) {
    for (int i = 0; i < text.length(); i++) {
      int[] rows = GLYPHS.getOrDefault(Character.toUpperCase(text.charAt(i)), new int[HEIGHT]);
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          if ((rows[row] >> (WIDTH - 1 - column) & 1) == 1) {
            brush.fill(x + (i * ADVANCE + column) * dot, y + row * dot, dot, dot);
          }
        }
      }
    }
  }

  private static Map.Entry<Character, int[]> glyph(char character, int... rows) {
    return Map.entry(character, rows);
  }
}
