package io.unmask.service;

/**
 * A photo that was sent.
 *
 * @param name what the client calls it, in one line
 * @param bytes its file
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record NamedPhoto(String name, byte[] bytes) {

  /** What a photo without a name is called, as by a detector. */
  static final String UNNAMED = "image";

  private static final int LONGEST = 255;

  NamedPhoto {
    String line = name.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    name = line.isEmpty() ? UNNAMED : line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
