package io.unmask.service.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.Heatmap;
import io.unmask.spi.Region;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Maps of where the evidence lies, in JSON. */
public final class HeatmapJson {

  private static final int FAKE = 0xd73027;
  private static final int REAL = 0x2166ac;

  /** The opacity of the place that adds most, so that the photo is seen below it. */
  private static final double MOST_OPAQUE = 0.75;

  private HeatmapJson() {}

  /**
   * Writes the field {@code maps}, an array with one object for each map, into the object that was
   * begun. Of each the {@code png}, in base64, has one pixel a place, to be laid over the {@code
   * region}: red towards fake, blue towards real, the more opaque the more the place adds.
   *
   * @throws IOException if the generator cannot write
   */
  public static void write(JsonGenerator json, List<Heatmap> maps) throws IOException {
    json.writeArrayFieldStart("maps");
    for (Heatmap map : maps) {
      Region region = map.region();
      json.writeStartObject();
      json.writeArrayFieldStart("region");
      json.writeNumber(region.left());
      json.writeNumber(region.top());
      json.writeNumber(region.right());
      json.writeNumber(region.bottom());
      json.writeEndArray();
      json.writeStringField("method", map.method().name());
      json.writeNumberField("logit", map.logit());
      json.writeNumberField("bias", map.bias());
      json.writeFieldName("png");
      json.writeBinary(png(map));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static byte[] png(Heatmap map) throws IOException {
    double most = 0;
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        most = Math.max(most, Math.abs(map.contribution(row, column)));
      }
    }
    BufferedImage image = new BufferedImage(map.columns(), map.rows(), BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        double adds = map.contribution(row, column);
        long opacity = most == 0 ? 0 : Math.round(255 * MOST_OPAQUE * Math.abs(adds) / most);
        image.setRGB(column, row, (int) opacity << 24 | (adds > 0 ? FAKE : REAL));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
