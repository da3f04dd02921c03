package io.unmask.image;

import io.unmask.spi.Photo;

/** The picture of make_antialias_golden.py, of any size. */
record FormulaImage(int width, int height) implements Photo {

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int out = 0;
    for (int column : columns) {
      long x = column;
      for (int c = 0; c < 3; c++) {
        rgb[out++] = (x * x * (c + 3) + (long) y * y * 7 + x * y * 5 + c * 31L) / 16 % 256;
      }
    }
  }

  @Override
  public Facts facts() {
    return new Facts("formula", 1, false, 1);
  }
}
