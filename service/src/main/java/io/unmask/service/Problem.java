package io.unmask.service;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with a request, as in RFC 9457.
 *
 * @param status the HTTP status
 * @param kind for programs, the last part of {@code urn:unmask:problem:KIND}
 * @param title the kind for people
 * @param detail what is wrong this time, and what to do
 * @param headers what the answer says in its headers
 */
record Problem(int status, String kind, String title, String detail, Map<String, String> headers) {

  static final String CONTENT_TYPE = "application/problem+json";

  private static Problem of(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, Map.of());
  }

  private Problem with(String header, String value) {
    return new Problem(status, kind, title, detail, Map.of(header, value));
  }

  static Problem notFound() {
    return of(404, "not-found", "There is nothing at this address", "see /openapi.json");
  }

  static Problem method(String method, List<String> allowed) {
    String list = String.join(", ", allowed);
    return of(405, "method", "The method is not allowed here", method + ", expected " + list)
        .with("Allow", list);
  }

  static Problem noToken() {
    return of(
            401,
            "token",
            "A token is needed",
            "expected the header 'Authorization: Bearer TOKEN' with the token of this server")
        .with("WWW-Authenticate", "Bearer");
  }

  static Problem otherSite() {
    return of(
        403,
        "origin",
        "Another site's page may not do this",
        "the Origin is not this server's; allow it with --cors");
  }

  static Problem otherHost() {
    return of(
        403,
        "host",
        "The server does not go by this name",
        "the Host is neither localhost nor an address of this machine's own; call it so, or have it"
            + " started with --allow-host NAME");
  }

  static Problem unknownParameter(String name, Set<String> known) {
    String there = known.isEmpty() ? "there is none here" : "there is " + String.join(", ", known);
    return of(
        400,
        "parameter",
        "The parameter is unknown",
        "%s: %s; thresholds and the like are options of the server, see /v1/model and /openapi.json"
            .formatted(shown(name), there));
  }

  static Problem noYesOrNo(String name, String value) {
    return of(
        400,
        "parameter",
        "The parameter has a wrong value",
        "%s is %s, expected true or false".formatted(name, shown(value)));
  }

  static Problem namedTwice(String name) {
    return of(
        400,
        "parameter",
        "The parameter is there twice",
        "%s is named more than once; name it once".formatted(name));
  }

  /** As much of what a client sent as fits a message. */
  private static String shown(String text) {
    return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "'";
  }

  static Problem tooLarge(int maxBytes) {
    return of(
        413,
        "too-large",
        "The body is too large",
        "expected at most %d bytes; send a smaller photo, or raise --max-bytes"
            .formatted(maxBytes));
  }

  static Problem tooSlow() {
    return of(
        408,
        "too-slow",
        "The request took too long to arrive",
        "the body was not complete in time; send it faster, or raise --timeout");
  }

  static Problem broken(String detail) {
    return of(400, "broken", "The request is malformed", detail);
  }

  static Problem empty() {
    return broken("the body is empty, expected a photo");
  }

  static Problem noImage(String reason) {
    return of(422, "image", "The photo cannot be read", reason);
  }

  static Problem busy(int seconds) {
    return of(503, "busy", "The server is busy", "all places are taken; try again later")
        .with("Retry-After", Integer.toString(seconds));
  }

  static Problem stopping() {
    return of(503, "stopping", "The server is stopping", "send the request to another one")
        .with("Retry-After", "5");
  }

  /** The cause is for the server's log: it may name files. */
  static Problem failed() {
    return of(
        500, "failed", "The server failed", "the photo was not judged; the server's log says why");
  }

  /** A request that is refused before anybody looks at what it is about. */
  static Problem http(int status, String title) {
    return of(status, "http", "The request is refused", title);
  }

  /** In JSON. */
  byte[] json() {
    return JsonBytes.object(
        json -> {
          json.writeStringField("type", "urn:unmask:problem:" + kind);
          json.writeStringField("title", title);
          json.writeNumberField("status", status);
          json.writeStringField("detail", detail);
        });
  }
}
