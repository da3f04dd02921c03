package io.unmask.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which names a service may be called. A browser that was led to the loopback address under a
 * name of another site's takes the service for a part of that site; the name gives it away.
 *
 * @param any whether by any
 * @param names in lower case
 */
record Hosts(boolean any, Set<String> names) {

  private static final String ANY = "*";

  /** Addresses that are spelt as such, so that nobody is asked what a name stands for. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

  Hosts {
    names = Set.copyOf(names);
  }

  /**
   * Those of a service: at the loopback address its own and the named ones, else the named ones.
   */
  static Hosts of(ServiceOptions options) {
    boolean loopback = isLoopback(options.host());
    boolean any = options.hosts().contains(ANY) || (!loopback && options.hosts().isEmpty());
    Set<String> names = new HashSet<>(Set.of(plain(options.host())));
    options.hosts().forEach(name -> names.add(plain(name)));
    return new Hosts(any, names);
  }

  /** Whether an address, or what a name stands for, is reached from this machine only. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether a request that names this host is meant for the service. */
  boolean includes(String host) {
    String plain = plain(host);
    return any || names.contains(plain) || LOOPBACK.matcher(plain).matches();
  }

  private static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }
}
