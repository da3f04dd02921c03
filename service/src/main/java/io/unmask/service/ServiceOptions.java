package io.unmask.service;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link Service} listens and what it takes. Immutable; begin with {@link #DEFAULT}.
 *
 * @param host the address to listen at; the loopback address unless others may come
 * @param port the port, in 0..65535; 0 for one that is free
 * @param maxBytes the most bytes of a request's body, in 1..{@value #MOST_BYTES}
 * @param queue how many requests may wait while others are worked on, from 0 on
 * @param timeout how long a client may take to send a request, and to take each part of the answer
 * @param token what clients have to name, as {@code Authorization: Bearer TOKEN}; without it
 *     everybody is answered
 * @param origins the other sites whose pages may use the service from a browser, such as {@code
 *     https://example.org}; {@code *} for all
 * @param hosts further names by which clients may call the service, such as {@code
 *     photos.example.org}; {@code *} for any. At the loopback address others than {@code localhost}
 *     and loopback addresses are refused, so that no page of another site can reach it under a name
 *     of that site's (DNS rebinding); at other addresses only if there are such names
 */
public record ServiceOptions(
    String host,
    int port,
    int maxBytes,
    int queue,
    Duration timeout,
    Optional<String> token,
    Set<String> origins,
    Set<String> hosts) {

  /** The largest {@code maxBytes}: that of a file for a detector, 256 MiB. */
  public static final int MOST_BYTES = 256 << 20;

  /** Port 8080 of the loopback address, 32 MiB, 64 waiting, 30 seconds, for everybody there. */
  public static final ServiceOptions DEFAULT =
      new ServiceOptions(
          "127.0.0.1",
          8080,
          32 << 20,
          64,
          Duration.ofSeconds(30),
          Optional.empty(),
          Set.of(),
          Set.of());

  private static final String ORIGIN = "\\*|[a-z][a-z0-9+.-]*://[^/?#@\\sA-Z]+";

  /** A name, an address of IPv4 or of IPv6, with or without brackets, or any. */
  private static final String HOST_NAME =
      "\\*|[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\\]?";

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ServiceOptions {
    require(!host.isBlank(), "host is empty; name an address, such as 127.0.0.1");
    require(port >= 0 && port <= 65_535, "port must be in 0..65535: " + port);
    require(
        maxBytes >= 1 && maxBytes <= MOST_BYTES,
        "a request may have from 1 to " + MOST_BYTES + " bytes, not " + maxBytes);
    require(queue >= 0, "queue must not be below 0: " + queue);
    require(
        timeout.compareTo(Duration.ofMillis(100)) >= 0
            && timeout.compareTo(Duration.ofHours(1)) <= 0,
        "a client has from 0.1 to 3600 seconds to send a request, not "
            + timeout.toMillis() / 1000.0);
    require(
        token.isEmpty() || token.get().matches("[\\x21-\\x7e]+"),
        "a token is of visible ASCII characters, at least one, without a space");
    for (String origin : origins) {
      require(
          origin.matches(ORIGIN),
          "'%s' is no origin; name a site as browsers do, such as https://example.org, without a path and in small letters"
              .formatted(origin));
    }
    for (String name : hosts) {
      require(
          name.matches(HOST_NAME),
          "'%s' is no host; name one such as photos.example.org, without a port or a path, or '*' for any"
              .formatted(name));
    }
    origins = Set.copyOf(origins);
    hosts = Set.copyOf(hosts);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The same at another address. */
  public ServiceOptions withAddress(String otherHost, int otherPort) {
    return new ServiceOptions(
        otherHost, otherPort, maxBytes, queue, timeout, token, origins, hosts);
  }

  /** The same with another limit of bytes. */
  public ServiceOptions withMaxBytes(int bytes) {
    return new ServiceOptions(host, port, bytes, queue, timeout, token, origins, hosts);
  }

  /** The same with another queue. */
  public ServiceOptions withQueue(int places) {
    return new ServiceOptions(host, port, maxBytes, places, timeout, token, origins, hosts);
  }

  /** The same with another time limit. */
  public ServiceOptions withTimeout(Duration limit) {
    return new ServiceOptions(host, port, maxBytes, queue, limit, token, origins, hosts);
  }

  /** The same for those who know the token. */
  public ServiceOptions withToken(String secret) {
    return new ServiceOptions(
        host, port, maxBytes, queue, timeout, Optional.of(secret), origins, hosts);
  }

  /** The same for the pages of these sites too. */
  public ServiceOptions withOrigins(Set<String> sites) {
    return new ServiceOptions(host, port, maxBytes, queue, timeout, token, sites, hosts);
  }

  /** The same under further names. */
  public ServiceOptions withHosts(Set<String> names) {
    return new ServiceOptions(host, port, maxBytes, queue, timeout, token, origins, names);
  }

  /** Everything but the token, which nobody should read in a log. */
  @Override
  public String toString() {
    return "ServiceOptions[host=%s, port=%d, maxBytes=%d, queue=%d, timeout=%s, token=%s, origins=%s, hosts=%s]"
        .formatted(
            host,
            port,
            maxBytes,
            queue,
            timeout,
            token.isPresent() ? "set" : "none",
            origins,
            hosts);
  }
}
