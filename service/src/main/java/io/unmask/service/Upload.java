package io.unmask.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * The photos of a request.
 *
 * @param several whether the client sent a list, which may be one of one photo
 * @param photos the photos in the order in which they were sent
 */
record Upload(boolean several, List<NamedPhoto> photos) {

  /** The most photos of a request. */
  static final int MOST_PHOTOS = 64;

  private static final int MOST_PART_HEADERS = 8 << 10;

  /**
   * Reads a body.
   *
   * @throws ProblemException if there is no photo in it, or it is malformed
   */
  static Upload of(byte[] body, @Nullable String contentType) {
    if (body.length == 0) {
      throw new ProblemException(Problem.empty());
    }
    if (contentType == null
        || !contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
      return new Upload(false, List.of(new NamedPhoto(NamedPhoto.UNNAMED, body)));
    }
    @Nullable String boundary = MultiPart.extractBoundary(contentType);
    if (boundary == null || boundary.isEmpty()) {
      throw new ProblemException(
          Problem.broken("the Content-Type says multipart and names no boundary"));
    }
    return new Upload(true, parts(body, boundary));
  }

  private static List<NamedPhoto> parts(byte[] body, String boundary) {
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MOST_PHOTOS);
    parser.setMaxLength(body.length);
    parser.setPartHeadersMaxLength(MOST_PART_HEADERS);
    parser.setMaxMemoryFileSize(-1); // nothing of a photo is written to a disk
    parser.setUseFilesForPartsWithoutFileName(false);
    List<NamedPhoto> photos = new ArrayList<>();
    try (MultiPartFormData.Parts parts = parse(parser, body)) {
      for (MultiPart.Part part : parts) {
        if (part.getLength() > 0 || isNamedFile(part)) {
          photos.add(photo(part));
        }
      }
    } catch (CompletionException | IOException e) {
      throw new ProblemException(
          Problem.broken(
              "the body is no multipart/form-data of at most "
                  + MOST_PHOTOS
                  + " parts that ends with its boundary"));
    }
    if (photos.isEmpty()) {
      throw new ProblemException(Problem.broken("there is no photo in any of the parts"));
    }
    return photos;
  }

  /** All of the body is there, so that the parser is done when its method returns. */
  private static MultiPartFormData.Parts parse(MultiPartFormData.Parser parser, byte[] body) {
    CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
    parser.parse(
        Content.Source.from(ByteBuffer.wrap(body)),
        new Promise.Invocable<MultiPartFormData.Parts>() {
          @Override
          public void succeeded(MultiPartFormData.Parts result) {
            parts.complete(result);
          }

          @Override
          public void failed(Throwable failure) {
            parts.completeExceptionally(failure);
          }
        });
    return parts.join();
  }

  /** An empty file counts, so that answers stay in their places; a form without a file does not. */
  private static boolean isNamedFile(MultiPart.Part part) {
    @Nullable String file = part.getFileName();
    return file != null && !file.isEmpty();
  }

  private static NamedPhoto photo(MultiPart.Part part) throws IOException {
    @Nullable String file = part.getFileName();
    @Nullable String name = file == null ? part.getName() : file;
    ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return new NamedPhoto(name == null ? "" : name, bytes);
  }
}
