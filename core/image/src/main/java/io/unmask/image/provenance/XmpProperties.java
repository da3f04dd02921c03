package io.unmask.image.provenance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a packet of XMP (ISO 16684-1) that are plain texts, or lists of them, wherever
 * they stand, but for those of other pictures that it was made of. It reads the XML that RDF is
 * written in, and no more: there are no entities but XML's five, so that none can grow, and nothing
 * outside the packet is asked for.
 */
final class XmpProperties {

  private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
  private static final String MEDIA_MANAGEMENT = "http://ns.adobe.com/xap/1.0/mm/";

  /** Structures that describe other pictures, which went into this one or which it comes from. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          MEDIA_MANAGEMENT + "Ingredients",
          MEDIA_MANAGEMENT + "DerivedFrom",
          MEDIA_MANAGEMENT + "Pantry");

  private static final int MOST_DEPTH = 100;
  private static final int MOST_PROPERTIES = 10_000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final Deque<Element> open = new ArrayDeque<>();
  private final String text;
  private int at;
  private int count;
  private @Nullable String damage;

  private static final class Element {
    final String name;
    final StringBuilder text = new StringBuilder();
    boolean hasChildren;

    Element(String name) {
      this.name = name;
    }
  }

  private XmpProperties(String text) {
    this.text = text;
  }

  /** Reads a packet, as far as it is well formed. */
  static XmpProperties parse(String packet) {
    XmpProperties properties = new XmpProperties(packet);
    properties.parse();
    return properties;
  }

  /** The first value of a property. */
  Optional<String> find(String namespace, String name) {
    List<String> all = all(namespace, name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** All values of a property. */
  List<String> all(String namespace, String name) {
    return values.getOrDefault(namespace + name, List.of());
  }

  /** What is wrong with the packet, if anything is. */
  Optional<String> damage() {
    return Optional.ofNullable(damage);
  }

  private void parse() {
    while (damage == null && at < text.length()) {
      int tag = text.indexOf('<', at);
      if (tag < 0) {
        break; // the padding behind the packet
      }
      characters(tag);
      at = tag;
      if (text.startsWith("<!--", at)) {
        skip("-->");
      } else if (text.startsWith("<![CDATA[", at)) {
        int end = text.indexOf("]]>", at);
        if (end >= 0 && !open.isEmpty()) {
          open.peek().text.append(text, at + "<![CDATA[".length(), end);
        }
        skip("]]>");
      } else if (text.startsWith("<?", at)) {
        skip("?>");
      } else if (text.startsWith("<!", at)) {
        damage = "its XML declares a document type";
      } else if (text.startsWith("</", at)) {
        close();
      } else {
        open();
      }
    }
    if (damage == null && !open.isEmpty()) {
      damage = "its XML ends too early";
    }
  }

  private void skip(String end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      damage = "its XML ends too early";
    } else {
      at = found + end.length();
    }
  }

  private void characters(int end) {
    if (!open.isEmpty() && end > at) {
      open.peek().text.append(unescaped(text.substring(at, end)));
    }
  }

  private void open() {
    int end = endOfTag();
    if (end < 0 || open.size() >= MOST_DEPTH) {
      damage = end < 0 ? "its XML ends too early" : "its XML nests too deeply";
      return;
    }
    boolean empty = text.charAt(end - 1) == '/';
    String tag = text.substring(at + 1, empty ? end - 1 : end);
    at = end + 1;
    int name = 0;
    while (name < tag.length() && !Character.isWhitespace(tag.charAt(name))) {
      name++;
    }
    if (!open.isEmpty()) {
      open.peek().hasChildren = true;
    }
    Map<String, String> attributes = attributes(tag, name);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (attribute.getKey().startsWith("xmlns:") && prefixes.size() < MOST_PROPERTIES) {
        prefixes.put(attribute.getKey().substring("xmlns:".length()), attribute.getValue());
      }
    }
    Element element = new Element(resolved(tag.substring(0, name)));
    open.push(element);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      attribute(element, resolved(attribute.getKey()), attribute.getValue());
    }
    if (empty) {
      finish();
    }
  }

  private void attribute(Element element, String name, String value) {
    if (name.equals(RDF + "resource")) {
      add(property(element), value);
    } else if (!name.startsWith(RDF)) {
      add(name, value);
    }
  }

  /** Index of the sign that ends a tag, which may stand within quotation marks too. */
  private int endOfTag() {
    char quote = 0;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i;
      } else if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  private Map<String, String> attributes(String tag, int start) {
    Map<String, String> attributes = new LinkedHashMap<>();
    int i = start;
    while (i < tag.length()) {
      int equals = tag.indexOf('=', i);
      if (equals < 0) {
        break;
      }
      int opening = equals + 1;
      while (opening < tag.length() && Character.isWhitespace(tag.charAt(opening))) {
        opening++;
      }
      int closing = opening < tag.length() ? tag.indexOf(tag.charAt(opening), opening + 1) : -1;
      if (closing < 0) {
        damage = "an attribute in its XML has no quotation marks";
        break;
      }
      attributes.put(
          tag.substring(i, equals).strip(), unescaped(tag.substring(opening + 1, closing)));
      i = closing + 1;
    }
    return attributes;
  }

  private void close() {
    int end = text.indexOf('>', at);
    if (end < 0 || open.isEmpty()) {
      damage = "its XML ends something that did not begin";
      return;
    }
    at = end + 1;
    finish();
  }

  private void finish() {
    Element element = open.pop();
    String value = element.text.toString().strip();
    if (!element.hasChildren && !value.isEmpty()) {
      add(property(element), value);
    }
  }

  /** What an element's text is of: the element, or what the list that it stands in is of. */
  private String property(Element element) {
    if (!element.name.startsWith(RDF)) {
      return element.name;
    }
    for (Element outer : open) {
      if (!outer.name.startsWith(RDF)) {
        return outer.name;
      }
    }
    return element.name;
  }

  private void add(String property, String value) {
    if (!value.isBlank() && !isOfOther() && ++count <= MOST_PROPERTIES) {
      values.computeIfAbsent(property, name -> new ArrayList<>()).add(value);
    }
  }

  private boolean isOfOther() {
    for (Element outer : open) {
      if (OF_OTHERS.contains(outer.name)) {
        return true;
      }
    }
    return false;
  }

  private String resolved(String name) {
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    return prefixes.getOrDefault(prefix, prefix + ":") + name.substring(colon + 1);
  }

  private static String unescaped(String escaped) {
    if (escaped.indexOf('&') < 0) {
      return escaped;
    }
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < escaped.length()) {
      char c = escaped.charAt(i);
      int end = c == '&' ? escaped.indexOf(';', i) : -1;
      if (end > i && end - i <= 10) {
        plain.append(character(escaped.substring(i + 1, end)));
        i = end + 1;
      } else {
        plain.append(c);
        i++;
      }
    }
    return plain.toString();
  }

  private static String character(String entity) {
    return switch (entity) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> numbered(entity);
    };
  }

  private static String numbered(String entity) {
    try {
      int code =
          entity.startsWith("#x")
              ? Integer.parseInt(entity.substring(2), 16)
              : entity.startsWith("#") ? Integer.parseInt(entity.substring(1)) : -1;
      return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
