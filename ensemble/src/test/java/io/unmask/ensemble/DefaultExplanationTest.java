package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Detector;
import io.unmask.ExplainedPhoto;
import io.unmask.Heatmap;
import io.unmask.spi.Face;
import io.unmask.spi.Region;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Heatmaps of the model that is bundled, on the backend that most will use. */
class DefaultExplanationTest {

  private static final Path DATA = Path.of("..", "examples", "data");

  @Test
  void theMapOfAFaceAndItsBiasAreTheLogit() {
    try (Detector detector = Detector.open()) {
      for (String photo : new String[] {"portrait.jpg", "astronaut.jpg"}) {
        ExplainedPhoto explained = detector.explain(DATA.resolve(photo));
        double probability = explained.classification().faces().get(0).probability();
        assertThat(explained.heatmaps()).hasSize(1);
        Heatmap map = explained.heatmaps().get(0);
        assertThat(map.method()).isEqualTo(Heatmap.Method.EXACT);
        assertThat(map.logit()).isEqualTo(Math.log(probability / (1 - probability)), within(1e-4));
        assertThat(map.rows()).isBetween(20, 64);
        assertThat(map.columns()).isBetween(20, 64);
        Face.Box box = explained.classification().faces().get(0).box();
        Region region = map.region();
        assertThat((box.left() + box.right()) / 2)
            .isBetween(region.left() + 0.0, region.right() + 0.0);
        assertThat((box.top() + box.bottom()) / 2)
            .isBetween(region.top() + 0.0, region.bottom() + 0.0);
      }
    }
  }
}
