package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request's address. All parameters that there are say yes or no.
 *
 * @param parameters in order
 */
record Query(List<Parameter> parameters) {

  /** A name and what stands behind its {@code =}. */
  record Parameter(String name, String value) {}

  Query {
    parameters = List.copyOf(parameters);
  }

  static Query of(Request request) {
    @Nullable String query = request.getHttpURI().getQuery();
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decoded(part), "")
                : new Parameter(
                    decoded(part.substring(0, equals)), decoded(part.substring(equals + 1))));
      }
    }
    return new Query(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a broken escape is a part of a name that nobody knows
    }
  }

  /** Whether a parameter is there and says yes. */
  boolean asks(String name) {
    return parameters.contains(new Parameter(name, "true"));
  }

  /** What is wrong with it where some parameters are known. */
  Optional<Problem> problem(Set<String> known) {
    Set<String> named = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!known.contains(parameter.name())) {
        return Optional.of(Problem.unknownParameter(parameter.name(), new TreeSet<>(known)));
      }
      if (!Set.of("true", "false").contains(parameter.value())) {
        return Optional.of(Problem.noYesOrNo(parameter.name(), parameter.value()));
      }
      if (!named.add(parameter.name())) {
        return Optional.of(Problem.namedTwice(parameter.name()));
      }
    }
    return Optional.empty();
  }
}
