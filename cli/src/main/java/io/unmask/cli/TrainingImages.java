package io.unmask.cli;

import io.unmask.Backends;
import io.unmask.FaceFinders;
import io.unmask.network.Shape;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Views;
import io.unmask.training.data.FaceFolders;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.LeftOut;
import io.unmask.training.plan.Architecture;
import io.unmask.training.run.FaceCrops;
import java.nio.file.Path;

/**
 * The images of a training: those of the data set, or the faces that are cut out of them.
 *
 * @param console where to say what was left out
 * @param progress of reading and cutting
 * @param views what of the images is trained with
 * @param architecture the network that reads them
 * @param out the training's folder
 */
record TrainingImages(
    Console console, TrainingProgress progress, Views views, Architecture architecture, Path out) {

  /** The images in two folders that can be read, and in which a face is found if one must be. */
  FaceSet in(FaceFolders folders, Backends backends, ProgramOptions options) {
    FaceSet listed = folders.list();
    FaceSet images;
    if (views.faces()) {
      try (FaceFinder.Search search = FaceFinders.find().open(backends.best(), options)) {
        progress.begins("finding faces in " + folders.root(), listed.size());
        images =
            new FaceCrops(search, views.margin(), side(), out.resolve(".training/faces"))
                .of(listed, progress::step);
      }
    } else {
      progress.begins("reading " + folders.root(), listed.size());
      images = listed.decodable(progress::step);
    }
    progress.ends();
    for (LeftOut left : images.leftOut()) {
      console.complain(left.file() + ": left out: " + left.reason());
    }
    return images;
  }

  private int side() {
    Shape input = architecture.build(new KerasInitializer(0)).inputShape();
    return input.extent(0);
  }
}
