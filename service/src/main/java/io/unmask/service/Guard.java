package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Says who may do what. Immutable. */
final class Guard {

  private static final String BEARER = "bearer ";

  private final byte @Nullable [] token;
  private final Set<String> origins;
  private final Hosts hosts;

  Guard(ServiceOptions options) {
    token = options.token().map(Guard::digest).orElse(null);
    origins = options.origins();
    hosts = Hosts.of(options);
  }

  /** Whether the request calls the service by a name that it goes by. */
  boolean knowsHost(Request request) {
    return hosts.includes(Request.getServerName(request));
  }

  /**
   * Whether the request names the token. The digests are compared, in constant time, so that the
   * time tells neither how much of a token is right nor how long it is.
   */
  boolean knowsToken(Request request) {
    if (token == null) {
      return true;
    }
    String named =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)).orElse("");
    boolean bearer = named.toLowerCase(Locale.ROOT).startsWith(BEARER);
    byte[] given = digest(bearer ? named.substring(BEARER.length()).strip() : "");
    return MessageDigest.isEqual(token, given) && bearer;
  }

  /**
   * Whether the request comes from no page, from the service's own, or from one that is allowed.
   */
  boolean knowsOrigin(Request request) {
    @Nullable String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || allows(origin)) {
      return true;
    }
    @Nullable String host = request.getHeaders().get(HttpHeader.HOST);
    int scheme = origin.indexOf("://");
    return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }

  private boolean allows(String origin) {
    return origins.contains("*") || origins.contains(origin);
  }

  /** Tells the browser that a page of another site may read the answer, where that is allowed. */
  void share(Request request, HttpFields.Mutable headers) {
    if (origins.isEmpty()) {
      return;
    }
    headers.add(HttpHeader.VARY, "Origin");
    @Nullable String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && allows(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", "Retry-After");
      headers.put("Access-Control-Allow-Methods", "GET, POST");
      headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type");
      headers.put("Access-Control-Max-Age", "600");
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
