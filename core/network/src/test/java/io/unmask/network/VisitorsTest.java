package io.unmask.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.UnsupportedLayerException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What visitors do with kinds of layers and activations that they do not know. */
class VisitorsTest {

  /** A visitor outside this project, which knows one kind of each. */
  private static final class Foreign
      implements LayerVisitor<String, String>, Activation.Visitor<String, String> {
    @Override
    public String add(Layer.Add layer, String context) {
      return context + " added";
    }

    @Override
    public String gelu(Activation.Gelu activation, String context) {
      return context + " bent";
    }
  }

  @Test
  void aKindThatAVisitorDoesNotKnowIsRefusedByName() {
    Foreign foreign = new Foreign();
    assertThat(new Layer.Add().accept(foreign, "two")).isEqualTo("two added");
    assertThatExceptionOfType(UnsupportedLayerException.class)
        .isThrownBy(() -> new Layer.LayerNormalization(null, null, 1e-3).accept(foreign, ""))
        .withMessageContaining("Foreign does not know layers of the kind LayerNormalization");
  }

  @Test
  void anActivationThatAVisitorDoesNotKnowIsRefusedByName() {
    Foreign foreign = new Foreign();
    assertThat(new Activation.Gelu().accept(foreign, "x")).isEqualTo("x bent");
    assertThatExceptionOfType(UnsupportedLayerException.class)
        .isThrownBy(() -> new Activation.Mish().accept(foreign, ""))
        .withMessageContaining("Foreign does not know the activation Mish");
  }

  @Test
  void aCompleteVisitorHasToSayWhatItDoesWithEachKind() {
    assertThat(required(LayerVisitor.Complete.class)).hasSameSizeAs(kinds(Layer.class));
    assertThat(required(Activation.CompleteVisitor.class)).hasSameSizeAs(kinds(Activation.class));
    assertThat(required(LayerVisitor.class)).isEmpty();
    assertThat(required(Activation.Visitor.class)).isEmpty();
  }

  private static List<String> required(Class<?> visitor) {
    return Arrays.stream(visitor.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(Method::getName)
        .toList();
  }

  /** The records that a sealed interface permits, its groups' too. */
  private static List<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(kind -> kinds(kind).stream())
            .toList()
        : Stream.<Class<?>>of(type).toList();
  }
}
