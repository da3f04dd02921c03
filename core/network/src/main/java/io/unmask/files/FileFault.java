package io.unmask.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a file could not be read or written, in words for a message that has named the file: not
 * {@code java.nio.file.AccessDeniedException: /a/.b.tmp}, but {@code permission denied}.
 */
public final class FileFault {

  private FileFault() {}

  /**
   * The reason, without the file's name and without an end.
   *
   * @param failure what was thrown: by {@link java.nio.file.Files}, a channel or a stream
   */
  public static String reason(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "there is something of that name already";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "it is a folder with files in it";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links lead back to where they began";
    }
    if (failure instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    if (failure instanceof OutOfMemoryError) {
      return "Java's memory does not suffice";
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (failure instanceof FileNotFoundException) { // whatever is wrong: a.txt (Permission denied)
      String message = String.valueOf(failure.getMessage());
      return said(failure, message.replaceFirst("(?s)^.*\\((.+)\\)$", "$1"));
    }
    return failure instanceof FileSystemException fault
        ? said(fault, fault.getReason())
        : said(failure, failure.getMessage());
  }

  /** The system's own words, which begin with a capital: {@code No space left on device}. */
  private static String said(Throwable failure, @Nullable String words) {
    if (words == null || words.isBlank()) {
      @Nullable Throwable cause = failure.getCause();
      return cause == null || cause == failure ? named(failure) : reason(cause);
    }
    boolean sentence =
        words.length() > 1
            && Character.isUpperCase(words.charAt(0))
            && Character.isLowerCase(words.charAt(1));
    return sentence ? words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1) : words;
  }

  /** When there are no words at all: {@code ClosedChannelException} is "closed channel". */
  private static String named(Throwable failure) {
    String name = failure.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT).strip();
    return words.isEmpty() || failure.getClass() == IOException.class
        ? "the system gives no reason"
        : words;
  }
}
