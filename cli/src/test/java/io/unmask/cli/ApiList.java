package io.unmask.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What programs can call: the public and protected signatures of what the modules export. */
final class ApiList {

  private ApiList() {}

  /** A block of lines for each exported type of each module of ours on the class path. */
  static String text() {
    Map<String, List<String>> types = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      module(Path.of(entry)).ifPresent(module -> add(module, types));
    }
    return types.values().stream()
            .map(lines -> String.join("\n", lines))
            .collect(Collectors.joining("\n\n"))
        + "\n";
  }

  private static Optional<ModuleReference> module(Path entry) {
    String name = entry.toString().replace('\\', '/');
    if (name.endsWith("/test-classes") || name.endsWith("-tests.jar")) {
      return Optional.empty();
    }
    try {
      return ModuleFinder.of(entry).findAll().stream()
          .filter(module -> module.descriptor().name().startsWith("io.unmask"))
          .filter(module -> !module.descriptor().isAutomatic())
          .findFirst();
    } catch (java.lang.module.FindException e) {
      return Optional.empty(); // a jar that can be no module
    }
  }

  private static void add(ModuleReference module, Map<String, List<String>> types) {
    Set<String> exported =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    try (ModuleReader reader = module.open();
        Stream<String> resources = reader.list()) {
      resources
          .filter(name -> name.endsWith(".class") && name.contains("/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
          .filter(name -> !name.endsWith(".package-info"))
          .map(ApiList::type)
          .filter(ApiList::isVisible)
          .forEach(type -> types.put(type.getName(), lines(module.descriptor().name(), type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, ApiList.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    @Nullable Class<?> around = type.getEnclosingClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && isVisible(type.getModifiers())
        && (around == null || isVisible(around));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<String> lines(String module, Class<?> type) {
    TreeSet<String> members = new TreeSet<>();
    for (Constructor<?> each : type.getDeclaredConstructors()) {
      add(each, each.toGenericString(), members);
    }
    for (Method each : type.getDeclaredMethods()) {
      if (!each.isBridge() && !isOfEveryObject(each)) {
        add(each, each.toGenericString(), members);
      }
    }
    for (Field each : type.getDeclaredFields()) {
      add(each, each.toGenericString(), members);
    }
    List<String> lines = new ArrayList<>();
    lines.add(module + ": " + declaration(type) + parents(type));
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  /** Newer Java says itself what is sealed, and older Java does not. */
  private static String declaration(Class<?> type) {
    String said = type.toGenericString().replaceAll("\\b(non-)?sealed ", "");
    return type.isSealed() ? said.replaceFirst("\\b(class|interface)\\b", "sealed $1") : said;
  }

  private static String parents(Class<?> type) {
    String parents =
        Stream.concat(
                Optional.ofNullable(type.getGenericSuperclass()).stream(),
                Arrays.stream(type.getGenericInterfaces()))
            .map(java.lang.reflect.Type::getTypeName)
            .filter(name -> !name.equals("java.lang.Object"))
            .sorted(Comparator.naturalOrder())
            .collect(Collectors.joining(", "));
    return parents.isEmpty() ? "" : " : " + parents;
  }

  private static boolean isOfEveryObject(Executable method) {
    return switch (method.getName()) {
      case "toString", "hashCode" -> method.getParameterCount() == 0;
      case "equals" -> method.getParameterCount() == 1;
      default -> false;
    };
  }

  private static void add(Member member, String signature, Set<String> members) {
    if (isVisible(member.getModifiers()) && !member.isSynthetic()) {
      members.add(signature.replace(member.getDeclaringClass().getName() + ".", ""));
    }
  }
}
