package io.unmask.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Leads each request to what answers it, if it may. */
final class Routes extends Handler.Abstract.NonBlocking {

  /**
   * What answers at an address.
   *
   * @param method GET, with which goes HEAD, or POST
   * @param open whether it answers those without the token too
   * @param endpoint what answers
   * @param parameters the parameters of the query that there are, if others are refused
   */
  private record Route(
      String method, boolean open, Endpoint endpoint, Optional<Set<String>> parameters) {
    boolean takes(String asked) {
      return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
  }

  private final Map<String, Route> routes = new LinkedHashMap<>();
  private final ServiceOptions options;
  private final Guard guard;
  private final Meters meters;

  Routes(ServiceOptions options, Meters meters) {
    this.options = options;
    this.guard = new Guard(options);
    this.meters = meters;
  }

  /** Adds an address that everybody may read. */
  Routes open(String path, Endpoint endpoint) {
    routes.put(path, new Route("GET", true, endpoint, Optional.empty()));
    return this;
  }

  /** Adds an address that those may read who know the token, with whatever query. */
  Routes get(String path, Endpoint endpoint) {
    routes.put(path, new Route("GET", false, endpoint, Optional.empty()));
    return this;
  }

  /** Adds an address that those may read who know the token; a query is refused. */
  Routes getWithoutQuery(String path, Endpoint endpoint) {
    routes.put(path, new Route("GET", false, endpoint, Optional.of(Set.of())));
    return this;
  }

  /**
   * Adds an address to which those may send who know the token.
   *
   * @param parameters those that the query may have. Others are refused: a threshold in a query,
   *     for one, would otherwise be ignored in silence
   */
  Routes post(String path, Endpoint endpoint, String... parameters) {
    routes.put(path, new Route("POST", false, endpoint, Optional.of(Set.of(parameters))));
    return this;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    @Nullable Route route = routes.get(path);
    Call call = new Call(request, response, callback, options);
    Request.addCompletionListener(
        request,
        failure ->
            meters.answered(
                route == null ? "other" : path,
                failure == null ? call.outcome() : "gone",
                System.nanoTime() - request.getBeginNanoTime()));
    secure(response.getHeaders());
    guard.share(request, response.getHeaders());
    answer(call, route);
    return true;
  }

  private void answer(Call call, @Nullable Route route) {
    Request request = call.request();
    String method = request.getMethod();
    if (!guard.knowsHost(request)) {
      call.refuse(Problem.otherHost());
    } else if (route == null) {
      call.refuse(Problem.notFound());
    } else if (method.equals("OPTIONS")) {
      call.answer(204, "text/plain", new byte[0]);
    } else if (!route.takes(method)) {
      call.refuse(Problem.method(method, allowed(route)));
    } else if (route.method().equals("POST") && !guard.knowsOrigin(request)) {
      call.refuse(Problem.otherSite());
    } else if (!route.open() && !guard.knowsToken(request)) {
      call.refuse(Problem.noToken());
    } else {
      Optional<Problem> wrong =
          route.parameters().flatMap(known -> Query.of(request).problem(known));
      wrong.ifPresentOrElse(call::refuse, () -> route.endpoint().answer(call));
    }
  }

  private static List<String> allowed(Route route) {
    List<String> methods = new ArrayList<>(List.of(route.method()));
    if (route.method().equals("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return methods;
  }

  private static void secure(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Permissions-Policy", "geolocation=(), microphone=()");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }
}
