package io.unmask.heif;

/** What people call the formats. */
enum HeifFormat {
  /** Coded with HEVC, as phones do. */
  HEIC(1, "libheif-plugin-libde265", "libheif-freeworld of RPM Fusion"),
  /** Coded with AV1. */
  AVIF(4, "libheif-plugin-dav1d or libheif-plugin-aomdec", "libheif"),
  /** Does not say with what it is coded. */
  HEIF(0, "libheif-plugin-libde265", "libheif-freeworld of RPM Fusion");

  private final int compression;
  private final String debian;
  private final String fedora;

  HeifFormat(int compression, String debian, String fedora) {
    this.compression = compression;
    this.debian = debian;
    this.fedora = fedora;
  }

  /** What libheif calls the codec ({@code heif_compression_format}), 0 if it is not known. */
  int compression() {
    return compression;
  }

  /** How to get a libheif that decodes it. */
  String installation() {
    return ("install libheif: on Debian and Ubuntu libheif1, and from Debian 13 and Ubuntu 24.04 on"
            + " %s too; on Fedora %s; on macOS 'brew install libheif'")
        .formatted(debian, fedora);
  }
}
