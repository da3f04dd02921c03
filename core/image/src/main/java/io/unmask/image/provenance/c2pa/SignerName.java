package io.unmask.image.provenance.c2pa;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Names in certificates. */
final class SignerName {

  private SignerName() {}

  /** Whom a certificate is of: the organisation, or else the common name. */
  static Optional<String> subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  /** Who issued it, likewise. */
  static Optional<String> issuer(X509Certificate certificate) {
    return name(certificate.getIssuerX500Principal());
  }

  private static Optional<String> name(X500Principal principal) {
    List<String> parts = parts(principal.getName(X500Principal.RFC2253));
    for (String attribute : List.of("O=", "CN=")) {
      for (String part : parts) {
        if (part.startsWith(attribute)) {
          return Optional.of(part.substring(attribute.length()));
        }
      }
    }
    return Optional.empty();
  }

  /** The parts of a name as RFC 2253 writes it, between commas and plus signs, unescaped. */
  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        part.append(name.charAt(++i));
      } else if (c == ',' || c == '+') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
