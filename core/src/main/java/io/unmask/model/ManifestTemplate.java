package io.unmask.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views.View;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a manifest that says what holds of models without one, to be corrected by people. */
public final class ManifestTemplate {

  private ManifestTemplate() {}

  /**
   * Writes {@value Manifest#FILE_NAME} into a folder, unless there is one.
   *
   * @param folder where the models' files lie
   * @param models each read on its own, named as its file
   * @return the file
   * @throws ModelFormatException if there is a manifest, or it cannot be written
   */
  public static Path write(Path folder, List<Model> models) {
    Path file = folder.resolve(Manifest.FILE_NAME);
    try {
      byte[] text = (text(models) + "\n").getBytes(StandardCharsets.UTF_8);
      if (!WholeFile.create(file, stream -> stream.write(text))) {
        throw new ModelFormatException(
            file + ": is there already; correct that, or move it away to have one written");
      }
      return file;
    } catch (IOException e) {
      throw new ModelFormatException(file + ": cannot be written: " + FileFault.reason(e), e);
    }
  }

  private static String text(List<Model> models) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("version", Manifest.VERSION);
      json.writeObjectFieldStart("models");
      for (Model model : models) {
        json.writeObjectFieldStart(model.name());
        write(model, json);
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Model model, JsonGenerator json) throws IOException {
    InputFormat input = model.input();
    json.writeObjectFieldStart("inputSize");
    json.writeNumberField("height", input.height());
    json.writeNumberField("width", input.width());
    json.writeEndObject();
    Optional<Scaling.Named> named = Scaling.Named.of(input.scaling(), input.order());
    if (named.isPresent()) {
      json.writeStringField("scaling", named.get().toString());
    } else {
      write(input.scaling(), json);
    }
    json.writeStringField(
        "channelOrder", input.order() == ChannelOrder.GREY ? "grey" : input.order().name());
    for (View view : model.views().views()) {
      if (view instanceof View.Resize resize) {
        json.writeStringField("resize", ResizeNames.of(resize.resampling()));
        json.writeBooleanField("cropToAspect", resize.cropped());
        break;
      }
    }
    Member member = model.members().get(0);
    if (model.network().outputShape(0).size() <= 2) {
      json.writeArrayFieldStart("classes");
      json.writeString(member.fakeClass() == 0 ? "fake" : "real");
      json.writeString(member.fakeClass() == 0 ? "real" : "fake");
      json.writeEndArray();
    } else {
      json.writeNumberField("fakeClass", member.fakeClass());
    }
    json.writeNumberField("threshold", model.threshold());
  }

  private static void write(PixelScaling scaling, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("scaling");
    json.writeNumberField("divisor", scaling.divisor());
    write("offset", scaling.offsets(), json);
    write("deviation", scaling.deviations(), json);
    json.writeEndObject();
  }

  private static void write(String key, List<Float> numbers, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (float number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
