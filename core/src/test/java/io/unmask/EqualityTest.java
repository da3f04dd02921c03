package io.unmask;

import com.google.common.testing.EqualsTester;
import io.unmask.spi.Convention;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import io.unmask.spi.Views.View.Resampling;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records whose equality is written out look at each of their components. */
class EqualityTest {

  @Test
  void ofScalings() {
    new EqualsTester()
        .addEqualityGroup(
            PixelScaling.of(255, -1), new PixelScaling(255, List.of(-1f, -1f, -1f), List.of(1f)))
        .addEqualityGroup(PixelScaling.of(127.5f, -1))
        .addEqualityGroup(PixelScaling.of(255, 0))
        .addEqualityGroup(new PixelScaling(255, List.of(-1f), List.of(2f)))
        .testEquals();
  }

  @Test
  void ofConventions() {
    new EqualsTester()
        .addEqualityGroup(convention("scaling", "v", Convention.Origin.SAID, "user"))
        .addEqualityGroup(convention("classes", "v", Convention.Origin.SAID, "user"))
        .addEqualityGroup(convention("scaling", "v / 255", Convention.Origin.SAID, "user"))
        .addEqualityGroup(convention("scaling", "v", Convention.Origin.FOUND, "user"))
        .addEqualityGroup(convention("scaling", "v", Convention.Origin.SAID, "manifest"))
        .addEqualityGroup(
            new Convention("a", "b", Convention.Origin.SAID, "c"),
            new Convention("a", "b", Convention.Origin.SAID, "c"))
        .testEquals();
  }

  private static Convention convention(
      String name, String value, Convention.Origin origin, String reason) {
    return new Convention(name, value, origin, reason);
  }

  @Test
  void ofViews() {
    View resize = new View.Resize(Resampling.BILINEAR);
    new EqualsTester()
        .addEqualityGroup(resize, new View.Resize(Resampling.BILINEAR, false))
        .addEqualityGroup(new View.Resize(Resampling.BILINEAR, true))
        .addEqualityGroup(new View.Resize(Resampling.AREA))
        .addEqualityGroup(new View.Framed(0.5), new View.Framed(0.5))
        .addEqualityGroup(new View.Framed(0.25))
        .addEqualityGroup(new View.Windows(4), new View.Windows(4))
        .addEqualityGroup(new View.Windows(5))
        .testEquals();
    new EqualsTester()
        .addEqualityGroup(Views.WHOLE_IMAGE, new Views(false, 0.5, 0, List.of(resize)))
        .addEqualityGroup(Views.WHOLE_IMAGE.ofFaces())
        .addEqualityGroup(new Views(false, 0.25, 0, List.of(resize)))
        .addEqualityGroup(new Views(false, 0.5, 40, List.of(resize)))
        .addEqualityGroup(new Views(false, 0.5, 0, List.of(resize, resize)))
        .addEqualityGroup(new Views(false, 0.5, 0, List.of(resize), List.of("whole")))
        .testEquals();
  }
}
