package io.unmask.heif;

import com.sun.jna.Function;
import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.unmask.concurrent.Futures;
import io.unmask.spi.Availability.Unavailable;
import io.unmask.spi.NativePlatforms;
import io.unmask.spi.Sheltered;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The libheif of the system, if there is one. It is looked for once in a process.
 *
 * @param library its functions, null if it is not there
 * @param functions those that only newer releases have
 * @param problem why it is not there, half a sentence
 */
record Installed(
    @Nullable LibHeif library, @Nullable NativeLibrary functions, Optional<Unavailable> problem) {

  private static final FunctionMapper NAMES =
      (library, method) ->
          "heif_" + method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);

  /** Since 1.19. */
  private static final String SECURITY_LIMITS = "heif_context_get_security_limits";

  /** Tiles may be larger than their picture. */
  private static final int LARGEST_TILE = 4096;

  private static final FutureTask<Installed> LOADING = new FutureTask<>(() -> load(names()));

  /** What there is. Whoever asks first loads it, and others wait for that. */
  static Installed get() {
    if (!LOADING.isDone()) {
      Sheltered.run("unmask-libheif", LOADING);
    }
    return Futures.getUninterruptibly(LOADING);
  }

  /**
   * What it is called on this system: with the number of its interface, as only packages for
   * developers have a file without. Java asks neither Homebrew nor MacPorts.
   */
  static List<String> names() {
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Windows")) {
      return List.of("libheif", "heif");
    }
    if (system.startsWith("Mac")) {
      String file = "libheif.1.dylib";
      return List.of(
          file, "/opt/homebrew/lib/" + file, "/usr/local/lib/" + file, "/opt/local/lib/" + file);
    }
    return List.of("libheif.so.1");
  }

  /** Loads the first library that can be loaded. */
  static Installed load(List<String> names) {
    Optional<Unavailable> musl = NativePlatforms.musl();
    if (musl.isPresent()) {
      return new Installed(null, null, musl);
    }
    try {
      Native.isProtected(); // loads JNA's own library
    } catch (LinkageError e) {
      return absent(
          "JNA, which libheif is called with, cannot be loaded (" + firstLine(e) + ")",
          "have net.java.dev.jna:jna on the class path, and a folder for temporary files that can be"
              + " written and run from, which -Djna.tmpdir=DIR names");
    }
    String reason = "";
    for (String name : names) {
      try {
        LibHeif library =
            Native.load(name, LibHeif.class, Map.of(Library.OPTION_FUNCTION_MAPPER, NAMES));
        Installed installed =
            new Installed(library, NativeLibrary.getInstance(name), Optional.empty());
        installed.initialize();
        return installed;
      } catch (LinkageError e) {
        reason = reason.isEmpty() ? reason(e) : reason;
      }
    }
    return absent("libheif is not installed, or cannot be loaded (" + reason + ")", "");
  }

  private static Installed absent(String reason, String remedy) {
    return new Installed(null, null, Optional.of(new Unavailable(reason, remedy)));
  }

  /** Has it load the decoders that are libraries of their own. */
  private void initialize() {
    call("heif_init", (Object) null);
  }

  /** Has pictures of many tiles decoded on the calling thread alone. */
  void onThisThread(Pointer context) {
    call("heif_context_set_max_decoding_threads", context, 0);
  }

  /**
   * Bounds the pixels of each part of a picture, where the library can. They are in a structure
   * whose first field, a byte, is its version, and whose second is this one.
   */
  void limit(Pointer context, long pixels) {
    function(SECURITY_LIMITS)
        .map(function -> function.invokePointer(new Object[] {context}))
        .ifPresent(limits -> limits.setLong(Long.BYTES, pixels));
  }

  /**
   * Bounds the sides of what a picture is put together on, where the library cannot be told a
   * number of pixels: a few bytes may ask for a grid that is far larger than the header says.
   */
  void limitSides(Pointer context, Pointer picture) {
    Optional<Function> width = function("heif_image_handle_get_ispe_width");
    Optional<Function> height = function("heif_image_handle_get_ispe_height");
    if (function(SECURITY_LIMITS).isPresent() || width.isEmpty() || height.isEmpty()) {
      return;
    }
    Object[] arguments = {picture};
    int side = Math.max(width.get().invokeInt(arguments), height.get().invokeInt(arguments));
    call("heif_context_set_maximum_image_size_limit", context, Math.max(side, LARGEST_TILE));
  }

  private void call(String function, @Nullable Object... arguments) {
    function(function).ifPresent(found -> found.invokeVoid(arguments));
  }

  private Optional<Function> function(String name) {
    try {
      return Optional.ofNullable(functions).map(library -> library.getFunction(name));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty(); // an older release
    }
  }

  /** Why pictures of the format cannot be decoded, if so. */
  Optional<Unavailable> hindrance(HeifFormat format) {
    if (library == null) {
      return problem.map(
          why ->
              new Unavailable(
                  why.reason(), why.remedy().isEmpty() ? format.installation() : why.remedy()));
    }
    return format.compression() == 0 || library.haveDecoderForFormat(format.compression()) != 0
        ? Optional.empty()
        : Optional.of(
            new Unavailable(
                "libheif %s is installed without a decoder for %s"
                    .formatted(library.getVersion(), format),
                format.installation()));
  }

  /** What the system says, without what JNA says around it. */
  private static String reason(LinkageError failure) {
    String message = String.valueOf(failure.getMessage());
    return message
        .lines()
        .skip(message.startsWith("Unable to load library") ? 1 : 0)
        .findFirst()
        .orElse(message);
  }

  private static String firstLine(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("");
  }
}
