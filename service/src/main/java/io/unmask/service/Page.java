package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The page for people: one document with style and script inside, which the browser is told by
 * their digests, so that it runs nothing else.
 *
 * @param html the document
 * @param policy the Content-Security-Policy
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record Page(byte[] html, String policy) implements Endpoint {

  static Page read() {
    String style = resource("page.css");
    String script = resource("page.js");
    String html =
        resource("page.html").replace("/* page.css */", style).replace("/* page.js */", script);
    String policy =
        "default-src 'none'; script-src '%s'; style-src '%s'; img-src blob: data:; connect-src 'self';"
                .formatted(digest(script), digest(style))
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return new Page(html.getBytes(UTF_8), policy);
  }

  @Override
  public void answer(Call call) {
    call.policy(policy);
    call.answer(200, "text/html; charset=utf-8", html);
  }

  /** A text beside this class. */
  static String resource(String name) {
    try (InputStream stream = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
