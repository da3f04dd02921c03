package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Asked;
import io.unmask.model.Manifest;
import io.unmask.model.ModelLocation;
import io.unmask.model.ModelSeries;
import io.unmask.network.Network;
import io.unmask.network.WeightComparison;
import io.unmask.network.Weights;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Calibration;
import io.unmask.spi.Convention;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.ModelSource;
import io.unmask.spi.Uncertainty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several models as one: their networks are merged, and what is identical in them is shared, so
 * that the folds of a cross-validation with a frozen trunk run that trunk once. Either all members
 * are used or none: a file that is damaged or does not fit is an error, never a smaller ensemble.
 *
 * <p>Found with {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class EnsembleSource implements ModelSource {

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public EnsembleSource() {}

  @Override
  public String name() {
    return "ensemble";
  }

  @Override
  public Model load(ModelRequest request) {
    List<ModelLocation> files =
        request.paths().isEmpty() ? BundledDefault.members() : MemberFiles.of(request.paths());
    ModelSeries series = new ModelSeries(files);
    Manifests manifests = new Manifests(files);
    FusionRule chosen = FusionRules.choose(request.fusion(), manifests, files);
    List<Model> models = new ArrayList<>();
    InOrder.map(
        IntStream.range(0, files.size()).boxed().toList(),
        index -> series.read(index, Asked.of(request)),
        (index, model) -> {
          ModelLocation file = files.get(index);
          requireFit(files.get(0), models.isEmpty() ? model : models.get(0), file, model);
          models.add(model);
        });
    // What views of one file say is averaged as logits unless a manifest says otherwise.
    boolean ownRule =
        models.size() == 1
            && models.get(0).members().size() > 1
            && !FusionRules.areStated(manifests);
    String fitted = ownRule ? models.get(0).fusion().name() : FusionRules.ofManifests(manifests);
    FusionRule fusion =
        ownRule && request.fusion().isEmpty() ? models.get(0).fusion() : forMembers(chosen, models);
    String name = name(request, files);
    Network network = network(name, models.stream().map(Model::network).toList());
    Model first = models.get(0);
    Model.Builder model =
        Model.builder(name, network, first.input(), members(files, models))
            .views(first.views())
            .fusion(fusion)
            .uncertainty(uncertainty(models, manifests))
            .ranges(ranges(models))
            .conventions(conventions(models));
    if (models.size() == 1) {
      boolean fits = first.members().size() == 1 || fusion.name().equals(fitted);
      return model
          .mirrored(first.mirrored())
          .calibration(fits ? first.calibration() : Calibration.NONE)
          .threshold(first.threshold())
          .expectation(fits ? first.expectation() : first.expectation().withScope(Optional.empty()))
          .precision(first.precision())
          .build();
    }
    manifests.agreed("mirrored", each -> each.common().mirrored()).ifPresent(model::mirrored);
    calibration(manifests, fusion).ifPresent(model::calibration);
    manifests.agreed("threshold", each -> each.common().threshold()).ifPresent(model::threshold);
    manifests.agreed("expects", each -> each.common().expectation()).ifPresent(model::expectation);
    manifests.agreed("precision", each -> each.common().precision()).ifPresent(model::precision);
    return model.build();
  }

  /** A rule with a weight for each file weighs each output of a file like that. */
  private static FusionRule forMembers(FusionRule rule, List<Model> models) {
    if (!(rule instanceof WeightedMean mean)) {
      return rule;
    }
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      weights.addAll(Collections.nCopies(models.get(i).members().size(), mean.weights().get(i)));
    }
    return new WeightedMean(weights);
  }

  /** Those of the merged network; none if they are missing for one of several. */
  private static ActivationRanges ranges(List<Model> models) {
    if (models.size() == 1) {
      return models.get(0).ranges();
    }
    ActivationRanges ranges = ActivationRanges.NONE;
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).ranges().isEmpty()) {
        return ActivationRanges.NONE;
      }
      ranges = models.get(i).ranges().prefixedAnd((i + 1) + "/", ranges);
    }
    return ranges;
  }

  /** Those that hold for all. */
  private static List<Convention> conventions(List<Model> models) {
    return models.get(0).conventions().stream()
        .filter(each -> models.stream().allMatch(model -> model.conventions().contains(each)))
        .toList();
  }

  /** All networks as one; a single one as it is, with the names of its layers. */
  private static Network network(String name, List<Network> networks) {
    if (networks.size() == 1) {
      return networks.get(0);
    }
    compare(networks);
    return new ShareIdentical().apply(MergeNetworks.merge(name, networks));
  }

  /**
   * Compares arrays that have the same place in networks of the same build, so that sharing need
   * not read the first of them again for every other.
   */
  private static void compare(List<Network> networks) {
    Network first = networks.get(0);
    List<List<Weights>> places = new ArrayList<>();
    for (int node = 0; node < first.nodes().size(); node++) {
      int arrays = first.node(node).layer().weights().size();
      for (int i = 0; i < arrays; i++) {
        List<Weights> alike = new ArrayList<>();
        for (Network network : networks) {
          if (network.nodes().size() == first.nodes().size()
              && network.node(node).layer().weights().size() == arrays) {
            alike.add(network.node(node).layer().weights().get(i));
          }
        }
        places.add(alike);
      }
    }
    int threads = Runtime.getRuntime().availableProcessors();
    List<Runnable> parts = new ArrayList<>();
    for (int part = 0; part < threads; part++) {
      int start = part;
      parts.add(
          () -> {
            WeightComparison comparison = new WeightComparison();
            for (int i = start; i < places.size(); i += threads) {
              comparison.compare(places.get(i));
            }
          });
    }
    Threads.sideBySide(parts);
  }

  /** It is fitted to what the manifest's rule gives, and means nothing for another. */
  private static Optional<Calibration> calibration(Manifests manifests, FusionRule fusion) {
    Optional<Calibration> agreed =
        manifests.agreed("calibration", manifest -> manifest.common().calibration());
    return agreed.filter(any -> fusion.name().equals(FusionRules.ofManifests(manifests)));
  }

  private static Uncertainty uncertainty(List<Model> models, Manifests manifests) {
    Uncertainty together =
        new Uncertainty(
            manifests.agreed("band", manifest -> manifest.common().band()),
            manifests
                .agreed("maxSpread", Manifest::maxSpread)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()));
    return models.size() == 1 ? models.get(0).uncertainty().orElse(together) : together;
  }

  /** One image is prepared for all, and one probability comes of each. */
  private static void requireFit(
      ModelLocation firstFile, Model first, ModelLocation file, Model model) {
    requireSame("reads images of shape", firstFile, shape(first), file, shape(model));
    requireSame("puts out", firstFile, outputs(first), file, outputs(model));
    requireSame("wants images scaled as", firstFile, scaling(first), file, scaling(model));
    requireSame("is shown", firstFile, first.views().toString(), file, model.views().toString());
  }

  private static void requireSame(
      String what, ModelLocation firstFile, String first, ModelLocation file, String other) {
    if (!other.equals(first)) {
      throw new ModelFormatException(
          "%s: %s %s, but %s %s; models that are used together must be alike in that"
              .formatted(file, what, other, firstFile.name(), first));
    }
  }

  private static String shape(Model model) {
    return model.network().inputShape().toString();
  }

  private static String outputs(Model model) {
    return "arrays of shape " + model.network().outputShape(0);
  }

  private static String scaling(Model model) {
    return model.input().scaling() + ", " + model.input().order();
  }

  /** Named by their files; with their folders where two files have the same name. */
  private static List<Member> members(List<ModelLocation> files, List<Model> models) {
    boolean distinct = files.stream().map(ModelLocation::name).distinct().count() == files.size();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i).name();
      for (Member member : models.get(i).members()) {
        String name =
            distinct ? member.name() : files.get(i) + member.name().substring(file.length());
        members.add(new Member(name, member.fakeClass(), member.parameters(), member.images()));
      }
    }
    return members;
  }

  private static String name(ModelRequest request, List<ModelLocation> files) {
    return switch (request.paths().size()) {
      case 0 -> BundledDefault.NAME;
      case 1 -> String.valueOf(request.paths().get(0).toAbsolutePath().normalize().getFileName());
      default -> files.stream().map(ModelLocation::name).collect(Collectors.joining("+"));
    };
  }
}
