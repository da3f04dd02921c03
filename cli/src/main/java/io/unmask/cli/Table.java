package io.unmask.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, under a header; the last column is flush right. */
final class Table {

  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  Table(String... header) {
    widths = new int[header.length];
    row(header);
  }

  void row(String... cells) {
    String[] row = new String[widths.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Console.printable(cells[i]);
      widths[i] = Math.max(widths[i], row[i].length());
    }
    rows.add(row);
  }

  void print(PrintWriter out) {
    int total = 2 * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    for (int i = 0; i < rows.size(); i++) {
      out.println(line(rows.get(i)));
      if (i == 0) {
        out.println("-".repeat(total));
      }
    }
    out.println("-".repeat(total));
  }

  private String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    int last = cells.length - 1;
    for (int i = 0; i < last; i++) {
      line.append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 2));
    }
    return line.append(" ".repeat(widths[last] - cells[last].length()))
        .append(cells[last])
        .toString();
  }
}
